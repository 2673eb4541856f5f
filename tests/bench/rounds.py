"""Load on several targets in turn (A, B, A, B …), so that all of them share a bad moment."""

from dataclasses import dataclass, field
from statistics import median

from tests.bench import wrk
from tests.bench.failures import NotMeasured
from tests.bench.targets import Watch


@dataclass
class Measured:
    """What was seen of one target; a list holds a number for each round."""

    rates: list = field(default_factory=list)
    p50: list = field(default_factory=list)
    p99: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    memory: int = 0
    length: int = 0
    checks: int = 0
    failure: str = ""

    def add(self, load, *, cpu, memory):
        self.rates.append(load.rate)
        self.p50.append(load.p50)
        self.p99.append(load.p99)
        self.cpu.append(cpu * 1000 / load.requests)
        self.memory = max(self.memory, memory)

    @property
    def rate(self):
        return median(self.rates) if self.is_whole else 0

    @property
    def is_whole(self):
        return bool(self.rates) and not self.failure


def measured(targets, *, rounds, seconds, connections, say):
    """Return name of target -> Measured; one that answers wrongly once is not measured at all."""
    by_name = {target.name: Measured() for target in targets}
    for number in range(1, rounds + 1):
        for target in targets:
            mine = by_name[target.name]
            if mine.failure:
                continue
            say(f"Round {number} of {rounds}: {target.name} …")
            try:
                _load(target, mine, seconds=seconds, connections=connections)
            except NotMeasured as error:
                mine.failure = str(error)
    return by_name


def _load(target, mine, *, seconds, connections):
    mine.length = len(target.warm().raw)
    before = target.cpu_seconds()
    with Watch(target) as watch:
        load = wrk.run(target.url, seconds=seconds, connections=connections, headers=target.headers)
    used = target.cpu_seconds() - before
    watch.raise_wrong()
    if load.failed:
        raise NotMeasured(f"{load.failed} requests failed under load")
    target.check()
    mine.checks += watch.checks
    mine.add(load, cpu=used, memory=target.memory())
