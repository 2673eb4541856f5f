"""Drawings from outside, written anew as SVG that can do nothing but paint.

What is read is never passed on: a drawing is built from the elements, attributes and values that are named here, and
everything else is left out. Styles become attributes, so that what is written holds none, and nothing in it leads
out of the file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from newsroom.files import painting

NAMESPACE = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

PAINTING = frozenset(
    ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use"]
)
ELEMENTS = PAINTING | frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
    ]
)
GROUPS = {"a": "g", "switch": "g"}
"""What does more than it shows, and what it becomes."""

WITH_WORDS = frozenset({"text", "tspan"})

PROPERTIES = frozenset(
    [
        "clip-path",
        "clip-rule",
        "color",
        "display",
        "dominant-baseline",
        "fill",
        "fill-opacity",
        "fill-rule",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "letter-spacing",
        "mask",
        "opacity",
        "paint-order",
        "stop-color",
        "stop-opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
        "transform",
        "vector-effect",
        "visibility",
    ]
)
"""What may stand in a style or be an attribute of its own."""

GEOMETRY = frozenset(
    [
        "clipPathUnits",
        "cx",
        "cy",
        "d",
        "dx",
        "dy",
        "fr",
        "fx",
        "fy",
        "gradientTransform",
        "gradientUnits",
        "height",
        "lengthAdjust",
        "maskContentUnits",
        "maskUnits",
        "offset",
        "pathLength",
        "points",
        "preserveAspectRatio",
        "r",
        "rotate",
        "rx",
        "ry",
        "spreadMethod",
        "textLength",
        "viewBox",
        "width",
        "x",
        "x1",
        "x2",
        "y",
        "y1",
        "y2",
    ]
)
FUNCTIONS = frozenset(
    ["rgb", "rgba", "hsl", "hsla", "matrix", "translate", "scale", "rotate", "skewX", "skewY"]
)

BETWEEN = re.compile(r"[\s,()]+")
REFERENCE = re.compile(r"url\(\s*[\"']?#([\w.:-]+)[\"']?\s*\)")
NAME = re.compile(r"[\w.:-]+")
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
SELECTOR = re.compile(r"[A-Za-z]\w*|[.#][\w-]+")
LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|)\s*")
PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}

DEPTH, COUNT, PAINTED = 50, 4000, 20_000
"""How deep elements may stand in each other, how many there may be, and how many are painted with all that is used again."""

RULES, VALUE, LONGEST = 300, 200, 500_000
"""How many rules styles may have, how long a value in one may be, and how long what is written: a rule is written at each element."""

SIDE = 1000
"""The longer side of a drawing, in pixels: its size says no more than its shape."""


class NotADrawing(ValueError):
    """The file cannot be shown as a drawing; `why` is a key of what an editor is told."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Drawing(NamedTuple):
    """What may be shown, and its size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass
class _Element:
    name: str
    attributes: dict[str, str]
    children: list["_Element | str"] = field(default_factory=list)

    def elements(self) -> Iterator["_Element"]:
        return (child for child in self.children if isinstance(child, _Element))

    def words(self) -> str:
        return "".join(
            child if isinstance(child, str) else child.words() for child in self.children
        )

    def everything(self) -> Iterator["_Element"]:
        yield self
        for element in self.elements():
            yield from element.everything()


def cleaned(data: bytes) -> Drawing:
    """Return the drawing in a file; raise NotADrawing where there is none, or one that cannot be kept as it looks."""
    root = _read(data)
    rules = [
        rule for element in root.everything() if element.name == "style" for rule in _rules(element)
    ]
    if len(rules) > RULES:
        raise NotADrawing("heavy")
    width, height, box = _measured(root.attributes)
    drawn = _copied(root, rules)
    drawn.attributes = {
        "width": str(width),
        "height": str(height),
        "viewBox": box,
        **{name: value for name, value in drawn.attributes.items() if name not in GEOMETRY},
    }
    everything = list(drawn.everything())
    # Of two with one id a browser takes the first.
    named = {
        name: element for element in reversed(everything) if (name := element.attributes.get("id"))
    }
    data = "".join(_written(drawn, NAMESPACE)).encode()
    if len(data) > LONGEST or _painted(drawn, named, {}, 0) > PAINTED:
        raise NotADrawing("heavy")
    if not painting.shows(drawn, named):
        raise NotADrawing("empty")
    return Drawing(data, width, height)


# --- Reading ----------------------------------------------------------------------------------


class _Reader:
    """Builds the tree of a file; what is too deep or too much ends it."""

    def __init__(self) -> None:
        self.root: _Element | None = None
        self.open: list[_Element] = []
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words

    def doctype(self, *told: object) -> None:
        if told[-1]:  # what it declares itself
            raise NotADrawing("entities")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > COUNT or len(self.open) >= DEPTH:
            raise NotADrawing("heavy")
        space, _blank, local = name.rpartition(" ")
        # What is of another language keeps a name that none of ours has.
        made = _Element(local if space in {"", NAMESPACE} else name, attributes)
        if self.open:
            self.open[-1].children.append(made)
        else:
            self.root = made
        self.open.append(made)

    def end(self, _name: str) -> None:
        self.open.pop()

    def words(self, words: str) -> None:
        self.open[-1].children.append(words)


def _read(data: bytes) -> _Element:
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003, expat's own
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, NotADrawing):
            raise
        raise NotADrawing("no svg") from error
    if reader.root is None or reader.root.name != "svg":
        raise NotADrawing("no svg")
    return reader.root


def _measured(attributes: Mapping[str, str]) -> tuple[int, int, str]:
    """Return width, height and view box of a drawing by what its outermost element says."""
    sides = [_pixels(attributes.get(name, "")) for name in ("width", "height")]
    box = _numbers(attributes.get("viewBox", "")) or [0.0, 0.0, *sides]
    width, height = box[2:]
    if not (1e-3 < width < 1e6 and 1e-3 < height < 1e6):
        raise NotADrawing("size")
    scale = SIDE / max(width, height)
    return (
        max(1, round(width * scale)),
        max(1, round(height * scale)),
        " ".join(f"{number:g}" for number in box),
    )


def _pixels(length: str) -> float:
    match = LENGTH.fullmatch(length) if len(length) < 50 else None
    return float(match[1]) * PIXELS[match[2]] if match else 0.0


def _numbers(words: str) -> list[float]:
    try:
        numbers = [float(word) for word in words.replace(",", " ").split()]
    except ValueError:
        return []
    return numbers if len(numbers) == 4 and all(abs(number) < 1e6 for number in numbers) else []


# --- Styles -----------------------------------------------------------------------------------


def _rules(element: _Element) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield selector and properties of each rule of a style sheet; those that are not plain end it."""
    css = COMMENT.sub(" ", "".join(child for child in element.children if isinstance(child, str)))
    *rules, rest = css.split("}")
    if rest.strip():
        raise NotADrawing("style")
    for rule in rules:
        selectors, brace, words = rule.partition("{")
        if not brace or "{" in words:
            raise NotADrawing("style")
        for selector in selectors.split(","):
            if not SELECTOR.fullmatch(selector.strip()):
                raise NotADrawing("style")
            yield selector.strip(), _properties(words)


