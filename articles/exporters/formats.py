"""The formats that stories can be exported in, each a module that is loaded when it is asked for.

A format has a DESCRIPTION, the SUFFIX of its files, and `pieces(stories)`: given Story records, it yields the pieces
of a text. It knows no database.
"""

from importlib import import_module

NAMES = ("jsonl",)
"""All formats, in the order in which help texts list them."""


def load(name):
    return import_module(f"articles.exporters.{name}")
