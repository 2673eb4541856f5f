"""One side of what is compared: a block, in a language."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from articles.body import Body
from newsroom.languages import LANGUAGES, Language

_PART = re.compile(r"<(figure|aside|div|table|hr)\b")


class Check(NamedTuple):
    """What is to be looked at: the name of the check, for styles and tests, and a sentence for the translator."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Side:
    html: str
    code: str

    @cached_property
    def body(self) -> Body:
        return Body(self.html)

    @cached_property
    def text(self) -> str:
        return self.body.text

    @cached_property
    def has_anything(self) -> bool:
        return bool(self.text.strip() or _PART.search(self.html))

    @cached_property
    def language(self) -> Language:
        return LANGUAGES[self.code]

    @property
    def base(self) -> str:
        """The language without its territory, script or form: "pt" of "pt-br"."""
        return self.code.partition("-")[0]
