"""The read API for partners: stories as IPTC ninjs, by token. docs/reference/api.md tells all of it.

Its sentences are in English, as its names are: programs read them, and those who write programs.
"""

import json
import logging
import re
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.db import Error
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.csrf import csrf_exempt

from articles.actions.access import partnering
from articles.models import Category, Tag
from articles.pages import item as items
from articles.representations import ninjs
from newsroom.db.handed import HandedOn
from newsroom.errors import RETRY, is_outage
from newsroom.languages import LANGUAGES
from newsroom.page import whole

logger = logging.getLogger(__name__)

PARAMETERS = ("language", "region", "section", "tag", "since")
SECRETS = ("token", "access_token", "api_key", "key")
PROBLEM = "application/problem+json"
PLACE = re.compile("[0-9]{1,18}")

_language_of_item = HandedOn[str]()
"""The language of the items that a request is given."""


class Problem(Exception):
    """What is wrong with a request, as a sentence with its remedy, in the form of RFC 9457."""

    def __init__(self, status, detail, **headers):
        super().__init__(detail)
        self.status, self.detail, self.headers = HTTPStatus(status), detail, headers

    def answer(self):
        made = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        headers = {name.replace("_", "-"): value for name, value in self.headers.items()}
        return HttpResponse(
            json.dumps(made), status=self.status, content_type=PROBLEM, headers=headers
        )


def for_partners(view):
    """Let a view answer partners, with their Partner and the moment; and everybody else with a Problem."""

    @csrf_exempt
    @wraps(view)
    def answer(request, **kwargs):
        now = timezone.now()
        try:
            response = view(request, _partner(request, now), now, **kwargs)
        except Problem as problem:
            response = problem.answer()
        except Error as failure:
            if not is_outage(failure):
                raise
            logger.warning("The read API has no database: %s", " ".join(str(failure).split()))
            words = f"The database does not answer: ask again in {RETRY} seconds."
            response = Problem(503, words, Retry_After=str(RETRY)).answer()
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Authorization"
        response.headers["Content-Language"] = _language_of_item.read(request, "en")
        return response

    return answer


@for_partners
def api_articles(request, partner, now):
    """Answer with a page of what has changed in a language, in the order in which partners are told."""
    asked = _parameters(request)
    tree = Category.tree(language=_language(request, partner, asked.get("language")))
    shelves = _shelves(partner, asked, tree)
    is_behind = partnering.tell(now=now)
    last = items.last_place()
    after = _place(asked.get("since", ""), last)
    with translation.override(tree.language):
        batch = items.changed(after=after, last=last, shelves=shelves, tree=tree, at=now)
        made = [ninjs.item(news_item) for news_item in batch.items]
    following = {name: asked[name] for name in PARAMETERS if name in asked}
    following |= {"language": tree.language, "since": batch.place}
    address = whole(f"{reverse('articles:api_articles')}?{urlencode(following)}")
    content = {
        "language": tree.language,
        "items": made,
        "since": str(batch.place),
        "more": batch.has_more or is_behind,
        "next": address,
    }
    response = _deliver(request, partner, batch.items, content, now)
    if content["more"]:
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response


@for_partners
def api_article(request, partner, now, *, pk, language):
    """Answer with one story in one language."""
    _parameters(request, among=())
    tree = Category.tree(language=_language(request, partner, language))
    # Who was given it has to be told of its end.
    partnering.tell(now=now)
    with translation.override(language):
        news_item = items.find(pk, tree=tree, at=now)
        if news_item is None:
            raise Problem(404, f"There is no story {pk} in “{language}” that readers can see.")
        if news_item.entry and not _is_in_scope(partner, news_item.entry):
            words = f"The story {pk} stands in none of the regions and sections of your token."
            raise Problem(403, words)
        made = ninjs.item(news_item)
    return _deliver(request, partner, [news_item], made, now)


@for_partners
def api_unknown(request, partner, now, *, rest):
    """Answer that there is no such address."""
    remedy = "" if request.path.endswith("/") else " Addresses end with a slash."
    words = f"There is no address “{request.path}”.{remedy} {whole('/api/')} lists those that there are."
    raise Problem(404, words)


# --- Who asks ---


