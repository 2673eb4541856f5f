"""Whether a page can be heard and used with keys alone: roles, states, names and languages as ARIA and WCAG 2.2 (A and AA) have them.

These are the rules of axe-core that HTML alone can break, as far as a page of ours could; `validity.py` asks for ids, labels and alternatives,
and what hangs on boxes and colours is looked at in a browser (`e2e/audit.py`).
"""

import re
from collections import Counter

ROLES = set(
    str.split(
        "alert alertdialog application article button cell checkbox columnheader combobox complementary contentinfo dialog "
        "document feed figure form grid gridcell group heading img link list listbox listitem log main menu menubar menuitem "
        "navigation none note option presentation progressbar radio radiogroup region row rowgroup rowheader search separator "
        "slider spinbutton status switch tab table tablist tabpanel textbox timer toolbar tooltip tree treegrid treeitem"
    )
)
TRUTHS = {"true", "false"}
STATES = {
    "aria-atomic": TRUTHS,
    "aria-autocomplete": {"inline", "list", "both", "none"},
    "aria-busy": TRUTHS,
    "aria-checked": TRUTHS | {"mixed"},
    "aria-current": TRUTHS | {"page", "step", "location", "date", "time"},
    "aria-disabled": TRUTHS,
    "aria-expanded": TRUTHS,
    "aria-haspopup": TRUTHS | {"menu", "listbox", "tree", "grid", "dialog"},
    "aria-hidden": TRUTHS,
    "aria-invalid": TRUTHS | {"grammar", "spelling"},
    "aria-live": {"off", "polite", "assertive"},
    "aria-modal": TRUTHS,
    "aria-multiselectable": TRUTHS,
    "aria-orientation": {"horizontal", "vertical"},
    "aria-pressed": TRUTHS | {"mixed"},
    "aria-readonly": TRUTHS,
    "aria-required": TRUTHS,
    "aria-selected": TRUTHS,
    "aria-sort": {"ascending", "descending", "none", "other"},
}
"""A state -> what it may be."""

NAMED_BY = {"aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "aria-owns"}
"""What holds ids of the page."""

WORDS = {"aria-description", "aria-keyshortcuts", "aria-label", "aria-roledescription"}
WORDS |= {f"aria-{name}" for name in ("level", "posinset", "setsize", "valuetext", "placeholder")}
WORDS |= {f"aria-value{name}" for name in ("max", "min", "now")}

NAMELESS = set(
    str.split("b bdi bdo code del div em i ins p q s samp small span strong sub sup time u var")
)
"""Elements without a role: a name that one of them is given is not told."""

PRESSED = {"a", "button", "input", "select", "summary", "textarea"}
LANDMARKS = {"nav": "navigation", "aside": "complementary", "form": "form", "section": "region"}
SECTIONS = frozenset({"article", "aside", "nav", "section"})
LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-\w{5,8})*)?", re.IGNORECASE
)
FILLED = set(
    str.split(
        "on off name given-name family-name nickname email username new-password current-password one-time-code organization "
        "organization-title url tel street-address country country-name postal-code language"
    )
)
"""What a browser may fill in."""


def faults(root):
    """Yield what is wrong with a page that html5lib has parsed, as sentences."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    ids = {element.get("id") for element in elements}
    for element in elements:
        if not element.tag.startswith("{"):
            yield from _of_roles(element, ids)
            yield from _of_words(element, ids)
    yield from _of_hidden(root)
    yield from _of_head(root)
    yield from _of_landmarks(elements)


def _of_roles(element, ids):
    """Yield roles and states that nobody knows, and names that lead nowhere or are not told."""
    tag = element.tag
    for role in element.get("role", "").split():
        if role not in ROLES:
            yield f"<{tag} role={role}>, which is none"
    for name, value in element.attrib.items():
        if not name.startswith("aria-"):
            continue
        if name in NAMED_BY:
            lost = [one for one in value.split() if one not in ids]
            yield from (f"<{tag} {name}={one}>, which nothing is called" for one in lost)
        elif name not in WORDS and value not in STATES.get(name, ()):
            yield f"<{tag} {name}={value}>, which is no state"
        if (
            name in {"aria-label", "aria-labelledby"}
            and tag in NAMELESS
            and "role" not in element.attrib
        ):
            yield f"<{tag} {name}={value}>, which has no role and so no name"
        if name == "aria-label" and not value.strip():
            yield f"<{tag} {name}> without a word"


def _of_words(element, ids):
    """Yield what is said in no language, leads nowhere in the page, or cannot be filled in."""
    tag, href = element.tag, element.get("href", "")
    if not LANGUAGE.fullmatch(element.get("lang", "")):
        yield f"<{tag} lang={element.get('lang')}>, which is no language"
    if href.startswith("#") and href[1:] not in {*ids, ""}:
        yield f"a link to {href}, where nothing is"
    if element.get("popovertarget", next(iter(ids))) not in ids:
        yield f"<{tag}> opens “{element.get('popovertarget')}”, which nothing is called"
    if lost := set(element.get("autocomplete", "").split()) - FILLED:
        yield f"<{tag} autocomplete={sorted(lost)}>, which no browser knows"
    if tag in {"h1", "h2", "h3", "h4", "legend", "summary", "title"} and not _told(element):
        yield f"<{tag}> without a word"


def _told(element):
    """Return the words of an element and of the pictures in it."""
    alternatives = (one.get("alt") or one.get("aria-label") or "" for one in element.iter())
    return "".join([*element.itertext(), *alternatives]).strip()


def _of_hidden(root):
    """Yield what keys reach though nobody hears it."""
    for hidden in root.iter():
        if hidden.get("aria-hidden") != "true":
            continue
        for element in hidden.iter():
            is_pressed = element.tag in PRESSED and not (
                element.tag == "a" and "href" not in element.attrib
            )
            if is_pressed and element.get("tabindex") != "-1" and element.get("type") != "hidden":
                yield f"<{element.tag}> in what is hidden from those who hear"


def _of_head(root):
    for element in root.iter("meta"):
        content = element.get("content", "").replace(" ", "")
        if element.get("name") == "viewport" and re.search(
            "user-scalable=(?:no|0)|maximum-scale", content
        ):
            yield "a page that cannot be made larger"
        if element.get("http-equiv", "").lower() == "refresh":
            yield "a page that leaves by itself"


def _of_landmarks(elements):
    """Yield landmarks of one kind and one name, between which nobody who hears them can tell.

    An aside inside of an article is none unless it has a name (HTML Accessibility API Mappings, "aside").
    """
    inside = {
        aside
        for element in elements
        if element.tag in SECTIONS
        for aside in element.iter("aside")
        if aside is not element
    }
    names = Counter()
    for element in elements:
        label = element.get("aria-label") or element.get("aria-labelledby") or ""
        kind = element.get("role") or LANDMARKS.get(element.tag)
        is_told = (
            label or element.tag == "nav" or (element.tag == "aside" and element not in inside)
        )
        if kind in LANDMARKS.values() and is_told:
            names[kind, label] += 1
    for (kind, label), times in names.items():
        if times > 1:
            yield f"{times} landmarks ({kind}) of the name “{label}”"
