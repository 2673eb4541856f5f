import logging
from datetime import timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.db import deadlines
from newsroom.page import whole
from newsroom.site.identity import RSL
from newsroom.site.reading import known

TIMEOUT = 2
"""Seconds in which the database answers, or does not."""

VALIDITY = timedelta(days=30)
"""For how long the contact of today may be used."""

ANSWERING = (
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "OAI-SearchBot",
    "Perplexity-User",
    "PerplexityBot",
)
"""Robots that fetch what they answer people's questions from, by the names that they give."""

TRAINING = (
    *("Amazonbot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot"),
    *("Google-Extended", "GPTBot", "meta-externalagent"),
)
"""Robots, or names that robots of search heed, for what models are trained on."""

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request):
    """Answer "ok" when the database answers this process, and 503 with a sentence when it does not."""
    try:
        # A statement, and not ensure_connection(): a kept connection may have died since.
        with deadlines.limit(TIMEOUT), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        logger.exception("The database does not answer.")
        words = "The database does not answer; the log says why.\n"
        return HttpResponse(words, content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def manifest(request):
    """Tell what phones show of the site where somebody puts it among their programs."""
    site = known(settings.LANGUAGE_CODE)
    words = {
        "name": str(site.name),
        "start_url": "/",
        "display": "browser",
        "background_color": "#fcf9f3",
        "theme_color": "#fcf9f3",
        "icons": _icons(site.look.icon),
    }
    return JsonResponse(words, content_type="application/manifest+json")


def _icons(own):
    if own:
        sizes = f"{own.width}x{own.height}"
        return [{"src": own.url, "type": "image/png", "sizes": sizes}]
    return [
        {"src": static("img/icon.svg"), "type": "image/svg+xml", "sizes": "any"},
        {"src": static("img/apple-touch-icon.png"), "type": "image/png", "sizes": "180x180"},
    ]


@require_safe
def icon(request, name):
    """Lead who asks for an icon by a fixed name, whatever pages say, to that of the site, or to the file of this name in static/img/."""
    own = known(settings.LANGUAGE_CODE).look.icon
    response = HttpResponseRedirect(own.url if own else static(f"img/{name}"))
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def security(request, policies=()):
    """Tell who is to be told of a weakness (RFC 9116): whom the settings name, or else what the policies say.

    `policies` are the whole addresses of pages; where there are none either, nobody is named. Whoever asks is told what the
    settings say now. How long that may be believed is counted from the day.
    """
    contacts = settings.SECURITY_CONTACT or policies
    if not contacts:
        raise Http404
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        *(f"Contact: {contact}" for contact in contacts),
        *(f"Policy: {policy}" for policy in policies),
        f"Expires: {midnight + VALIDITY:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.SITE_URL}{request.path}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def trust(request):
    """Tell who stands behind the site, in the form of trust.txt (JournalList): its contact, and its accounts elsewhere."""
    site = known(settings.LANGUAGE_CODE)
    contact = [f"contact=mailto:{site.contact}"] if site.contact else []
    lines = [*contact, *(f"social={url}" for url in site.accounts)]
    if not lines:
        raise Http404
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def licence(request):
    """Tell what programs may do with what is written here, in the form of RSL 1.0; see Policy.uses."""
    policy = known(settings.LANGUAGE_CODE).policy
    document = Element("rsl", xmlns="https://rslstandard.org/rsl")
    content = SubElement(document, "content", url="/")
    terms = SubElement(content, "license")
    for name, allowed in (("permits", True), ("prohibits", False)):
        if uses := [use for use, value in policy.uses.items() if value is allowed]:
            SubElement(terms, name, type="usage").text = " ".join(uses)
    if policy.licence:
        SubElement(content, "terms").text = policy.licence
    words = tostring(document, encoding="utf-8", xml_declaration=True)
    return HttpResponse(words, content_type=RSL)


@require_safe
def robots(request):
    """Let every robot read everything but the admin, if the settings of the site do not bar it, and tell where all of it is listed."""
    policy = known(settings.LANGUAGE_CODE).policy
    lists = ("/sitemap.xml", "/news-sitemap.xml") if policy.allows_search else ()
    maps = [f"Sitemap: {whole(path)}" for path in lists]
    barred = [
        *(() if policy.allows_answers else ANSWERING),
        *(() if policy.allows_training else TRAINING),
    ]
    groups = [*(f"User-agent: {robot}" for robot in barred), "Disallow: /", ""] if barred else []
    lines = (*groups, "User-agent: *", "Disallow: /admin/", "Disallow: /preview/", "", *maps, "")
    return HttpResponse("\n".join(lines), content_type="text/plain")
