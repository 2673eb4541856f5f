"""Somebody at a real terminal: a program of the site that asks, and takes its answers from the keys."""

import os
import pty
import select
import sys
import time

from tests.house_rules.source import ROOT
from tests.newsroom.process import environment


class NoQuestionError(AssertionError):
    """A program ended, or was silent for too long, before it had asked; what it has shown is told."""


def converse(*arguments, dialogue, folder, timeout=120, **variables):
    """Run Python with arguments in the project; return (exit status, everything that the terminal showed).

    `dialogue` holds (a part of a question, the answer) in their order: each is typed once its question is shown.
    """
    given = environment(folder, **variables)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, *arguments], given)  # noqa: S606, a program of our own
    end, shown, read = time.monotonic() + timeout, "", 0
    for question, answer in dialogue:
        while question not in shown[read:]:
            if not (more := _more(terminal, end)):
                raise NoQuestionError(f"{question!r} was not asked: {shown}")
            shown += more
        read = shown.index(question, read) + len(question)
        os.write(terminal, f"{answer}\n".encode())
    while more := _more(terminal, end):
        shown += more
    _pid, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown


def _more(terminal, end):
    """Return what the terminal shows next, "" at its end or when it is too late."""
    ready, _writable, _failed = select.select([terminal], [], [], max(0, end - time.monotonic()))
    try:
        return os.read(terminal, 65536).decode(errors="replace") if ready else ""
    except OSError:
        # So a terminal on Linux says that nobody is on its other side any more.
        return ""
