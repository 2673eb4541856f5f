"""What every public page has in common."""

from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.models import Category
from articles.pages import (
    menu,
    own_page as own_pages,
    promotion as promotions,
    ways,
)
from articles.pages.story import corrections
from articles.representations import markdown
from newsroom.db.handed import HandedOn
from newsroom.languages import LANGUAGES, enabled
from newsroom.page import Page, Sharing
from newsroom.site.reading import current

MARKDOWN, LITE = FORMS = "markdown", "lite"
"""The forms in which a request can ask for a page."""

asked_form = HandedOn[str]()
"""The form in which a request asks for a page, where that is not HTML: see views/other_forms.py."""
asked_slot = HandedOn[promotions.Slot]()
"""What somebody has asked to see in a place for promotions: see views/preview.py."""

LONGEST_ID = 18


def page_of(tree, path, title, **more):
    """Return the Page in the language of its menu, the Tree; `more` are other fields of Page."""
    return Page(
        LANGUAGES[tree.language],
        title,
        path,
        menu=menu.read(tree),
        foot=[
            *(entry for entry in own_pages.every(tree.language) if entry.in_foot),
            *corrections.in_foot(tree.language),
        ],
        **{"sharing": Sharing(), "site": current(tree.language)} | more,
    )


def in_each_language(name):
    """Return language -> the path of the page that every language has under this name."""
    return {
        language.code: reverse(f"articles:{name}", kwargs={"language": language.code})
        for language in enabled()
    }


def show(request, template, page, *, status=200, **context):
    """Render a template that extends base.html, or the same in the form that is asked for (other_forms.py).

    For a CDN the stylesheet is named in a header. It may be sent ahead, as a 103: see docs/decisions/0027-early-hints.md.
    """
    return with_policy(_shown(request, template, page, status=status, **context), page.site)


def with_policy(response, site):
    """Let a response say what programs may do with it; return it."""
    for name, value in site.policy.headers.items():
        told = response.headers.get(name)
        response.headers[name] = f"{told}, {value}" if told and told != value else value
    return response


def _shown(request, template, page, *, status, **context):
    form = asked_form.read(request)
    if form == MARKDOWN:
        return _as_markdown(template, page, status=status, **context)
    if form == LITE:
        lite = f"lite/{template.rpartition('/')[2]}"
        return render(request, lite, {"page": page, **context}, status=status)
    response = render(request, template, {"page": page, **context}, status=status)
    response.headers["Link"] = f"<{static('css/site.css')}>; rel=preload; as=style"
    return response


def _as_markdown(template, page, *, status, **context):
    words = markdown.PAGES[template](page, **context).encode("utf-8", "replace")
    response = HttpResponse(words, content_type=f"{markdown.TYPE}; charset=utf-8", status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    if page.sharing:
        response.headers["Link"] = f'<{page.canonical}>; rel="canonical"'
    return response


def for_readers(view):
    """Let a view be read, and answer 405 to everything else, whether or not it brings a CSRF token.

    Browsers ask again each time: they would keep a 301 or 410 for ever, and both can be taken back.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response

    return csrf_exempt(require_safe(answer))


def slot_of(request, place, owner=promotions.WITHOUT_OWNER, *, language, at):
    """Return the Slot of a place, or the one that somebody has asked to see there."""
    return asked_slot.read(request) or promotions.read(place, owner, language=language, at=at)


def gone(request, language):
    """Return the page that says, with 410, that what stood here is gone."""
    now = timezone.now()
    tree = Category.tree(language=language, at=now)
    page = page_of(tree, request.path, _("This page is gone"), addresses=in_each_language("front"))
    on = ways.read(tree=tree, at=now)
    return show(request, "articles/gone.html", page, ways=on, status=410)


def id_of(words):
    """Return the number that some words are; 0 where they are none, or no id is so long."""
    is_id = bool(words) and words.isascii() and words.isdigit() and len(words) <= LONGEST_ID
    return int(words) if is_id else 0
