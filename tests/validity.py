"""Whether a page is HTML as the Standard has it: its parse errors, and elements that stand where they may not.

A library parses. What may stand in what is the Standard's own index of elements
(https://html.spec.whatwg.org/multipage/indices.html#elements-3), as far as a page of ours could get it wrong.
"""

from collections import Counter

import html5lib

from tests import hearing

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
PHRASING = set(
    str.split(
        "a abbr audio b bdi bdo br button cite code data datalist del dfn em embed i iframe img input ins kbd label link "
        "map mark math meta meter noscript object output picture progress q s samp script select small span strong sub "
        "sup svg template textarea time u var video wbr"
    )
)
OF_WORDS = HEADINGS | set(
    str.split(
        "abbr b bdi bdo button cite code data dfn em i kbd label mark meter output p pre progress q s samp small span "
        "strong sub sup time u var"
    )
)
"""What holds words and what stands in a line, and nothing else."""

CHILDREN = {
    **dict.fromkeys(OF_WORDS, PHRASING),
    **dict.fromkeys(("legend", "summary"), PHRASING | HEADINGS),
    **dict.fromkeys(("menu", "ol", "ul"), {"li"}),
    "dl": {"dt", "dd", "div"},
    "picture": {"source", "img"},
    "select": {"option", "optgroup", "hr"},
}
"""An element -> those that may stand in it, beside ANYWHERE."""

ANYWHERE = {"script", "template"}
AS_AROUND = {"a", "del", "ins", "noscript"}
"""What may hold whatever the element around it may."""

PARENTS = {
    "dd": {"dl", "div"},
    "dt": {"dl", "div"},
    "figcaption": {"figure"},
    "legend": {"fieldset"},
    "li": {"menu", "ol", "ul"},
    "main": {"body", "div", "form"},
    "summary": {"details"},
}
PRESSED = {"a", "button", "details", "iframe", "input", "label", "select", "textarea"}
HOLDS_NOTHING_PRESSED = {"a", "button"}
NEEDED = {"html": ("lang",), "iframe": ("src", "title"), "img": ("alt", "src")}
OBSOLETE = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "frameborder", "valign"}
ONCE = ("head/title", "body//main")


def faults(html):
    """Return what is wrong with a page, as sentences; none if it is valid as far as is looked."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root, lines = parser.parse(html), html.splitlines()
    wrong = [
        f"{code}: {lines[line - 1].strip()[:80]}" for (line, _at), code, _data in parser.errors
    ]
    return [
        *wrong,
        *_of_places(root, None),
        *_of_attributes(root),
        *_of_wholes(root),
        *hearing.faults(root),
    ]


def _of_places(element, allowed, around=()):
    """Yield what stands where it may not, from an element down; `around` are those that it stands in, by name."""
    name = element.tag
    if name not in AS_AROUND:
        allowed = CHILDREN.get(name)
    for child in element:
        its = child.tag
        # A comment has a function for a name; what svg holds is of another language.
        if not isinstance(its, str) or its.startswith("{"):
            continue
        if allowed and its not in allowed | ANYWHERE:
            yield f"<{its}> in <{name}>"
        if name not in PARENTS.get(its, {name}):
            yield f"<{its}> in <{name}>, where only {sorted(PARENTS[its])} have it"
        if its in PRESSED and (outer := HOLDS_NOTHING_PRESSED & {*around, name}):
            yield f"<{its}> inside {sorted(outer)}"
        yield from _of_places(child, allowed, (*around, name))


def _of_attributes(root):
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in NEEDED.get(element.tag, ()):
            if name not in element.attrib:
                yield f"<{element.tag}> without {name}"
        for name in OBSOLETE & element.attrib.keys():
            yield f"<{element.tag} {name}>, which is obsolete"
        for name in ("href", "src", "action"):
            if any(sign.isspace() for sign in element.get(name, "").strip()):
                yield f"<{element.tag}> with a space in its {name}"


def _of_wholes(root):
    """Yield what a page has too often or not at all, and names that nothing has."""
    for path in ONCE:
        if len(root.findall(path)) != 1:
            yield f"{len(root.findall(path))} of {path}"
    ids = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    yield from (f"the id “{name}” {times} times" for name, times in ids.items() if times > 1)
    yield from (f"an id “{name}”" for name in ids if not name or any(map(str.isspace, name)))
    for label in root.iter("label"):
        if label.get("for") and label.get("for") not in ids:
            yield f"a label for “{label.get('for')}”, which nothing is called"
