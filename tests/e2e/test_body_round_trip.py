"""What the editor makes of any body: no word is lost, the sanitiser keeps all of it, and the editor makes nothing else of it."""

import pytest
from django.utils.html import strip_tags
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from articles import body
from tests.e2e.test_body_editor import open_story
from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)

SHOW = """(bodies) => bodies.map((html) => {
  const field = document.querySelector("#id_body_en")
  field.editor.commands.setContent("<p>before</p>", { emitUpdate: true })
  field.editor.commands.setContent(html, { emitUpdate: true })
  return field.value
})"""

WORDS = ["One", " two ", "“four” &amp; five", "a &lt; b", "six\u00a0seven", "Şeş", "قال", "10", "—"]
ALONE = [
    '<figure data-image="3"></figure>',
    '<aside data-article="7"></aside>',
    '<aside data-waiting="Raqqa after the war"></aside>',
    '<div data-embed="https://example.org/v?x=1&amp;y=2" data-title="A &quot;film&quot;"></div>',
    '<div data-embed="https://example.org/w"></div>',
]
MARKS = [
    ("<a href='https://example.org/?a=1'>", "</a>"),
    ("<a data-article='7'>", "</a>"),
    ("<a data-waiting='Not here'>", "</a>"),
    ("<strong>", "</strong>"),
    ("<em>", "</em>"),
    ("<sub>", "</sub>"),
    ("<sup>", "</sup>"),
    ("<span lang='ar'>", "</span>"),
    ("<bdi>", "</bdi>"),
]


@st.composite
def runs(draw):
    """Words of a line, a few of them marked."""
    line = ""
    for _run in range(draw(st.integers(1, 4))):
        words = draw(st.sampled_from(WORDS))
        for opening, closing in draw(st.lists(st.sampled_from(MARKS), max_size=2, unique=True)):
            words = f"{opening}{words}{closing}"
        line += words + draw(st.sampled_from(["", "", " ", "<br>"]))
    return line


def within(tag, inside):
    return inside.map(lambda html: f"<{tag}>{html}</{tag}>")


def some(inside, most=3):
    return st.lists(inside, min_size=1, max_size=most).map("".join)


lines = within("p", runs())
held = st.one_of(runs(), some(lines, 2))
flat = st.sampled_from(["ul", "ol"]).flatmap(lambda tag: within(tag, some(within("li", held))))
nested = st.tuples(runs(), flat).map(lambda parts: f"<li>{parts[0]}{parts[1]}</li>")
quotations = st.tuples(
    st.sampled_from(["<blockquote>", '<blockquote data-pull="">']),
    held,
    st.one_of(st.just(""), within("cite", runs())),
).map(lambda parts: f"{''.join(parts)}</blockquote>")
cells = st.one_of(within("td", st.one_of(runs(), st.just(""))), within("th", runs()))
tables = st.integers(1, 3).flatmap(
    lambda width: some(within("tr", st.lists(cells, min_size=width, max_size=width).map("".join)))
)
blocks = st.one_of(
    lines,
    within("h2", runs()),
    within("h3", runs()),
    flat,
    within("ul", some(nested, 2)),
    quotations,
    tables.map(lambda rows: f"<table><tbody>{rows}</tbody></table>"),
    st.sampled_from(ALONE),
)
bodies = some(blocks, 5)


def letters(html):
    return "".join(strip_tags(html).split())


def test_what_the_editor_makes_of_any_body_is_kept_and_comes_out_of_it_again(desk):
    open_story(desk, story(title_en="A", body_en="<p>One</p>"))

    @settings(
        max_examples=2,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(bodies, min_size=40, max_size=40))
    def show(drawn):
        stored = [body.clean(html).html for html in drawn]
        # It nests marks in an order of its own, joins equal neighbours, and drops spaces that nobody sees.
        made = desk.evaluate(SHOW, stored)

        for html, once, twice in zip(stored, made, desk.evaluate(SHOW, made), strict=True):
            assert letters(once) == letters(html)
            assert body.clean(once).html == once
            assert twice == once

    show()
