"""Every kind of public page, with what is hard to lay out, in a real browser: nothing that an audit would name."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from articles.actions import commenting, correcting, publishing, writing
from articles.comments import links
from articles.models import Article, Author, Category, Edition, Tag
from newsroom import errors
from newsroom.db import keyset
from newsroom.middleware import from_path
from newsroom.page import in_lite
from newsroom.site import actions as site_actions
from tests import validity
from tests.e2e import audit
from tests.hard import pictures, stories, words

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2017, 11, 29, 12, tzinfo=UTC)
WIDTHS = (320, 820, 1440, 1920)
ENDS = (320, 1440)
LARGE = (320, 1280)
"""Widths at which the pages are looked at with large letters."""
MISTAKEN = "writing a comment, with mistakes"
FAILED, AWAY = "failed", "away"
"""Pages that say that one of ours failed, and that the site is away: 500 and 503."""

MISSING = "no such page|withdrawn|not in this language"
"""Names of pages that may not be there; of all others nobody would have looked at the page that is meant."""

OF_WORDS = ("front", "region with a promotion", "what search has found", "story of longest words")
"""Pages that are looked at for their words in the other languages too, at every width; the others at one each, in turn."""

TWICE = "story (of|with|that)|part of|with mistakes|^about the API"
"""Pages of a kind that stands among those before, and one whose words are editors'."""

WHOLE = """addEventListener("DOMContentLoaded", () =>
  requestAnimationFrame(() => requestAnimationFrame(() => window.wholeSince = performance.now())))"""
"""Note from when on all of a page has been painted: a browser that is busy paints the part that has come first.

Read from the clock: what a frame is told as its time is when it was due, and the frame before may have been painted later.
"""

SHIFTED = """() => new Promise(done => {
  const moved = [], place = ({x, y, width, height}) => [x, y, width, height].map(Math.round).join(" ")
  const name = node => `${(node?.parentElement ?? node)?.className} ${node?.textContent.trim().slice(0, 30)}`
  const told = ({node, previousRect, currentRect}) =>
    `moves from ${place(previousRect)} to ${place(currentRect)}: ${name(node)}`
  new PerformanceObserver(list => moved.push(...list.getEntries())).observe({type: "layout-shift", buffered: true})
  const last = () => moved
    .filter(({hadRecentInput, startTime}) => !hadRecentInput && startTime >= window.wholeSince)
    .flatMap(({sources}) => sources.map(told))
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(last()))))
})"""


