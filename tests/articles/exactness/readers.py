"""Readers who ask for every page after each change, through the cache and past it."""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from urllib.parse import unquote
from zlib import crc32

from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from articles import body
from articles.models import Article, Edition, ImageUse, PromotionEdition
from articles.pages.card import LEAST_WIDTH
from articles.purging import name
from articles.renditions import picture_of
from articles.texts import text
from newsroom.page import as_markdown, in_lite
from newsroom.pagecache.models import Purge
from newsroom.pagecache.serving import requests
from tests.articles.exactness.site import LANGUAGES
from tests.newsroom.pagecache.answering import Answer, cache, environ
from tests.pages import Page

OF_THE_CACHE = frozenset(
    [
        *("Content-Length", "ETag", "Vary", "Cache-Control", "Cache-Status"),
        *("Surrogate-Control", "Surrogate-Key"),
    ]
)
PREFIXES = tuple(f"/{code}/" for code in LANGUAGES)

FORMER = 6
"""How many old addresses without a page, and how many further pages of lists, are asked for, too."""

NONE = sys.maxsize
"""The share of pages to compare while nothing has changed yet."""

FORMS, ONE_OF = (as_markdown, in_lite), 6
"""Of so many pages one is read in each of these forms, too: all forms of a page bear its tags."""


@dataclass
class Stale:
    """A page that a step has put out of date, with the purges that did it: (name, position, due)."""

    url: str
    page: object
    purges: list = field(default_factory=list)


class Wrong(AssertionError):
    """A page from the cache is not what it should be, or was thrown away for nothing."""


class Readers:
    """All addresses that anybody has seen on this site, and what stands there.

    `share` says of how many kept pages one is compared with a new rendering in each look, others in the next ones: what
    is out of date stays so, as a rule.
    """

    def __init__(self, *first, share=1):
        self.share, self.looks = share, 0
        self.django = WSGIHandler()
        self.cache = cache(self.django, megabytes=256)
        self.log = self.cache.log
        self.log.sync()
        self.answers, self.kept = dict.fromkeys(first), {}
        self.last_purge, self.last_look = 0, timezone.now()
        self.hidden = self.hidden_before = hidden()
        self.moments = self.moments_before = moments()

    def look(self):
        """Ask for everything; raise Wrong for an old page; return (those out of date, those changed)."""
        self.log.sync()
        self._forget()
        self.looks += 1
        stale = list(self._stale())
        changed = set()
        for url, in_turn in self._asked():
            before, now = self.answers[url], self._answer(url, compared=in_turn)
            if before is not None and before != now:
                changed.add(url)
            self.answers[url] = now
            self._follow(url, now)
        self._name_purges(stale)
        asked = (url for url, answer in self.answers.items() if answer)
        self.kept = {url: self._page(url) for url in asked if self._is_fresh(url)}
        self.hidden, self.hidden_before = hidden(), self.hidden
        self.moments, self.moments_before = moments(), self.moments
        return stale, changed

    def _asked(self):
        """Yield the addresses to ask for, and whether it is their turn to be compared.

        What the cache does not keep is never out of date: nobody asks for it out of turn.
        """
        for number, url in enumerate(list(self.answers), self.looks):
            in_turn = number % self.share == 0
            if in_turn or url in self.kept or self.answers[url] is None:
                yield url, in_turn

    def _page(self, url):
        path, _mark, query = url.partition("?")
        counts = requests.counted(requests.parameters(query), ("before", "after"))
        return self.cache.memory.get(f"{unquote(path)}?{counts}" if counts else unquote(path))

    def _is_fresh(self, url):
        page = self._page(url)
        return page is not None and self.log.is_fresh(page, timezone.now().timestamp())

    def _stale(self):
        now = timezone.now().timestamp()
        for url, page in self.kept.items():
            # No page outlives a day, whatever it shows.
            if url in self.answers and now < page.ends_at and not self.log.is_fresh(page, now):
                yield Stale(url, page)

    def _answer(self, url, *, compared):
        """Return what the cache answers; `compared`, it must be what a rendering answers now."""
        path, _mark, query = url.partition("?")
        answer = ask(self.cache, path, query)
        cached = told(answer)
        if not compared or "; hit" not in answer.headers.get("Cache-Status", ""):
            return cached  # what is no hit was rendered just now
        now = told(ask(self.django, path, query))
        if cached != now:
            tags = sorted(self._page(url).tags)
            raise Wrong(
                f"{url} is out of date in the cache; it has {tags}\n{difference(cached, now)}"
            )
        return cached

    def _follow(self, url, answer):
        """Note the addresses that a page leads to, and of some pages that of another form."""
        if answer[0].startswith("200"):
            links = addresses(answer[2])
            for address in [*links, *filter(None, map(other_form, links))]:
                self.answers.setdefault(address, None)

    def _forget(self):
        """Keep the site in bounds: forget old addresses, and places in lists."""
        lists = [url for url in self.answers if "?" in url]
        gone = [url for url, answer in self.answers.items() if answer and answer[0][0] in "34"]
        for url in [*lists[:-FORMER], *gone[:-FORMER]]:
            self.answers.pop(url, None)

    def _name_purges(self, stale):
        """Tell for each page which of the purges since the last look concerned it."""
        new = Purge.objects.filter(is_pending=False, pk__gt=self.last_purge)
        now = timezone.now()
        passed = Purge.objects.filter(due__gt=self.last_look, due__lte=now)
        rows = list((new | passed).distinct())
        for outdated in stale:
            for row in rows:
                if row.due is None or row.due <= now:
                    outdated.purges += [
                        (name, position, row.due)
                        for name, position in row.tags
                        if concerns(outdated.page, name, position)
                    ]
        self.last_purge = max([self.last_purge, *(row.pk for row in rows)])
        self.last_look = now


