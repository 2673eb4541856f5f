"""Load by wrk, in a process of its own, and what it says about it."""

import re
import shutil
import subprocess
from dataclasses import dataclass

from tests.bench.failures import NotMeasured

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.MULTILINE)
DONE = re.compile(r"^\s*(\d+) requests in ([\d.]+)(us|ms|s|m),", re.MULTILINE)
ERRORS = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
OTHERS = re.compile(r"Non-2xx or 3xx responses: (\d+)")


@dataclass(frozen=True)
class Load:
    """What one run of wrk saw; times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    failed: int

    @property
    def rate(self):
        return self.requests / self.seconds


def is_here():
    return shutil.which("wrk") is not None


def run(url, *, seconds, connections, headers=None, threads=1):
    """Return the Load of a server that is asked for one address again and again."""
    if not is_here():
        raise NotMeasured("wrk is not installed (Debian: apt install wrk)")
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    result = subprocess.run(
        [*command, url], capture_output=True, text=True, check=False, timeout=seconds + 60
    )
    if result.returncode:
        raise NotMeasured(f"wrk failed: {(result.stderr or result.stdout).strip()}")
    return parsed(result.stdout)


def parsed(said):
    """Read what wrk prints with --latency; raise NotMeasured if it is something else."""
    done, waits = DONE.search(said), dict(_waits(said))
    if not done or waits.keys() != {"50", "99"}:
        raise NotMeasured(f"wrk did not say what was expected: {said.strip()[:200]}")
    failed = sum(map(int, match.groups())) if (match := ERRORS.search(said)) else 0
    failed += int(match[1]) if (match := OTHERS.search(said)) else 0
    seconds = float(done[2]) * UNITS[done[3]] / 1000
    return Load(int(done[1]), seconds, waits["50"], waits["99"], failed)


def _waits(said):
    for percent, number, unit in LATENCY.findall(said):
        yield percent, float(number) * UNITS[unit]
