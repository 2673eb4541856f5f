"""What a story costs that is live in forty languages, beside one that is live in four."""

import json
from statistics import median

from newsroom.languages import LANGUAGES
from tests.bench import report
from tests.bench.live import FEW, Cost
from tests.bench.sites import Site

MANY = 40
FIRST = ("en", "es", "pt", "ar")
SITES = {FEW: "a site of four", MANY: "a site of forty"}


def measure(stage):
    """Return the table, with its conditions."""
    by_kind, runs = {}, stage.options["runs"]
    for enabled in SITES:
        stage.say(f"Making a site of {enabled} languages …")
        site = Site.create(
            stage.postgres,
            f"live{enabled}",
            folder=stage.folder,
            LANGUAGES=",".join(codes(enabled)),
        )
        said = json.loads(site.manage("measure_live", "--runs", str(runs), capture=True))
        for kind, costs in said.items():
            for live, cost in costs.items():
                by_kind.setdefault(kind, {})[enabled, int(live)] = Cost(**cost)
    return (
        f"{table(by_kind)}\n\nCalls are counted by `cProfile` of one use; milliseconds of the processor are medians of "
        f"{runs} uses, the two stories of a site in turn; {report.machine()}."
    )


def codes(count):
    """Return the codes of so many languages, those of the demo first; an easy-read form counts as none."""
    others = [
        code for code, language in LANGUAGES.items() if code not in FIRST and not language.main
    ]
    return [*FIRST, *others][:count]


def table(by_kind):
    """Return a Markdown table of `by_kind[kind][enabled, live]` (Cost); the ratio is of the two stories of one site."""
    head = ["", f"live in {FEW} of {FEW}", f"live in {FEW} of {MANY}", f"live in {MANY} of {MANY}"]
    rows = []
    for kind, costs in by_kind.items():
        alone, few, many = (costs[pair] for pair in ((FEW, FEW), (MANY, FEW), (MANY, MANY)))
        for what, value, form in (
            ("statements", lambda cost: cost.statements, "{:,}"),
            ("calls of functions", lambda cost: cost.calls, "{:,}"),
            ("ms of the processor", lambda cost: median(cost.cpu), "{:.1f}"),
        ):
            told = [form.format(value(cost)) for cost in (alone, few, many)]
            rows.append([f"{kind}: {what}", *told, f"{value(many) / value(few):.2f}"])
    return report.markdown([*head, "ratio of the last two"], rows)
