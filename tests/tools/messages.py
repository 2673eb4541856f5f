"""Collect the marked words into the catalogues: `python -m tests.tools.messages`, or with --check only look.

A catalogue with "X-Words: readers" in its head holds only what readers see; any other holds the editors' words, too.
The check collects in a copy, so that it sees what the collection would change.
"""

import os
import re
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
COLLECT = ("makemessages", "--no-obsolete", "--no-wrap", "--add-location", "file")
COLLECT += ("-i", "tests", "-i", "var", "-v", "0")

EDITORS = (
    *("articles/actions/", "articles/admin/", "articles/apps.py", "articles/body/notes.py"),
    *("articles/checks/", "articles/importers/run/", "articles/models/"),
    *("newsroom/admin.py", "newsroom/forms/deleted.py", "newsroom/forms/joined.py"),
    *("newsroom/forms/merging", "newsroom/forms/presence.py", "newsroom/forms/widgets.py"),
    *(
        "newsroom/forms/sent_once.py",
        "newsroom/forms/unsaved.py",
        "newsroom/i18n/library_messages.py",
    ),
    *("newsroom/files/pictures.py", "newsroom/moments.py", "newsroom/users/", "templates/admin/"),
    *("newsroom/http/address.py", "newsroom/i18n/machine_translation.py", "newsroom/site/"),
)
"""Where words stand that only editors see; one that readers see all the same has FOR_READERS in the comment above it."""

FOR_READERS = "Translators: readers see it."


def is_for_readers(entry):
    """Return whether readers see what an entry of a catalogue says."""
    files = [name for name, _line in entry.occurrences]
    return FOR_READERS in entry.comment or any(not name.startswith(EDITORS) for name in files)


def is_readers_only(catalogue):
    return catalogue.metadata.get("X-Words") == "readers"


def collect(folder):
    """Bring the catalogues of the project in `folder` up to date."""
    paths = catalogues.catalogues(folder)
    readers_only = [path for path in paths if is_readers_only(polib.pofile(str(path)))]
    whole = [path for path in paths if path not in readers_only]
    _make_messages(folder, {path.parts[-3] for path in whole})
    for path in whole:
        _write_plainly(path)
    for path in readers_only:
        source = next(candidate for candidate in whole if candidate.parents[2] == path.parents[2])
        _follow(path, polib.pofile(str(source)))


def _write_plainly(path):
    """Write a catalogue without what differs each time, and in lines that are not folded."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.metadata.pop("POT-Creation-Date", None)
    catalogue.save()


def _follow(path, whole):
    """Give a catalogue the entries that readers see of one that holds every word, each with the translation that it has."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    held = {_key(entry): entry for entry in catalogue}
    catalogue.clear()
    for entry in filter(is_for_readers, whole):
        own = held.get(_key(entry), polib.POEntry())
        entry.msgstr = own.msgstr
        if entry.msgid_plural:
            entry.msgstr_plural = own.msgstr_plural or dict.fromkeys(range(forms(catalogue)), "")
        catalogue.append(entry)
    catalogue.save()


def forms(catalogue):
    """Return how many plural forms the language of a catalogue has."""
    return int(re.search(r"nplurals=(\d+)", catalogue.metadata["Plural-Forms"])[1])


def _key(entry):
    return entry.msgid, entry.msgid_plural, entry.msgctxt


def _make_messages(folder, locales):
    # A copy has no settings of its own.
    settings = {"VAR_DIR": os.environ.get("VAR_DIR") or str(ROOT / "var")}
    settings["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    chosen = [f"--locale={locale}" for locale in sorted(locales)]
    command = [sys.executable, "manage.py", *COLLECT, *chosen]
    subprocess.run(command, cwd=folder, env=os.environ | settings, check=True)


def differences(path, collected):
    """Return a line for each entry that stands in one catalogue and not in the other."""
    here, wanted = _entries(path), _entries(collected)
    return [
        *(f"{path}: lacks {entry[0]!r} of {entry[2]}" for entry in sorted(wanted - here)),
        *(f"{path}: {entry[0]!r} is not in {entry[2]}" for entry in sorted(here - wanted)),
    ]


def untranslated(path):
    """Return a line for each entry of a catalogue that says nothing yet."""
    catalogue = polib.pofile(str(path))
    return [
        f"{path}: {entry.msgid!r} is not translated" for entry in catalogue.untranslated_entries()
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
        changes = [
            line
            for path in catalogues.catalogues(root)
            for line in (*differences(path, copy / path.relative_to(root)), *untranslated(path))
        ]
    for line in changes:
        sys.stdout.write(f"{line}\n")
    if changes:
        sys.stdout.write("Run `make messages`, and translate what is new.\n")
    return 1 if changes else 0


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
