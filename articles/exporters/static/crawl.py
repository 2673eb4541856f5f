"""Reads every public page of the site in this process, as a reader would, and writes it to a folder."""

import re
from collections import deque
from functools import partial
from html import escape
from itertools import chain

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from articles.exporters.static import rewriting
from articles.models import OldAddress
from newsroom.languages import LANGUAGES, first_language
from newsroom.page import fronts

LOC = re.compile(r"<loc>([^<]+)</loc>")
BEGIN = (
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/trust.txt",
    "/license.xml",
    "/favicon.ico",
    "/apple-touch-icon.png",
)
REDIRECT = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={link}">'
    '<title>{link}</title><p><a href="{link}">{words}</a></p>'
)


class Crawl:
    """One copy of the site; `write(file, bytes)` puts a file into it."""

    def __init__(self, addresses, write):
        self.addresses, self.write = addresses, write
        self.client = Client(raise_request_exception=False)
        self.waiting, self.known = deque(), set()
        self.pages, self.missing, self.failed = 0, [], []

    def run(self, *, step):
        """Follow every link; `step` is told the path of each page that is written."""
        for path in chain(BEGIN, fronts().values()):
            if self.addresses.own("/", path):
                self.follow(path)
        self._follow_all(step)
        self._redirect_old()
        self._follow_all(step)
        self._home()

    def follow(self, path):
        if path not in self.known:
            self.known.add(path)
            self.waiting.append(path)

    def _follow_all(self, step):
        while self.waiting:
            path = self.waiting.popleft()
            self._read(path)
            step(path)

    def _read(self, path):
        # The client closes what it was given. To close it once more would take the connection to the database along.
        response = self.client.get(path, secure=settings.HTTPS, HTTP_HOST=self.addresses.host)
        self._keep(path, response)

    def _keep(self, path, response):
        if response.status_code in {301, 302, 307, 308}:
            self._redirect(path, response["Location"])
        elif response.status_code == 200:
            content = (
                b"".join(response.streaming_content) if response.streaming else response.content
            )
            self._write(path, self._converted(path, response, content))
        elif (content := _static(path)) is not None:
            self._write(path, self._converted(path, response, content))
        else:
            if path in BEGIN and response.status_code == 404:
                return  # nothing leads there
            (self.failed if response.status_code >= 500 else self.missing).append(path)
            self._leave(path)

    def _write(self, path, content):
        self.pages += 1
        self.write(self.addresses.file(path), content)

    def _converted(self, path, response, content):
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        told = {"addresses": self.addresses, "follow": self.follow}
        plain = path.partition("?")[0]
        if kind == "text/html" and response.status_code == 200:
            notice = partial(self._notice, path)
            text = rewriting.html(content.decode(), path, notice=notice, **told)
        elif plain.endswith(".css"):
            text = rewriting.css(content.decode(), path, **told)
        elif plain.endswith(".webmanifest"):
            text = rewriting.manifest(content.decode(), path, **told)
        else:
            if plain.endswith(".xml"):
                self._follow_sitemap(content.decode())
            return content
        return text.encode()

    def _follow_sitemap(self, text):
        for address in LOC.findall(text):
            if path := self.addresses.own("/", address.replace("&amp;", "&")):
                self.follow(path)

    def _notice(self, path, _form=None):
        """Return what stands where something needs the site, in the language of a page."""
        code = path.split("/")[1]
        with translation.override(code if code in LANGUAGES else first_language()):
            address = self.addresses.whole("/", path)
            return render_to_string("articles/needs_site.html", {"address": address})

    def _redirect(self, path, location):
        target = self.addresses.own(path, location)
        if target is None or target == path:
            link = self.addresses.whole(path, location)
        else:
            self.follow(target)
            link = self.addresses.link(path, target)
        self._write(path, _leading(link, location))

    def _leave(self, path):
        """Write what leads to the site, where a page of it has a link that leads nowhere today."""
        page = f'<!doctype html><meta charset="utf-8"><title>{escape(path)}</title>{self._notice(path)}'
        self.write(self.addresses.file(path), page.encode())

    def _redirect_old(self):
        """Let every old address lead where it does on the site."""
        old = OldAddress.objects.exclude(path__contains="?").order_by("pk")
        for path in old.values_list("path", flat=True).iterator():
            if address := self.addresses.own("/", path):
                self.follow(address)

    def _home(self):
        """Write the first page, which the site answers by what a browser asks for: it leads to the first language."""
        links = {
            code: self.addresses.link("/", path)
            for code, path in fronts().items()
            if self.addresses.own("/", path)
        }
        items = "".join(
            f'<li><a href="{escape(link)}" lang="{code}" dir="{LANGUAGES[code].direction}">{escape(LANGUAGES[code].name)}</a></li>'
            for code, link in links.items()
        )
        first = escape(next(iter(links.values())))
        head = f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={first}"><title>{escape(self.addresses.host)}</title>'
        self.write("index.html", f"{head}<ul>{items}</ul>".encode())


def _leading(link, words):
    return REDIRECT.format(link=escape(link), words=escape(words)).encode()


def _static(path):
    """Return a static file that the web server gives by itself, or a picture; None for what is neither."""
    plain = path.partition("?")[0]
    if not plain.startswith(settings.STATIC_URL):
        return None
    name = plain.removeprefix(settings.STATIC_URL)
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    file_path = finders.find(name)
    if not file_path:
        return None
    with open(file_path, "rb") as file:
        return file.read()
