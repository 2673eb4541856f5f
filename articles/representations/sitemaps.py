"""Sitemaps (sitemaps.org 0.9) with the languages of each page (xhtml:link), and Google's sitemap of news.

Strings, not elements: a file has thousands of addresses.
"""

from datetime import UTC
from xml.sax.saxutils import escape, quoteattr

from articles.representations.xml import BARRED
from newsroom.languages import LANGUAGES
from newsroom.page import fronts, whole

TYPE = "application/xml"
BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAPS = f'<sitemapindex xmlns="{NAMES}">\n'
URLS = f'<urlset xmlns="{NAMES}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
NEWS = f'<urlset xmlns="{NAMES}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'


def index(shown):
    """Return a pages.sitemap.Index as bytes; when a file has changed it does not tell, for that would cost to read them all."""
    return files(shown.urls)


def files(paths):
    """Return an index of the sitemaps at these paths as bytes."""
    lines = (f"<sitemap><loc>{_text(whole(path))}</loc></sitemap>\n" for path in paths)
    return _document(SITEMAPS, lines, "</sitemapindex>\n")


def month(shown):
    """Return a pages.sitemap.MonthMap as bytes."""
    return _document(URLS, map(_url, shown.entries), "</urlset>\n")


def lists(paths):
    """Return the sitemap of lists at these paths as bytes; when a list has changed it does not tell."""
    return _document(URLS, map(_plain, paths), "</urlset>\n")


def news(shown):
    """Return a pages.sitemap.NewsMap as bytes; where there are no news, the front page, since no sitemap may be empty."""
    news = (_news(entry, shown.name) for entry in shown.entries)
    lines = news if shown.entries else [_plain(fronts()[shown.language])]
    return _document(NEWS, lines, "</urlset>\n")


def _document(start, lines, end):
    return "".join([BEGIN, start, *lines, end]).encode("utf-8", "replace")


def _url(entry):
    links = _announced(entry)
    others = "".join(_link(code, path) for code, path in [*links, *_default(links)])
    return (
        f"<url><loc>{_text(whole(entry.url))}</loc>"
        f"<lastmod>{_moment(entry.updated_at)}</lastmod>{others}</url>\n"
    )


def _announced(entry):
    """Return the languages to choose from, as in the heads of pages: an easy-read edition is none, and names none."""
    links = [(code, path) for code, path in entry.languages.items() if not LANGUAGES[code].main]
    return links if len(links) > 1 and entry.url in dict(links).values() else []


def _default(links):
    """Return the link for every other language: the first one, as in the heads of pages."""
    return [("x-default", links[0][1])] if links else []


def _link(code, path):
    address = quoteattr(whole(path))
    return f'<xhtml:link rel="alternate" hreflang="{code}" href={address}/>'


def _plain(path):
    return f"<url><loc>{_text(whole(path))}</loc></url>\n"


def _news(entry, name):
    return (
        f"<url><loc>{_text(whole(entry.url))}</loc><news:news><news:publication>"
        f"<news:name>{_text(name)}</news:name>"
        f"<news:language>{_google(entry.language)}</news:language></news:publication>"
        f"<news:publication_date>{_moment(entry.published_at)}</news:publication_date>"
        f"<news:title>{_text(entry.title)}</news:title></news:news></url>\n"
    )


def _google(code):
    """Return a language as Google's sitemap has it: two or three letters, but for the two forms of Chinese."""
    return {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}.get(code, code.partition("-")[0])


def _moment(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _text(words):
    return escape(BARRED.sub("", str(words)))
