"""The few cases in which a page is made anew although it has not changed; docs/reference/cache-tags.md."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from articles.models import (
    SHELVES,
    Article,
    Category,
    Edition,
    Image,
    Listing,
    PromotionEdition,
    Tag,
)
from articles.pages import archive, layouts, menu as menus, promotion as promotions
from articles.pages.subject import PERIODS
from articles.texts import text
from newsroom.pagecache.purges.tags import micros
from tests.articles.exactness.readers import Wrong, page_of

MINUTE = micros(datetime.fromisoformat("1970-01-01T00:01:00+00:00"))
SHOWN = re.compile(
    r"""(?:card__time|latest__time)"><time datetime="([^"]+)"|<published>([^<]+)|publication_date>([^<]+)|<pubDate>([^<]+)|"date_published": "([^"]+)"""
)


def check(readers):
    """Ask for every page; raise Wrong for one that is old, or made anew for nothing; return those that changed.

    A page in another form is made anew whenever the page itself is, which may show more.
    """
    stale, changed = readers.look()
    for outdated in stale:
        page = page_of(outdated.url)
        same = replace(outdated, url=page if page in readers.answers else outdated.url)
        if not {outdated.url, page} & changed and not find(same, readers):
            raise Wrong(f"{outdated.url} has not changed; it was thrown away for {outdated.purges}")
    return changed


def find(stale, readers):
    """Return whether each purge that concerned a page is one of the exceptions."""
    kinds = [*EXCUSES.values(), _came_and_went]
    return bool(stale.purges) and all(
        any(fits(stale, readers, *purge) for fits in kinds) for purge in stale.purges
    )


def _behind_the_last(stale, readers, name, position, due):
    """A list: what comes or goes just beyond those that the page shows, or between them and the first page."""
    if not name.startswith("list:") or position is None:
        return False
    words = readers.answers[stale.url][2].decode()
    times = [micros(_moment("".join(groups))) for groups in SHOWN.findall(words)]
    low, high = stale.page.tags[name]
    if position in {low, high} or not times:
        return True
    # Pages tell the minute only.
    return position < min(times) + MINUTE or ("?" in stale.url and position >= max(times))


def _moment(words):
    """Return the moment that a page or a feed tells."""
    return parsedate_to_datetime(words) if "," in words else datetime.fromisoformat(words)


def _plan_given_up(stale, readers, name, position, due):
    """A moment for which something was planned that was planned otherwise since."""
    return due is not None and not is_planned(*name.split(":"), due=due)


def is_planned(kind, *parts, due):
    """Return whether a part of pages is to change at a moment, by what stands in the database now."""
    if kind in {"image", "crop", "shown", "credit", "rights", "creator"}:
        return Image.objects.filter(pk=parts[0], valid_until=due).exists()
    if kind in {"slot", "promotion"}:
        return _is_promotion_planned(kind, *parts, due=due)
    if kind == "dated":
        return _is_month_planned(*parts, due=due)
    if kind == "menu":
        before, after = (
            menus.read(Category.tree(language=parts[0], at=at))
            for at in (due - timedelta.resolution, due)
        )
        return before != after
    if kind == "index":
        shelf, language = parts
        rows = Listing.objects.filter(language=language, **{f"{shelf}__isnull": False})
        firsts = rows.filter(published_at=due).values_list(shelf, flat=True)
        earlier = rows.filter(published_at__lt=due)
        return any(not earlier.filter(**{shelf: pk}).exists() for pk in firsts)
    if kind == "months":
        return _rows("all", *parts).filter(published_at=due).exists()
    if kind in {"list", "filled"}:
        rows = _rows(*parts) if len(parts) > 1 else _rows("all", *parts)
        is_first = kind == "list" or not rows.filter(published_at__lt=due).exists()
        return is_first and rows.filter(published_at=due).exists()
    return _is_story_planned(
        kind, *(part for part in parts if part not in {"article", "in"}), due=due
    )


def _is_month_planned(language, month, *, due):
    """Return whether a story of this month, or another language of one, is to appear then."""
    coming = Edition.objects.filter(status="published", published_at=due).values("article")
    here = Edition.objects.filter(article__in=coming, language=language, status="published")
    moments = here.filter(published_at__lte=due).values_list("published_at", flat=True)
    return month in {f"{archive.month_of(moment):%Y-%m}" for moment in moments}


def _is_promotion_planned(kind, *parts, due):
    """Return whether a place changes then, or a promotion starts or ends."""
    *keys, language = parts
    if kind == "slot":
        place, owner = keys
        shown = (
            promotions.read(place, int(owner), language=language, at=at).promotion
            for at in (due - timedelta.resolution, due)
        )
        before, after = (promotion and promotion.pk for promotion in shown)
        return before != after
    own = PromotionEdition.objects.filter(promotion=keys[0])
    before, after = (
        own.live(at=at, language=language).exists() for at in (due - timedelta.resolution, due)
    )
    return before != after


def _is_story_planned(kind, *parts, due):
    """Return whether a language of a story is to appear then, and this part of it with that."""
    pk, language = parts if len(parts) == 2 and not parts[1].isdigit() else (parts[-1], None)
    editions = Edition.objects.filter(article=pk, status="published")
    closes = editions.filter(language=language, comments_until=due, published_at__lt=due)
    if kind == "commenting" and closes.exists():
        return True
    if kind == "article" and closes.filter(comment_count=0).exists():
        return True
    appears = editions.filter(published_at=due)
    if kind in {"article", "text"}:
        return (
            appears.exists() and editions.filter(language=language, published_at__lte=due).exists()
        )
    if language:
        return appears.filter(language=language).exists()
    # What is the same in all languages appears with the first of them.
    return appears.exists() and not editions.filter(published_at__lt=due).exists()


def _rows(shelf, *parts):
    *pk, language = parts
    if shelf in SHELVES:
        return Listing.objects.filter(language=language, **{shelf: pk[0]})
    editions = Edition.objects.filter(language=language, status="published")
    if shelf in PERIODS:
        first, last = archive.bounds(*map(int, pk[0].split("-")))
        editions = editions.filter(published_at__range=(first, last))
    return editions


def _hidden(stale, readers, name, position, due):
    """A picture or story that cannot be seen now comes into a story, leaves it, or gets other words."""
    kind, pk = name.split(":")[:2]
    if kind == "promotion":
        return readers.hidden.get(name) != readers.hidden_before.get(name)
    if kind not in {"article", "text", "lead", "teaser"}:
        return False
    return readers.hidden.get(int(pk)) != readers.hidden_before.get(int(pk))


def _too_small(stale, readers, name, position, due):
    """A picture that is too small for a card comes to lead a story, or leads it no more."""
    if not name.startswith("teaser:"):
        return False
    lead = f"lead:{name.split(':')[1]}"
    return readers.hidden.get(lead) != readers.hidden_before.get(lead)


def _within_its_day(stale, readers, name, position, due):
    """A story gets another moment of the same day, and stands where it stood: lists and links tell no hour."""
    kind, *keys = name.split(":")
    moved = _moved(readers, keys[-1])
    if kind in {"teaser", "link"}:
        return int(keys[0]) in moved
    return kind == "list" and position in {
        micros(moment) for pair in moved.values() for moment in pair
    }


def _moved(readers, language):
    """Return id -> (moment before, moment now) of the stories of a language that were moved within their day."""
    pairs = {
        pk: (readers.moments_before.get((pk, code)), moment)
        for (pk, code), moment in readers.moments.items()
        if code == language
    }
    return {
        pk: (was, now)
        for pk, (was, now) in pairs.items()
        if was and now and was != now and archive.here(was).date() == archive.here(now).date()
    }


def _shown_already(stale, readers, name, position, due):
    """A story comes to a category or leaves it, and front page or story show it for another reason."""
    if not name.startswith("list:category:") or position is None:
        return False
    words = readers.answers[stale.url][2].decode()
    return 'class="listing' not in words and _is_in_words(words, stale.url, position)


def _is_in_words(words, url, position):
    """Return whether a page leads to a story of its language that stands at a place in lists."""
    editions = Edition.objects.filter(language=url.split("/")[1], published_at__isnull=False)
    same = (
        edition
        for edition in editions.select_related("article")
        if micros(edition.published_at) == position
    )
    return any(edition.url in words for edition in same)


def _in_the_story_already(stale, readers, name, position, due):
    """A story comes to a tag, or leaves it, to which the page of another leads in another place."""
    if stale.url.count("/") < 6 or not name.startswith("list:tag:") or position is None:
        return False
    return _is_in_words(readers.answers[stale.url][2].decode(), stale.url, position)


def _another_kind(stale, readers, name, position, due):
    """A tag becomes a series or a running story, or none any more, of a story that goes by another one."""
    return name.startswith("kind:tag:")


def _another_lead(stale, readers, name, position, due):
    """Another picture leads a story whose card shows only that there is one."""
    return name.startswith("lead:")


def _behind_the_cut(stale, readers, name, position, due):
    """A standfirst changes behind the sentences for which a card has room."""
    if not name.startswith("teaser:"):
        return False
    _teaser, pk, language = name.split(":")
    standfirst = text(Article.objects.get(pk=pk), "standfirst", language)
    return len(standfirst) > layouts.STANDARD.summary


def _twin(stale, readers, name, position, due):
    """A tag was merged into one that had no label there, and took over all that pages show of it."""
    shown = {int(tag.split(":")[1]) for tag in stale.page.tags if tag.startswith("tag:")}
    return bool(shown - set(Tag.objects.values_list("pk", flat=True)))


def _rare_topic(stale, readers, name, position, due):
    """A story gets a tag or loses one that too few stories on the page of a category have to be named there."""
    return name.startswith("topics:") and "list:category:" in "".join(stale.page.tags)


def _another_number(stale, readers, name, position, due):
    """A story comes to a month or leaves it, or a list its first or last story, and what names the files of both names them as before."""
    if stale.url == "/sitemap.xml" and name.startswith(("index:", "own_pages:")):
        return True
    return name.startswith("months:") and stale.url.endswith(("sitemap.xml", "feeds.opml"))


EXCUSES = {
    "behind the last": _behind_the_last,
    "a plan given up": _plan_given_up,
    "a hidden reference": _hidden,
    "too small": _too_small,
    "within its day": _within_its_day,
    "shown already": _shown_already,
    "in the story already": _in_the_story_already,
    "another kind": _another_kind,
    "another lead": _another_lead,
    "behind the cut": _behind_the_cut,
    "a twin": _twin,
    "a rare topic": _rare_topic,
    "another number": _another_number,
}


def _came_and_went(stale, readers, name, position, due):
    """No exception: a story came at its moment and was withdrawn, or another one of its month was, and nobody looked between."""
    others = [(other, at) for other, at, moment in stale.purges if moment]
    if name.startswith("months:") and len([1 for other, *_ in stale.purges if other == name]) > 1:
        return True
    return due is None and (name, position) in others
