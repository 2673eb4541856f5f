"""The copy of the site is right under another host, in a folder of it, and as files: every link is followed."""

import hashlib
import re
import subprocess
from datetime import UTC, datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

from articles.actions import writing
from articles.exporters.static.crawl import Crawl
from articles.models import Comment
from tests import factories

# A copy is made by the pages of the site, which both databases are asked for elsewhere.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


class Links(HTMLParser):
    """Every address that a page asks a browser for, or leads a reader to; `forms` are the attributes of each form."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.forms = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append(attrs)
        is_word = tag == "link" and attrs.get("rel") in {"canonical", "alternate"}
        for name in ("href", "src", "action"):
            if attrs.get(name) and not (is_word and attrs[name].startswith("http")):
                self.addresses.append(attrs[name])
        for part in attrs.get("srcset", "").split(","):
            self.addresses += part.split()[:1]
        if attrs.get("http-equiv") == "refresh":
            self.addresses.append(attrs["content"].partition("url=")[2])


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def served(tmp_path):
    """Serve the folder of the test, so that the copy lies in a folder of another host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(small_pages, settings):
    """A site with lists of several pages, pictures, comments, a page of its own and an address that has changed."""
    settings.LANGUAGES = [
        language for language in settings.LANGUAGES if language[0] in {"en", "ar"}
    ]
    place = factories.CategoryFactory(name_en="Pontus", name_ar="بنطس")
    image = factories.ImageFactory()
    for number in range(3):
        story = factories.story(
            live=["en"] if number else ["en", "ar"], at=AT - timedelta(days=number), title_ar="قارب واحد",
            title_en=f"Story {number}", categories=[place], tags=["Ferries"], images=[image],
            body_en='<p><a href="/en/nothing/">a</a> <a href="http://127.0.0.1:8000/en/about">b</a></p>',
        )  # fmt: skip
    writing.save(story, slugs={"en": "renamed"})
    Comment.objects.create(
        edition=factories.edition(story),
        name="Rita",
        words="Well",
        written_at=AT,
        state="published",
    )
    edition = factories.edition(story)
    edition.comment_count, edition.comments_until = 1, datetime(2090, 1, 1, tzinfo=UTC)
    edition.save()
    factories.own_page(title_en="About", slugs={"en": "about"})
    return story


def copy(folder, *options):
    out = StringIO()
    call_command("export_articles", *options, format="static", output=str(folder), stdout=out)
    return out.getvalue()


def followed(start):
    """Follow every link from an address on, inside of its folder; return address -> text of each page."""
    root, waiting, pages, seen = start.rpartition("/")[0], [start], {}, set()
    while waiting:
        address = urldefrag(waiting.pop()).url
        if address in seen or not address.startswith(root):
            continue
        seen.add(address)
        with urlopen(address) as response:  # noqa: S310 -- files, and a server of the test
            content = response.read()
        if address.endswith(".html"):
            pages[address] = content.decode()
            waiting += [urljoin(address, link) for link in Links(pages[address]).addresses]
        elif address.endswith(".css"):
            parts = content.decode().split("url(")[1:]
            inside = [part.partition(")")[0].strip("\"'") for part in parts]
            waiting += [urljoin(address, link) for link in inside if not link.startswith("data:")]
    return pages, seen


def test_every_link_of_a_copy_leads_somewhere_in_a_folder_of_a_host_and_as_files(
    site, served, tmp_path
):
    told = copy(tmp_path / "deep" / "copy")

    by_web, asked = followed(f"{served}/deep/copy/index.html")
    by_file, _asked = followed((tmp_path / "deep" / "copy" / "index.html").as_uri())

    names = {unquote(address).partition("/copy/")[2] for address in by_web}
    assert names == {unquote(address).partition("/copy/")[2] for address in by_file}
    for name in (
        "en/index.html",
        "ar/2017/11/30/قارب-واحد/index.html",
        "en/region/pontus/index.html",
        "en/about/index.html",
        "en/search/index.html",
        "en/2017/11/28/renamed/comments/index.html",
        "en/lite/index.html",
    ):
        assert name in names
    assert any("--before=" in name for name in names)
    assert any(address.endswith(".woff2") for address in asked)
    assert any(address.endswith((".jpg", ".avif", ".webp")) for address in asked)
    outside = {
        address
        for base, text in by_web.items()
        for link in Links(text).addresses
        if (address := urljoin(base, link)).startswith("http://127.0.0.1:8000")
    }
    assert all(re.search("/comment|/api/|/nothing/", address) for address in outside), outside
    assert " 2 links that lead nowhere" in told, "that of one page, and of its lite edition"
    _says_what_needs_the_site(tmp_path / "deep" / "copy", by_file.values())


def _says_what_needs_the_site(folder, pages):
    """And old addresses lead on."""
    search = (folder / "en/search/index.html").read_text("utf-8")
    assert "This works only on the site itself:" in search
    assert "http://127.0.0.1:8000/en/search/" in search
    assert [page for page in pages if Links(page).forms] == []
    old = (folder / "en/2017/11/28/story-2/index.html").read_text("utf-8")
    assert '<a href="../renamed/index.html">' in old


def test_the_manifest_proves_every_file_and_a_copy_takes_the_place_of_a_copy_only(
    tmp_path, monkeypatch
):
    def run(crawl, *, step):
        crawl.write("ar/قارب/index.html", b"a page")

    monkeypatch.setattr(Crawl, "run", run)
    folder, key = tmp_path / "copy", tmp_path / "key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True)
    told = copy(folder, "--sign", str(key))

    manifest = folder / "SHA256SUMS"
    assert hashlib.sha256(manifest.read_bytes()).hexdigest() in told
    assert subprocess.run(["sha256sum", "--quiet", "-c", manifest.name], cwd=folder).returncode == 0
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    listed = {line.partition("  ")[2] for line in manifest.read_text("utf-8").splitlines()}
    assert files == listed | {"SHA256SUMS", "SHA256SUMS.sig"}
    proof = ["openssl", "pkeyutl", "-verify", "-inkey", key, "-rawin", "-in", manifest]
    assert (
        subprocess.run([*proof, "-sigfile", f"{manifest}.sig"], capture_output=True).returncode == 0
    )

    (folder / "left").write_text("from before")
    copy(folder)
    assert not (folder / "left").exists()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("dear")
    with pytest.raises(CommandError, match="holds other things"):
        copy(tmp_path / "other")
    with pytest.raises(CommandError, match="is no Ed25519 key"):
        copy(folder, "--sign", str(tmp_path / "none.pem"))
