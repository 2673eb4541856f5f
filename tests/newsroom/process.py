"""Run the site's own programs in a process of their own, with nothing in the environment but what is given."""

import os
import subprocess
import sys

from tests.house_rules.source import ROOT

GOOD = {
    "SECRET_KEY": "7kX$2v-long-enough-to-be-taken-for-a-secret-of-a-real-site-0Qz",
    "ALLOWED_HOSTS": "news.example",
    "SITE_URL": "https://news.example",
}


def environment(folder, **variables):
    """Return a bare environment with a folder of its own; a variable that is None is left out."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    given = kept | GOOD | {"VAR_DIR": str(folder)} | variables
    return {name: value for name, value in given.items() if value is not None}


def run(*arguments, folder, timeout=60, **variables):
    """Run Python with arguments in the project, for `timeout` seconds at most; return the finished process with its output."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def is_one_sentence(words):
    """Return whether a program said one thing on one line, without a traceback."""
    return len(words.strip().splitlines()) == 1 and "Traceback" not in words
