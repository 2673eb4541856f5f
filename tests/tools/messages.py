"""Collect the marked words into the catalogues: `python -m tests.tools.messages`, or with --check only look.

The check collects in a copy, so that it sees what the collection would change.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from newsroom.i18n import catalogues

ROOT = catalogues.ROOT
NOT_LOOKED = 77
"""The exit status that says so."""

READ = ("manage.py", "newsroom", "articles", "templates", "static")
# From the top: the words of templates/ go to the first of LOCALE_PATHS, those of a package to its own.
COLLECT = ("makemessages", "--all", "--no-obsolete", "--no-wrap", "--add-location", "file")
COLLECT += ("-i", "tests", "-i", "var", "-v", "0")


def collect(folder):
    """Bring the catalogues of the project in `folder` up to date."""
    # A copy has no settings of its own.
    settings = {"VAR_DIR": os.environ.get("VAR_DIR") or str(ROOT / "var")}
    settings["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    command = [sys.executable, "manage.py", *COLLECT]
    subprocess.run(command, cwd=folder, env=os.environ | settings, check=True)


def differences(path, collected):
    """Return a line for each entry that stands in one catalogue and not in the other."""
    here, wanted = _entries(path), _entries(collected)
    return [
        *(f"{path}: lacks {entry[0]!r} of {entry[2]}" for entry in sorted(wanted - here)),
        *(f"{path}: {entry[0]!r} is not in {entry[2]}" for entry in sorted(here - wanted)),
    ]


def _entries(path):
    return {
        (entry.msgid, entry.msgctxt or "", " ".join(sorted(name for name, _ in entry.occurrences)))
        for entry in polib.pofile(str(path))
    }


def check(root=ROOT):
    """Say what a collection would change, and return the exit status."""
    with tempfile.TemporaryDirectory(prefix="newsroom-messages-") as folder:
        copy = Path(folder)
        _copy(root, copy)
        collect(copy)
        found = [
            line
            for path in catalogues.catalogues(root)
            for line in differences(path, copy / path.relative_to(root))
        ]
    for line in found:
        sys.stdout.write(f"{line}\n")
    if found:
        sys.stdout.write("Run `make messages`, and translate what is new.\n")
    return 1 if found else 0


def _copy(root, folder):
    for name in READ:
        if (root / name).is_dir():
            # The times too: what is as old as before has not changed.
            shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("*.pyc"))
        else:
            shutil.copy2(root / name, folder / name)


def main(arguments):
    if not shutil.which("xgettext"):
        sys.stdout.write("needs GNU gettext (Debian: apt install gettext)\n")
        return NOT_LOOKED
    if "--check" in arguments:
        return check()
    collect(ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
