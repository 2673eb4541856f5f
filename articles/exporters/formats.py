"""The formats that stories can be exported in, each a module that is loaded when it is asked for.

A format has a DESCRIPTION and the SUFFIX of its files. It TAKES "stories", records of all that is here, or "items", what
readers can see in one language each. `pieces(…)` is given these and yields the pieces of one text; a format of which a
file holds one story has `files(…)` instead, which yields pairs of a path and a text. Neither asks the database for stories. With HAS_NUMBERS stories
are called by numbers.
"""

from importlib import import_module
from types import ModuleType

NAMES = ("jsonl", "wxr", "csv", "ninjs", "newsml-g2", "nitf", "static")
"""All formats, in the order in which help texts list them."""


def load(name: str) -> ModuleType:
    return import_module(f"articles.exporters.{name.replace('-', '_')}")
