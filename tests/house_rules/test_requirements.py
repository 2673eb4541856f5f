"""What is installed to run a site is named by version and hash alone, and may be passed on with a site."""

import re
from importlib import metadata

from tests.every import every
from tests.house_rules.source import ROOT

LOCKS = ("requirements.txt", "requirements-s3.txt", "requirements-dev.txt")
TO_RUN = LOCKS[:2]
LOCKED = re.compile(
    r"([a-z0-9.-]+)(?:\[[a-z,-]+\])?==[^ \\]+(?: ; [^\\]+)?((?: \\\n {4}--hash=sha256:[0-9a-f]{64})+)\n"
)
COMMENT = re.compile(r"^ *#.*\n", re.MULTILINE)
LIBRARIES = {"psycopg", "psycopg-binary"}
"""Their licence, LGPL, asks for no more than that they can be changed for another version, as what is installed can."""


def locked(name):
    return COMMENT.sub("", (ROOT / name).read_text("utf-8"))


def licence(distribution):
    """Return what a distribution says of its licence: an expression, else a short text and classifiers."""
    told = metadata.metadata(distribution)
    classifiers = told.get_all("Classifier") or []
    of_licences = [words for words in classifiers if words.startswith("License ::")]
    return told["License-Expression"] or " ".join([(told["License"] or "")[:200], *of_licences])


def is_installed(name):
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:  # tzdata, where the system has none
        return False


@every(LOCKS)
def test_each_line_of_a_lock_has_a_version_and_its_hashes_and_names_no_host(name):
    assert LOCKED.sub("", locked(name)) == ""


def test_what_runs_a_site_has_a_licence_that_ours_can_live_with():
    names = {match[0] for lock in TO_RUN for match in LOCKED.findall(locked(lock))}
    licences = {name: licence(name) for name in names if is_installed(name)}
    silent = {name for name, words in licences.items() if not words.strip()}
    copyleft = {name for name, words in licences.items() if re.search("GPL|General Public", words)}

    assert len(licences) > len(names) * 0.7
    assert (silent, copyleft) == (set(), LIBRARIES)
    assert all("LGPL" in licences[name] for name in LIBRARIES)