def _partner(request, now):
    """Return the Partner whose token a request brings, and count the request."""
    if request.method not in {"GET", "HEAD"}:
        raise Problem(405, "This API is for reading: use GET or HEAD.", Allow="GET, HEAD")
    if any(name in request.GET for name in SECRETS):
        words = "A token in an address ends up in logs: send it in the header “Authorization: Bearer …”, and have this one revoked."
        raise Problem(400, words)
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret:
        words = "A token is missing: send the one that you were given in the header “Authorization: Bearer …”."
        raise Problem(401, words, WWW_Authenticate="Bearer")
    partner = partnering.find(secret, now=now)
    if partner is None:
        words = "This token is not valid, or not any more: ask the newsroom for another one."
        raise Problem(401, words, WWW_Authenticate='Bearer error="invalid_token"')
    try:
        partnering.count(partner, now=now)
    except partnering.TooManyRequests as error:
        words = f"More than {partner.per_minute} requests in a minute: ask again in {error.seconds} seconds."
        raise Problem(429, words, Retry_After=str(error.seconds)) from error
    return partner


# --- What is asked for ---


def _parameters(request, among=PARAMETERS):
    """Return the parameters of a request, each given once; one that does not exist is a mistake."""
    for name, values in request.GET.lists():
        if name not in among:
            known = f"known are: {', '.join(among)}" if among else "this address takes none"
            raise Problem(400, f"There is no parameter “{name}”; {known}.")
        if len(values) > 1 or "\x00" in values[0]:
            raise Problem(400, f"Give “{name}” once, as a text.")
    return request.GET.dict()


def _language(request, partner, asked):
    """Return the language that is asked for, or the only one that the partner can have."""
    known = [code for code, _name in settings.LANGUAGES]
    allowed = [code for code in known if code in (partner.languages or known)]
    if not allowed:
        raise Problem(403, "Your token is for no language that there is here: ask the newsroom.")
    if asked is None and len(allowed) == 1:
        (asked,) = allowed
    if asked is None:
        raise Problem(400, f"Say which language: ?language= and one of: {', '.join(allowed)}.")
    if asked not in known:
        raise Problem(400, f"There is no language “{asked}” here; there are: {', '.join(known)}.")
    if asked not in allowed:
        yours = ", ".join(allowed)
        raise Problem(
            403,
            f"Your token is not for “{LANGUAGES[asked].name}” ({asked}); its languages are: {yours}.",
        )
    return _language_of_item.put(request, asked)


def _shelves(partner, asked, tree):
    """Return conditions on the rows of lists: the scope of the partner, and what is asked for."""
    conditions = []
    if partner.is_limited:
        conditions.append(Q(category__in=_scope(partner)))
    for kind in ("region", "section"):
        if path := asked.get(kind):
            node = tree.find(kind, path)
            if node is None:
                raise Problem(
                    400,
                    f"There is no {kind} “{path}”; its name is the end of the address of its page, as “{_example(tree, kind)}”.",
                )
            conditions.append(Q(category=node.pk))
    if slug := asked.get("tag"):
        tag = Tag.objects.with_slug(slug, language=tree.language).first()
        if tag is None:
            raise Problem(
                400, f"There is no tag “{slug}”; its name is the end of the address of its page."
            )
        conditions.append(Q(tag=tag.pk))
    return conditions


def _example(tree, kind):
    roots = tree.regions if kind == "region" else tree.sections
    return roots[0].path_in(tree.language) if roots else ""


def _scope(partner):
    return list(partner.categories.values_list("pk", flat=True))


def _is_in_scope(partner, entry):
    if not partner.is_limited:
        return True
    scope = set(_scope(partner))
    return any(above.pk in scope for node in entry.categories for above in node.lineage())


def _place(since, last):
    """Return the place behind which somebody wants to read: the start of all, a cursor, or a moment."""
    if not since:
        return 0
    if PLACE.fullmatch(since):
        if int(since) <= last:
            return int(since)
        raise Problem(
            400,
            "This cursor lies ahead of all that there is: the site was put back to an earlier day. Begin again without “since”, or from a day before that.",
        )
    moment = _moment(since)
    if moment is None:
        raise Problem(
            400,
            f"“{since}” is no cursor and no moment: give what “since” of an answer held, or a moment as 2026-11-28 or 2026-11-28T12:00:00Z.",
        )
    return items.place_before(moment, last=last)


def _moment(words):
    try:
        if day := parse_date(words):
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = parse_datetime(words.replace(" ", "+"))
        return moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


# --- The answer ---


def _deliver(request, partner, delivered, content, now):
    """Answer with content, or that it has not changed; what is given away is written down first, or not given."""
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=f"{ninjs.TYPE}; charset=utf-8")
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    if answer is response and request.method == "GET":
        partnering.note(partner, delivered, now=now)
    return answer