def _properties(words: str) -> dict[str, str]:
    properties = {}
    for declaration in COMMENT.sub(" ", words).split(";"):
        name, _colon, value = declaration.partition(":")
        if name.strip().lower() in PROPERTIES and len(value) < VALUE:
            properties[name.strip().lower()] = value.replace("!important", "").strip()
    return properties


def _styled(element: _Element, rules: list[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """Return the attributes of an element with what styles say of it: names before classes before ids, as in CSS."""
    own = element.attributes
    classes = {f".{name}" for name in own.get("class", "").split()}
    styled = dict(own)
    for chosen in ({element.name}, classes, {f"#{own['id']}"} if "id" in own else set()):
        for selector, properties in rules:
            if selector in chosen:
                styled |= properties
    return styled | _properties(own.get("style", ""))


# --- Copying ----------------------------------------------------------------------------------


def _copied(element: _Element, rules: list[tuple[str, dict[str, str]]]) -> _Element:
    name = GROUPS.get(element.name, element.name)
    made = _Element(name, dict(_attributes(_styled(element, rules))))
    for child in element.children:
        if isinstance(child, str):
            if name in WITH_WORDS:
                made.children.append(child)
        elif GROUPS.get(child.name, child.name) in ELEMENTS:
            made.children.append(_copied(child, rules))
    return made


def _attributes(styled: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in styled.items():
        if name in {"href", f"{XLINK} href"}:
            if value[:1] == "#" and NAME.fullmatch(value[1:]):
                yield "href", value
        elif name == "id":
            if NAME.fullmatch(value):
                yield name, value
        elif name in PROPERTIES or name in GEOMETRY:
            if reference := REFERENCE.fullmatch(value.strip()):
                yield name, f"url(#{reference[1]})"
            elif _is_plain(value):
                yield name, value


def _is_plain(value: str) -> bool:
    """Return whether a value leads nowhere: it calls nothing that is not known, and hides nothing behind an escape."""
    calls = {BETWEEN.split(before.rstrip())[-1] for before in value.split("(")[:-1]}
    return not {"\\", "@"} & set(value) and "/*" not in value and calls <= FUNCTIONS


def _painted(
    element: _Element, named: Mapping[str, _Element], known: dict[int, int], depth: int
) -> int:
    """Return how many elements are painted, each as often as others use it; what uses itself is too much."""
    if depth > 2 * DEPTH:
        raise NotADrawing("heavy")
    if id(element) not in known:
        targets = [named[name] for name in _targets(element) if name in named]
        known[id(element)] = PAINTED + 1  # until it is counted: what comes back here uses itself
        parts = (
            _painted(part, named, known, depth + 1) for part in [*element.elements(), *targets]
        )
        known[id(element)] = min(PAINTED + 1, 1 + sum(parts))
    return known[id(element)]


def _targets(element: _Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name == "href":
            yield value[1:]
        elif reference := REFERENCE.fullmatch(value):
            yield reference[1]


# --- Writing ----------------------------------------------------------------------------------


def _written(element: _Element, namespace: str = "") -> Iterator[str]:
    told = {"xmlns": namespace} | element.attributes if namespace else element.attributes
    yield f"<{element.name}"
    yield from (f" {name}={quoteattr(value)}" for name, value in told.items())
    if not element.children:
        yield "/>"
        return
    yield ">"
    for child in element.children:
        if isinstance(child, str):
            yield escape(child)
        else:
            yield from _written(child)
    yield f"</{element.name}>"
