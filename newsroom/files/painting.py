"""Whether a drawing that was written anew still shows anything: what is left of one may paint nothing."""

from collections.abc import Iterator, Mapping
from typing import Protocol

WAITING = frozenset({"defs", "symbol", "clipPath", "mask", "linearGradient", "radialGradient"})
"""What paints only where something else refers to it."""

MEASURES = {
    "path": ("d",),
    "polyline": ("points",),
    "polygon": ("points",),
    "rect": ("width", "height"),
    "circle": ("r",),
    "ellipse": (),
    "line": (),
}
"""A shape -> what it has to say, or there is nothing of it."""

INHERITED = {"fill": "black", "stroke": "none", "visibility": "visible"}
"""What holds for all that stands in an element that says it, and what holds where none does."""

NOTHING = frozenset({"", "0", "0%", "0.0", ".0", "0px", "none", "transparent"})


class Element(Protocol):
    """An element of a drawing."""

    name: str
    attributes: dict[str, str]

    def elements(self) -> Iterator["Element"]: ...

    def words(self) -> str: ...


def shows(
    element: Element, named: Mapping[str, Element], inherited: Mapping[str, str] = INHERITED
) -> bool:
    """Return whether anything of an element is painted; `named` has every element by its id.

    What a browser would have to compute, such as what lies outside of the drawing, counts as painted. Nothing may use itself.
    """
    own = element.attributes
    if own.get("display") == "none" or own.get("opacity", "1").strip() in NOTHING:
        return False
    inherited = {name: own.get(name, value) for name, value in inherited.items()}
    if element.name == "use":
        target = named.get(own.get("href", "")[1:])
        if target is None:
            return False
        inside = _inside if target.name in WAITING else shows
        return inside(target, named, inherited)
    if element.name in WAITING:
        return False
    return _inside(element, named, inherited)


def _inside(element: Element, named: Mapping[str, Element], inherited: Mapping[str, str]) -> bool:
    if element.name in {*MEASURES, "text"}:
        return _is_painted(element, inherited)
    return any(shows(part, named, inherited) for part in element.elements())


def _is_painted(element: Element, inherited: Mapping[str, str]) -> bool:
    own = element.attributes
    has_colour = any(
        inherited[name].strip() not in NOTHING
        and own.get(f"{name}-opacity", "1").strip() not in NOTHING
        for name in (("stroke",) if element.name == "line" else ("fill", "stroke"))
    )
    is_there = (
        bool(element.words().strip())
        if element.name == "text"
        else all(own.get(name, "").strip() not in NOTHING for name in MEASURES[element.name])
    )
    return has_colour and is_there and inherited["visibility"] == "visible"
