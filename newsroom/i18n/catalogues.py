"""Compile the message catalogues: `python -m newsroom.i18n.catalogues`, or with --check only look.

Django's own command needs the gettext programs; an installation has nothing but Python.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def catalogues(root: Path = ROOT) -> list[Path]:
    """Return the .po files of the project, in a fixed order."""
    return sorted(root.glob("*/locale/*/LC_MESSAGES/*.po"))


def faults(path: Path) -> list[str]:
    """Return one line for each entry of a catalogue that no reader should be shown."""
    try:
        catalogue = polib.pofile(str(path))
    except (OSError, ValueError) as error:
        return [f"{path}: {error}"]
    return [
        f"{path}:{entry.linenum}: fuzzy, so a guess of the tools: {entry.msgid[:60]!r}"
        for entry in catalogue
        if entry.fuzzy and not entry.obsolete
    ]


def compile_catalogue(path: Path) -> None:
    """Write the .mo file beside a .po file."""
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Compile every catalogue, or none at all when one has a fault; return the exit status."""
    paths = catalogues(root)
    all_faults = [fault for path in paths for fault in faults(path)]
    for fault in all_faults:
        sys.stderr.write(f"{fault}\n")
    if all_faults:
        return 1
    if "--check" not in arguments:
        for path in paths:
            compile_catalogue(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
