"""The pictures of a news item, each in several sizes, and the words that stand with them."""

import re
from typing import Any

from articles.importers.making import Making
from articles.importers.making.words import plain_words, whole_number
from articles.importers.markup import LANG, words_of
from articles.importers.newsml_1.components import (
    CAPTIONS,
    Unit,
    contents,
    formal,
    is_text,
    role_of,
)

_PICTURE = re.compile(r"photo|picture|graphic|image", re.IGNORECASE)


def take_pictures(unit: Unit, making: Making, language: str) -> None:
    """Take note of the pictures of an item, each once at its widest, with the words that stand with it."""
    widest: dict[Any, Any] = {}
    for content in unit.item.iter("{*}ContentItem"):
        if not content.get("Href"):
            continue
        if not _is_picture(content):
            making.notes.append(f"Left out, no picture: {plain_words(content.get('Href'))}")
            continue
        frame = _frame(content, unit)
        if _width(content) > _width(widest.setdefault(frame, content)):
            widest[frame] = content
    for frame, content in widest.items():
        is_own = frame.get(LANG) in (None, unit.component.get(LANG))
        making.picture(language=language, lead=True, **_picture(frame, content, has_words=is_own))


def _frame(content: Any, unit: Unit) -> Any:
    """Return the component that holds all sizes of one picture with its words, or the picture alone."""
    for component in content.iterancestors("{*}NewsComponent"):
        if is_text(component) or component is unit.component:
            break
        if component.find("{*}NewsLines") is not None or any(
            True for _ in contents(component, CAPTIONS)
        ):
            return component
    return content


def _picture(frame: Any, content: Any, *, has_words: bool) -> dict[str, Any]:
    def line(name: str) -> str:
        return words_of(frame.find(f".//{{*}}NewsLines/{{*}}{name}"))

    kind = formal(content.find("{*}MediaType")).lower()
    return {
        "href": content.get("Href"),
        "caption": words_of(next(contents(frame, CAPTIONS), None)) if has_words else "",
        "creator": line("ByLine"),
        "credit_line": line("CreditLine") or line("ByLine"),
        "copyright_notice": line("CopyrightLine"),
        "kind": "graphic" if "graphic" in kind else "photo",
    }


def _is_picture(content: Any) -> bool:
    names = ("MediaType", "MimeType", "Format")
    said = " ".join(formal(content.find(f"{{*}}{name}")) for name in names)
    return bool(_PICTURE.search(said) or _PICTURE.search(role_of(content)))


def _width(content: Any) -> int:
    sizes = (
        element for element in content.iterfind(".//{*}Property") if formal(element) == "Width"
    )
    return max((whole_number(size.get("Value")) for size in sizes), default=0)
