"""The database goes right after a change: what was given before is given on, unless it must not be seen any more."""

from contextlib import contextmanager
from datetime import UTC, datetime

from django.utils import timezone

from articles.models import Comment, Edition, Image, OwnPageEdition, PromotionEdition
from articles.purging.facts import KINDS
from articles.renditions import picture_of
from tests.articles.exactness.excuses import is_planned
from tests.articles.exactness.readers import Wrong, ask, page_of
from tests.articles.exactness.site import LANGUAGES

NAMED = [model for kind in KINDS for model in kind.models if hasattr(model, "url_in")]
"""The models whose things pages name and link to in each language."""

ALONE = {"picture", "own_page"}
"""What must not be seen once it is withdrawn, in any language: a page of the site's own at its address, as the foot may still name it."""


def seen():
    """Return what readers can see now: (kind, id, language) -> the address by which a page shows it."""
    now = timezone.now()
    by_key = {}
    for edition in Edition.objects.filter(language__in=LANGUAGES).select_related("article"):
        key = edition.article_id, edition.language
        if edition.is_live(at=now):
            by_key["story", *key] = edition.url
        if edition.is_live(at=now) or edition.status == Edition.Status.WITHDRAWN:
            by_key["notice", *key] = edition.url
    for image in Image.objects.all():
        if picture := picture_of(image, at=now):
            by_key["picture", image.pk, ""] = picture.src
    for edition in PromotionEdition.objects.live(at=now):
        key = edition.promotion_id, edition.language
        by_key["promotion", *key] = f'id="promotion-{edition.promotion_id}"'
    own_pages = OwnPageEdition.objects.live()
    by_key |= {
        ("own_page", own_page.page_id, own_page.language): own_page.url for own_page in own_pages
    }
    for comment in Comment.objects.published().select_related("edition"):
        by_key["comment", comment.pk, comment.edition.language] = f'id="comment-{comment.pk}"'
    things = [thing for model in NAMED for thing in model.objects.all()]
    for thing in things:
        by_key |= {(type(thing).__name__, thing.pk, code): thing.url_in(code) for code in LANGUAGES}
    return by_key


def check(readers, before):
    """Ask for every page in an outage; raise Wrong for one that must not be seen, or that is missing."""
    readers.log.sync()
    with _outage(readers):
        answers = {url: ask(readers.cache, *url.partition("?")[::2]) for url in readers.kept}
    after = seen()
    hidden = {key: address for key, address in before.items() if key not in after}
    for url, answer in answers.items():
        shown = set(_shown(url, readers.kept[url], hidden))
        if page_of(url) in readers.kept:
            # A form of a page ends with it, though it tells less of what it shows.
            in_full = set(_shown(page_of(url), readers.kept[page_of(url)], hidden))
        else:
            in_full = {"unknown"} if page_of(url) != url else set()
        forbidden = [key for key in shown if key[0] in ALONE or _is_for(key, url)]
        if (
            answer.code == 503
            and not shown | in_full
            and not _is_given_up(readers, readers.kept[url])
        ):
            raise Wrong(f"{url} is missing in an outage, and shows nothing that is hidden")
        if answer.code != 503 and forbidden:
            raise Wrong(f"{url} is shown in an outage, with {forbidden}")


def _is_given_up(readers, page):
    """Return whether only a moment hides a page at which something was to end that ends later now: too much, and never wrong."""
    history = readers.log.hidden.history
    ends = [
        (name, history[name].moment)
        for name, span in page.tags.items()
        if name in history and history[name].ends(page, span)
    ]
    return bool(ends) and not any(
        is_planned(*name.split(":"), due=datetime.fromtimestamp(moment, UTC)) or not moment
        for name, moment in ends
    )


def _shown(url, page, hidden):
    words = page.bodies["identity"].decode().replace("/lite/", "/")
    for key, address in hidden.items():
        if key[0] == "promotion" and not _is_for(key, url):
            continue
        is_its_own = address == page_of(url.partition("?")[0])
        if is_its_own or (address in words and key[0] != "own_page"):
            yield key


def _is_for(key, url):
    """Return whether it is a story, promotion or comment in the language of the page: to another story only a switcher leads."""
    return key[0] in {"story", "promotion", "comment"} and url.startswith(f"/{key[2]}/")


@contextmanager
def _outage(readers):
    renderer, django = readers.cache.renderer, readers.cache.renderer.application
    renderer.application, readers.log.is_failing = _fails, True
    try:
        yield
    finally:
        renderer.application, readers.log.is_failing = django, False


def _fails(environ, start_response):
    start_response("503 Service Unavailable", [])
    return [b""]
