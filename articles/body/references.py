"""What a clean body refers to, and how its references are changed."""

from dataclasses import dataclass

from articles.body.markup import VOID, Events, escaped, start_tag
from articles.body.vocabulary import REFERENCES

KEEP, UNWRAP = object(), object()


class _Copy(Events):
    """Copies a clean body, asking `visit(tag, attrs)` about each element.

    The answer is KEEP, UNWRAP (the content stays), or a string that replaces the start tag, and the
    whole element where it is a reference.
    """

    def __init__(self, visit):
        super().__init__()
        self.visit, self.out, self.ends = visit, [], []

    def start(self, tag, attrs):
        answer = self.visit(tag, attrs)
        if answer is KEEP:
            answer, end = self.get_starttag_text(), f"</{tag}>"
        elif answer is UNWRAP:
            answer, end = "", ""
        else:
            end = "" if tag in REFERENCES else f"</{tag}>"
        self.out.append(answer)
        if tag not in VOID:
            self.ends.append(end)

    def end(self, _tag):
        if self.ends:
            self.out.append(self.ends.pop())

    def text(self, words):
        self.out.append(escaped(words))


def copied(html, visit):
    return "".join(_Copy(visit).read(html).out)


def rewrite(html, change):
    """Return a clean body with its references changed: `change(tag, attrs)` returns new attributes.

    It is asked about figure, aside, div and a elements; None drops the element (a link keeps its
    words). The result is not cleaned.
    """

    def visit(tag, attrs):
        if tag not in REFERENCES and tag != "a":
            return KEEP
        changed = change(tag, attrs)
        if changed is None:
            return "" if tag in REFERENCES else UNWRAP
        end = f"</{tag}>" if tag in REFERENCES else ""
        return start_tag(tag, changed) + end

    return copied(html, visit)


@dataclass(frozen=True)
class References:
    """What a body refers to: image ids, article ids, and keys of stories that have not arrived.

    Of the articles, `cards` are those that stand as a card, with their headlines.
    """

    images: frozenset
    articles: frozenset
    waiting: frozenset
    cards: frozenset


def references(html):
    """Return what a clean body refers to."""
    found = {"data-image": set(), "data-article": set(), "data-waiting": set()}
    cards = set()

    def note(tag, attrs):
        if tag == "aside" and "data-article" in attrs:
            cards.add(int(attrs["data-article"]))
        for name, values in found.items():
            if name in attrs:
                values.add(attrs[name])
        return attrs

    rewrite(html, note)
    return References(
        images=frozenset(int(value) for value in found["data-image"]),
        articles=frozenset(int(value) for value in found["data-article"]),
        waiting=frozenset(found["data-waiting"]),
        cards=frozenset(cards),
    )