def hidden():
    """Return the id of each story with what it would show of images and stories if they could be seen.

    And the cache tag of each promotion with the picture that it would show, and that of the lead of each story with
    one that is too small for its cards.
    """
    now, unseen = timezone.now(), defaultdict(set)
    for use in ImageUse.objects.select_related("image"):
        if picture_of(use.image, at=now) is None:
            words = (text(use, part, code) for part in ("alt", "caption") for code in LANGUAGES)
            unseen[use.article_id].add((use.image_id, use.is_lead, *words))
        elif use.is_lead and use.image.width < LEAST_WIDTH:
            unseen[name("lead", use.article_id)].add(use.image_id)
    for edition in PromotionEdition.objects.select_related("image", "promotion__image"):
        image = edition.image or edition.promotion.image
        if image and picture_of(image, at=now) is None:
            unseen[name("promotion", edition.promotion_id, edition.language)].add(image.pk)
    live = set(Edition.objects.live(at=now).values_list("article_id", "language"))
    for article in Article.objects.all():
        for code in LANGUAGES:
            named = body.Body(text(article, "body", code)).references.articles
            unseen[article.pk] |= {(pk, code) for pk in named if (pk, code) not in live}
    return unseen


def moments():
    """Return (id of a story, language) -> its moment."""
    rows = Edition.objects.values_list("article_id", "language", "published_at")
    return {(pk, language): moment for pk, language, moment in rows}


class Linked(Page):
    """A body taken apart without a response."""

    def __init__(self, html):
        class Response:
            status_code, content = 200, html

        super().__init__(Response)


def other_form(url):
    """Return where a page can be read in another form, for some of all pages; "" for the others."""
    turn = crc32(url.encode()) % ONE_OF
    return FORMS[turn](url) if url.endswith("/") and turn < len(FORMS) else ""


def page_of(url):
    """Return the address of the page of which an address is a form, or the address itself."""
    return re.sub(r"^(/[^/]+)/lite/", r"\1/", re.sub("/index.md|/llms.txt", "/", url))


@lru_cache(maxsize=500)
def addresses(html):
    """Return the addresses of this site's pages that a page links to."""
    hrefs = (link.get("href", "") for link in Linked(html).all("a"))
    return [
        href
        for href in hrefs
        # Feeds of all forms bear the same tags; the site names those of one list.
        # Of the lite edition some pages are asked for, see `other_form`.
        if href.startswith(PREFIXES) and not href.endswith(("feed.rss", "feed.json"))
        if href.split("/")[2] != "lite"
    ]


def ask(application, path, query):
    """Ask a WSGI application as a browser would; return its Answer."""
    started = []

    def start_response(status, headers, exc_info=None):
        started[:] = [status, dict(headers)]

    asked = environ(unquote(path), query) | {"wsgi.input": BytesIO(), "wsgi.errors": sys.stderr}
    response = application(asked, start_response)
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    return Answer(*started, body)


def concerns(page, name, position):
    if name not in page.tags:
        return False
    span = page.tags[name]
    if span is None or position is None:
        return True
    low, high = span
    return (low is None or low <= position) and (high is None or position <= high)


def told(answer):
    """Return what of an answer must be the same from wherever it comes."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_CACHE}
    return answer.status, headers, answer.body


def difference(one, other):
    """Return the lines in which two answers differ."""
    lines = []
    if one[:2] != other[:2]:
        lines.append(f"{one[:2]} != {other[:2]}")
    ours, theirs = (set(answer[2].decode().splitlines()) for answer in (one, other))
    return "\n".join(
        [*lines, *(f"- {line}" for line in ours - theirs), *(f"+ {line}" for line in theirs - ours)]
    )
