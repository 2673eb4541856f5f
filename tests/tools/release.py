"""Say what keeps this tree from being a release: `make release-check`, beside `make check` and `make test`."""

import re
import subprocess
import sys
import tomllib

from tests.house_rules.source import ROOT

HEADING = re.compile(r"^## (?P<version>\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d$", re.MULTILINE)


def faults(project, changes, tags, changed):
    """Yield a sentence for each fault of a pyproject.toml, a changelog, the tags and the files that are not committed."""
    version = tomllib.loads(project)["project"]["version"]
    newest = HEADING.search(changes)
    if not newest or newest["version"] != version:
        told = newest["version"] if newest else "none"
        yield f"pyproject.toml says {version}, and the newest release in CHANGELOG.md is {told}: let both name the same."
    if re.search(r"^- ", changes.partition("## Unreleased")[2].partition("\n## ")[0], re.MULTILINE):
        yield f"CHANGELOG.md has lines under “Unreleased”: move them below “## {version} - YEAR-MONTH-DAY”."
    if f"v{version}" in tags:
        yield f"v{version} is released already: raise the version in pyproject.toml."
    if changed:
        yield f"Not committed: {', '.join(changed)}."


def main():
    git = lambda *words: subprocess.check_output(["git", *words], cwd=ROOT, text=True)  # noqa: E731
    texts = [
        (ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "CHANGELOG.md")
    ]
    changed = [line[3:] for line in git("status", "--porcelain").splitlines()]
    sentences = list(faults(*texts, git("tag").split(), changed))
    for sentence in sentences:
        sys.stdout.write(f"{sentence}\n")
    return bool(sentences)


if __name__ == "__main__":
    sys.exit(main())