@pytest.fixture
def hard(transactional_db, monkeypatch, settings):
    settings.SENDS_MAIL = True
    monkeypatch.setattr(stories, "MOST", 2)
    monkeypatch.setattr(keyset, "SIZE", 3)
    small = {name: (width // 3, height // 3) for name, (width, height) in pictures.SIZES.items()}
    monkeypatch.setattr(pictures, "SIZES", small)
    stories.build(now=NOW)
    site = site_actions.settings_row()
    site.shows_changes = True
    site_actions.save(site)


def addresses(language):
    """Return an address of each kind of page in a language, and those of the stories that differ most."""
    return {
        **_lists(language),
        **_stories(language),
        **_of_comments(language),
        **_of_corrections(language),
        "what was changed": _changed(language),
        "own page": f"/{language}/{stories.OWN}/",
        "about the API": f"/{language}/api/",
        "front for slow lines": f"/{language}/lite/",
        "story for slow lines": in_lite(_live(language, "every block").url),
        "no such page": f"/{language}/nothing/",
        "no such page in any language": "/xx/nothing/",
        "withdrawn": _withdrawn(language),
        "not in this language": _only_in_arabic(language),
        **{name: f"/{language}/{name}/" for name in (FAILED, AWAY)},
    }


def _lists(language):
    tag = Tag.objects.get(name="Topic 1 of 12")
    called = {one.name_en: one for one in Category.objects.filter(kind=Category.Kind.REGION)}
    long, empty, paged = (
        called[name].url_in(language)
        for name in (
            words.LONG_NAME["en"],
            words.REGION["en"].format(0),
            f"{words.PLAIN['en']} (pictures)",
        )
    )
    place = keyset.Cursor(_live(language, "landscape").published_at, 0)
    return {
        "front": f"/{language}/",
        "archive": reverse("articles:archive", kwargs={"language": language}),
        "month": f"/{language}/archive/2017/11/",
        "day": f"/{language}/archive/2017/11/29/",
        "region with a promotion": long,
        "region that is empty": empty,
        "later page of a list": f"{paged}?before={place}",
        "section": Category.objects.get(name_en=words.LONG_NAME["en"], is_genre=True).url_in(
            language
        ),
        "tag": f"/{language}/tag/{tag.slug}/",
        "topics": f"/{language}/tag/",
        "author": Author.objects.all()[0].url_in(language),
        "authors": f"/{language}/author/",
        "search": f"/{language}/search/",
        "what search has found": f"/{language}/search/?q={words.SOUGHT[language]}",
        "nothing found": f"/{language}/search/?q={words.UNBROKEN[language][:40]}",
    }


def _live(language, part):
    editions = Edition.objects.live(language=language, at=NOW)
    return next(one for one in editions if part in one.title)


def _stories(language):
    def story(part):
        return _live(language, part).url

    return {
        "story of longest words": story(words.LONGEST[language]),
        "story of every block": story("every block"),
        "story of twelve tags": story("12 tags"),
        "story of eight bylines": story("8 bylines"),
        "story with a portrait": story("portrait"),
        "story with a tiny picture": story("tiny"),
        "story that is an opinion": story("opinion"),
        "part of a series and of a running story": story("part 2 of 3"),
    }


def _of_corrections(language):
    """Return the addresses of a story with two corrections, of words without a break, and of the list of all."""
    edition = _live(language, "tiny")
    for note in (words.UNBROKEN[language], words.OTHER_SCRIPT[language]):
        correcting.record(edition.article, {language: note}, by=correcting.SYSTEM)
    return {"corrected story": edition.url, "corrections": f"/{language}/corrections/"}


def _of_comments(language):
    """Return the addresses of the pages of comments: of a story that has some, to write one, and of its reader."""
    edition = _live(language, "square")
    commenting.open_story(edition, until=timezone.now() + timedelta(days=1), by=commenting.SYSTEM)
    first = _comment(edition, words.UNBROKEN[language])
    _comment(edition, words.OTHER_SCRIPT[language], parent=first.pk)
    return {
        "story with comments": edition.get_absolute_url(),
        "comments": edition.comments_url,
        "writing a comment": f"{edition.comments_url}write/",
        MISTAKEN: f"{edition.comments_url}write/",
        "answering a comment": f"{edition.comments_url}write/?to={first.pk}",
        "own comment": reverse("articles:comment", args=[language, links.own(first)]),
        "asking for all comments": reverse("articles:ask_for_comments", args=[language]),
        "all comments of a reader": reverse(
            "articles:comments_of_reader", args=[language, links.of_all(first.email)]
        ),
    }


def _comment(edition, text, *, parent=None):
    comment = commenting.write(
        edition,
        name=words.LONG_NAME[edition.language][:80],
        words=text,
        email="reader@example.org",
        parent=parent,
        sender=f"{edition.pk} {parent}",
    )
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)
    return comment


def _changed(language):
    """Return the address of the history of a story whose headline was another, and whose standfirst has grown."""
    edition = _live(language, "portrait")
    article = edition.article
    setattr(article, f"title_{language}", f"{words.LONGEST[language]} {edition.title}")
    setattr(article, f"standfirst_{language}", f"{words.UNBROKEN[language]} {edition.standfirst}")
    writing.save(article, now=NOW)
    return edition.history_url


def _withdrawn(language):
    edition = _live(language, "no category")
    publishing.withdraw(edition, by=publishing.SYSTEM, reason="Wrong.", now=NOW)
    return edition.get_absolute_url()


def _only_in_arabic(language):
    article = Article.objects.exclude(title_ar=None).filter(title_en=None).get()
    return (
        article.editions.get(language="ar").get_absolute_url().replace("/ar/", f"/{language}/", 1)
    )


def pages():
    """Yield the language, name and address of each page that is looked at, and at which widths, with large letters too."""
    for language in ("en", "ar"):
        for name, address in addresses(language).items():
            yield language, name, address, WIDTHS, LARGE
    for place, language in enumerate(("es", "pt")):
        for number, (name, address) in enumerate(addresses(language).items()):
            if name in OF_WORDS:
                yield language, name, address, WIDTHS, LARGE
            elif not re.search(TWICE, name):
                yield language, name, address, ENDS[(number + place) % 2 :][:1], ()


def _sorry(route):
    """Answer as where something failed."""
    path = urlsplit(route.request.url).path
    with translation.override(from_path(path)):
        failed = errors.busy(path) if AWAY in path else errors.server_error(None)
    route.fulfill(body=failed.content, content_type="text/html; charset=utf-8")


def _go(page, address, *, is_sorry):
    """Open a page and return the answer. While an address is answered by us, the browser asks for each style sheet again: so only as long as that takes."""
    if is_sorry:
        page.route(f"**{address}", _sorry)
    answer = page.goto(address)
    if is_sorry:
        page.unroute(f"**{address}")
    return answer


def test_no_audit_names_a_fault_of_any_page(hard, page, complaints):
    wrong = []
    page.add_init_script(WHOLE)
    for language, name, address, widths, large in pages():
        answer = _go(page, address, is_sorry=name in (FAILED, AWAY))
        assert answer.ok or re.match(MISSING, name), f"{language}, {name}: {answer.status}"
        faults = validity.faults(answer.text())
        if name == MISTAKEN:
            page.locator(".comment-form__button").click()
            page.get_by_role("alert").wait_for()
        # The browser says so itself of each page that is not there.
        complaints[:] = [line for line in complaints if "status of 4" not in line]
        page.evaluate("document.fonts.ready")
        faults += page.evaluate(SHIFTED)
        # No language changes a colour.
        schemes = audit.SCHEMES if language == "en" else ()
        looks = audit.OF_READERS
        faults += audit.faults(page, widths=widths, large=large, schemes=schemes, looks=looks)
        wrong += [f"{language}, {name}, {fault}" for fault in faults]

    assert not wrong, "\n".join(wrong)
