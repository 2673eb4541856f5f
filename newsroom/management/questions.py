"""Asking somebody at a terminal, one question after the other."""

from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError


def ask(question, read, *, default="", out, secret=False):
    """Ask until `read` takes the answer, and return what it made of it; an empty answer is the default.

    `read` raises ValidationError for an answer that cannot be used. Raise CommandError where nobody answers.
    """
    told = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        try:
            answer = (getpass if secret else input)(told).strip() or default
        except EOFError as error:
            message = "The input has ended before the last answer, and nothing was stored."
            raise CommandError(message) from error
        except KeyboardInterrupt as error:
            raise CommandError("Broken off, and nothing was stored.") from error
        try:
            return read(answer)
        except ValidationError as error:
            out.write(" ".join(error.messages))
