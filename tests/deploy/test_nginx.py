"""nginx with the sites of deploy/nginx: files, finished pages, limits, and what it hands on."""

import base64
import gzip
import hashlib
import re
import shlex
import subprocess
import threading
from urllib.parse import quote

import pytest

from newsroom.pagecache.serving import requests
from newsroom.pagecache.stores.files import KINDS, FileStore
from newsroom.pagecache.stores.folder import Folder
from tests.deploy import programs
from tests.deploy.programs import DEPLOY, HOST, ask, ask_over_http2, changed
from tests.deploy.standin import FOR_CACHES, FOR_CLOUDFLARE, Reply, page
from tests.house_rules.source import ROOT
from tests.newsroom.pagecache.stored import FOR_MACHINES, page as finished

STORY = "pages/www/en/2017/11/30/a-story/.page/index.html"
FILES = {
    "static/css/site.0123456789ab.css": b"body {}",
    "static/css/site.0123456789ab.css.gz": gzip.compress(b"body {}"),
    "static/css/site.0123456789ab.css.br": b"css as brotli",
    "static/css/site.css": b"body {}",
    "media/originals/picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "media/hidden.jpg": b"hidden",
    "media/renditions/seen.jpg": b"picture",
    "pages/www/en/.page/index.html": b"front\n",
    "pages/www/ar/tag/\u0633\u0648\u0631\u064a\u0627/.page/index.html": b"a tag\n",
    "pages/www/pt-br/.page/index.html": b"front\n",
    "pages/www/zh-hant/.page/index.html": b"front\n",
    "pages/www/es-simple/tag/raqqa/.page/index.html": b"a tag\n",
    STORY: b"story\n",
    f"{STORY}.gz": gzip.compress(b"story\n"),
    f"{STORY}.br": b"story as brotli",
    "pages/www/en/tag/raqqa/.stale/index.html": b"a tag as it was\n",
    "pages/www/en/tag/raqqa/.stale/index.html.gz": gzip.compress(b"a tag as it was\n"),
    "pages/www/en/feed.atom/.page/index.html": b"not to be served from here",
    "pages/www/en/.page/page.json": b"what is known of the page",
}
# As an operator behind a CDN writes it into conf.d.
CDN = "set_real_ip_from 127.0.0.1; real_ip_header X-Real-IP;"
POSTS = 20
YEAR = "public, max-age=31536000, immutable"
PATH = "/en/2017/11/30/a-story/"


@pytest.fixture(scope="module")
def ports(folder, site):
    for name, content in FILES.items():
        folder.write(name, content)
    (folder.path / "pages" / "live").symlink_to("www")
    folder.write("etc-newsroom/sites/cdn.conf", CDN)
    names = ("http", "https")
    ports = dict(zip(names, programs.free_ports(2), strict=True)) | {"site": site.port}
    program = programs.nginx(folder, "newsroom.conf", ports=ports)
    yield ports
    program.stop()


@pytest.fixture
def get(ports):
    def get(path, **options):
        return ask(ports["https"], path, tls=True, **options)

    return get


@pytest.fixture
def at_site(site):
    """Put a page at the site itself under the same address, to see who answers."""
    site.pages = {PATH: page(b"from the site\n"), "/en/2017/": page(b"from the site\n")}
    return site.pages


def test_the_guide_lets_nginx_take_the_connections_of_a_crowd(tmp_path):
    guide = (ROOT / "docs/reference/server.md").read_text()
    (line,) = re.findall(r"^sed .* /etc/nginx/nginx.conf$", guide, re.MULTILINE)
    copy = tmp_path / "nginx.conf"
    copy.write_bytes(programs.NGINX_CONF.read_bytes())

    subprocess.run(shlex.split(changed(line, {"/etc/nginx/nginx.conf": str(copy)})), check=True)

    directives = re.findall(r"^\s*(worker_\w+ \d+);", copy.read_text(), re.MULTILINE)
    assert directives[0] == "worker_rlimit_nofile 40000"
    assert directives[-1] == "worker_connections 16384"


# --- Addresses ---


@pytest.mark.parametrize("host", ["NEWS.example", "news.example.", "news.example:443"])
def test_the_name_of_the_site_may_be_written_otherwise(get, host):
    assert get(PATH, host=host).body == b"story\n"


def test_http_leads_to_https(ports):
    answer = ask(ports["http"], PATH + "?a=b")

    assert (answer.status, answer.headers["location"]) == (301, f"https://{HOST}{PATH}?a=b")


def test_http_leads_to_this_site_whatever_the_request_is_for(ports):
    answer = ask(ports["http"], PATH, host="evil.example")

    assert answer.headers["location"] == f"https://{HOST}{PATH}"


@pytest.mark.parametrize("path", [PATH, "/en/2017/", "/admin/login/", "/static/css/site.css"])
def test_a_request_for_another_host_is_refused(get, at_site, path):
    assert get(path, host="evil.example").status == 421


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (PATH, {}),
        ("/en/2017/", {}),
        ("/admin/", {}),
        ("/static/css/site.css", {}),
        ("/static/none.css", {}),
        ("/media/originals/picture.svg", {}),
        ("/media/none.jpg", {}),
        ("/en/", {"method": "PURGE"}),
        ("/en/", {"host": "evil.example"}),
        ("/admin/upload/", {"method": "POST", "Content_Length": "70000000"}),
    ],
)
def test_every_answer_asks_for_https_once(get, at_site, path, options):
    at_site["/en/2017/"].headers["Strict-Transport-Security"] = "max-age=1"

    lines = get(path, **options).lines

    wanted = "max-age=31536000; includeSubDomains; preload"
    assert [value for name, value in lines if name == "strict-transport-security"] == [wanted]


def test_what_an_answer_varies_by_is_said_once(get, at_site):
    at_site["/en/2017/"] = page(b"x" * 2000)

    lines = get("/en/2017/", Accept_Encoding="gzip").lines

    assert [value for name, value in lines if name == "vary"] == ["Accept-Encoding"]


# --- Files ---


def test_static_files_come_compressed_and_for_ever(get):
    path = "/static/css/site.0123456789ab.css"
    plain, small, smallest = (get(path, Accept_Encoding=name) for name in ("", "gzip", "gzip, br"))

    assert [answer.headers.get("content-encoding") for answer in (plain, small, smallest)] == [
        None,
        "gzip",
        "br",
    ]
    assert (plain.body, gzip.decompress(small.body), smallest.body) == (
        b"body {}",
        b"body {}",
        b"css as brotli",
    )
    assert {answer.headers["cache-control"] for answer in (plain, small, smallest)} == {YEAR}
    assert {answer.headers["vary"] for answer in (plain, small, smallest)} == {"Accept-Encoding"}
    assert smallest.headers["content-type"] == "text/css; charset=utf-8"


def test_a_static_file_whose_name_says_nothing_is_soon_asked_for_again(get):
    assert get("/static/css/site.css").headers["cache-control"] == "public, max-age=60"


PICTURE = "/media/originals/picture.svg"


def test_a_picture_is_for_ever_and_can_run_nothing(get, site):
    site.pages = {PICTURE: Reply(b"seen")}

    answer = get(PICTURE)

    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.body == FILES[PICTURE[1:]]
    assert answer.headers["cache-control"] == YEAR.replace("immutable", "s-maxage=600, immutable")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


def test_a_picture_that_readers_may_not_see_is_not_there(get, site):
    site.pages = {}

    for path in (
        "/media/hidden.jpg",
        "/media/x/../hidden.jpg",
        "/media//hidden.jpg",
        "/media/hidden%2ejpg",
    ):
        assert get(path).status == 404
    assert get("/media/hidden.jpg").headers["strict-transport-security"]


def test_who_has_logged_in_may_see_it_and_nobody_else_by_that(get, site):
    site.pages = {"/media/hidden.jpg": Reply(b"seen")}
    staff = get("/media/hidden.jpg", Cookie="sessionid=x")
    site.pages = {}

    assert (staff.status, staff.body) == (200, b"hidden")
    assert get("/media/hidden.jpg").status == 404


def test_the_site_is_asked_once_a_minute_and_pictures_stay_while_it_is_away(get, site):
    site.pages = {"/media/renditions/seen.jpg": Reply(b"seen")}

    answers = [get("/media/renditions/seen.jpg") for _each in range(3)]
    asked = site.pages["/media/renditions/seen.jpg"].count
    site.stop()
    try:
        away, unknown = get("/media/renditions/seen.jpg"), get("/media/hidden.jpg")
    finally:
        site.start()

    assert {answer.body for answer in (*answers, away)} == {b"picture"}
    assert asked == 1
    assert unknown.status == 503


@pytest.mark.parametrize(
    "path", ["/media/", "/static/", "/static/none.css", "/media/../etc-newsroom/nginx.log"]
)
def test_what_is_no_file_is_not_shown(get, path):
    assert get(path).status in {400, 403, 404}


# --- Finished pages ---


def test_a_finished_page_is_answered_without_the_site(get, at_site):
    plain, small, smallest = (get(PATH, Accept_Encoding=name) for name in ("", "gzip", "gzip, br"))

    assert (plain.body, gzip.decompress(small.body), smallest.body) == (
        b"story\n",
        b"story\n",
        b"story as brotli",
    )
    assert plain.headers["content-type"] == "text/html; charset=utf-8"
    assert {answer.headers["vary"] for answer in (plain, small, smallest)} == {"Accept-Encoding"}
    assert plain.headers["cache-control"] == "public, max-age=0, stale-if-error=86400"
    assert at_site[PATH].count == 0


@pytest.mark.parametrize("path", [PATH, "/static/css/site.0123456789ab.css"])
def test_who_asks_for_somebody_else_gets_it_compressed_as_well(get, path):
    assert get(path, Via="1.1 cdn", Accept_Encoding="gzip").headers["content-encoding"] == "gzip"


def test_a_finished_page_is_confirmed_by_its_etag(get):
    first = get(PATH)

    again = get(PATH, If_None_Match=first.headers["etag"])

    assert (again.status, again.body) == (304, b"")
    assert "last-modified" not in first.headers


def test_a_page_that_is_removed_while_it_is_read_comes_from_the_site(get, at_site, folder):
    path = folder.path / STORY.replace("a-story", "fleeting")
    path.parent.mkdir(parents=True)
    over = threading.Event()

    def come_and_go():
        while not over.is_set():
            path.write_bytes(b"story\n")
            path.unlink()

    address = PATH.replace("a-story", "fleeting")
    at_site[address] = page(b"from the site\n")
    thread = threading.Thread(target=come_and_go)
    thread.start()
    try:
        answers = [get(address) for _each in range(150)]
    finally:
        over.set()
        thread.join()

    assert {answer.status for answer in answers} == {200}


def test_a_page_that_nginx_may_not_read_comes_from_the_site(get, at_site, folder):
    path = folder.path / STORY
    path.chmod(0)
    try:
        answer = get(PATH)
    finally:
        path.chmod(0o644)

    assert (answer.status, answer.body) == (200, b"from the site\n")


def test_head_of_a_finished_page_has_no_body(get):
    answer = get(PATH, method="HEAD")

    assert (answer.status, answer.headers["content-length"], answer.body) == (200, "6", b"")


@pytest.fixture
def pages(folder):
    """The folder of finished pages as its keeper has it."""
    page_folder = Folder(FileStore(folder.path / "pages"))
    page_folder.tmp.mkdir(exist_ok=True)
    return page_folder


def assert_says_whose_it_is(key, answer):
    """Markdown tells the address of the page itself, as the site does; nothing else tells one."""
    page = key.removesuffix("index.md")
    told = (f'<https://{HOST}{quote(page)}>; rel="canonical"', "noindex")
    said = answer.headers.get("link"), answer.headers.get("x-robots-tag")
    assert said == (told if page != key else (None, None))


@pytest.mark.parametrize(
    ("key", "kind"), [*FOR_MACHINES.items(), ("/es-simple/feed.json", "application/feed+json")]
)
def test_what_is_for_machines_is_answered_as_pages_are(get, site, pages, key, kind):
    site.pages = {quote(key): Reply(b"from the site\n")}
    kept = finished(key)
    pages.put(kept)
    plain, small, smallest = (get(quote(key), Accept_Encoding=name) for name in ("", "gzip", "br"))
    again = get(quote(key), If_None_Match=smallest.headers["etag"], Accept_Encoding="br")
    pages.set_aside(key)
    newer = get(quote(key))
    site.stop()
    try:
        away = get(quote(key))
    finally:
        site.start()
    pages.remove(key)

    assert [answer.body for answer in (plain, small, smallest)] == [
        kept.bodies[name] for name in ("identity", "gzip", "br")
    ]
    assert {answer.headers["content-type"] for answer in (plain, small, smallest, away)} == {kind}
    assert {answer.headers["vary"] for answer in (plain, small, smallest)} == {"Accept-Encoding"}
    assert len({answer.headers["etag"] for answer in (plain, small, smallest)}) == 3
    assert (again.status, newer.body, away.body) == (304, b"from the site\n", plain.body)
    own = {"content-language", "link", "x-robots-tag"}
    assert get(PATH).headers.keys() - own == plain.headers.keys() - own
    assert_says_whose_it_is(key, plain)
    language = None if key.count("/") == 1 else key.split("/")[1]
    assert {plain.headers.get("content-language"), away.headers.get("content-language")} == {
        language
    }


def test_the_kinds_of_pages_are_those_of_the_site():
    snippets = DEPLOY / "nginx/snippets"
    types = re.search(r"types \{(.*?)\}", (snippets / "newsroom-page.conf").read_text(), re.DOTALL)
    listed = {tuple(reversed(line.strip(" ;").split())) for line in types[1].split("\n") if line}

    assert listed == set(KINDS.values())
    ends = "|".join(end[1:] for end in KINDS if end[0] == ".")
    for path in (DEPLOY / "nginx/newsroom.conf", snippets / "newsroom-http.conf"):
        assert set(re.findall(r"atom[\w|]+", path.read_text())) == {ends}


@pytest.mark.parametrize(
    ("path", "language"),
    [
        *(("/en/", "en"), ("/ar/tag/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7/", "ar")),
        *(("/pt-br/", "pt-br"), ("/zh-hant/", "zh-hant"), ("/es-simple/tag/raqqa/", "es-simple")),
    ],
)
def test_a_finished_page_says_its_language(get, path, language):
    answer = get(path)

    assert (answer.status, answer.headers["content-language"]) == (200, language)
    assert answer.headers["cache-status"] == "nginx; hit"


@pytest.mark.parametrize("query", ["utm_source=a", "fbclid=x&utm_id=2&", "gclid", "ref=home&_ga=1"])
def test_parameters_of_campaigns_change_nothing(get, query):
    assert get(f"{PATH}?{query}").body == b"story\n"


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("?before=1", {}),
        ("?utm_id=1&before=1", {}),
        ("?preferences=1", {}),
        ("", {"Cookie": "a=b; sessionid=x"}),
        ("", {"method": "POST"}),
    ],
)
def test_what_is_not_for_all_goes_to_the_site(get, at_site, query, options):
    at_site[PATH + query] = page(b"from the site\n")

    assert get(PATH + query, **options).body == b"from the site\n"


def test_other_cookies_do_not_matter(get):
    assert get(PATH, Cookie="csrftoken=x").body == b"story\n"


def test_a_page_that_is_not_finished_comes_from_the_site(get, at_site):
    at_site["/en/2017/"].headers |= FOR_CLOUDFLARE

    answer = get("/en/2017/")

    assert answer.body == b"from the site\n"
    assert answer.headers.keys().isdisjoint(FOR_CACHES)


@pytest.mark.parametrize(
    "path",
    [
        *(PATH.rstrip("/"), "/en/feed.atom", "/live/en/", "/live/en/index.html"),
        *(
            "/en/page.json",
            "/en/index.html",
            "/en/.page/index.html",
            "/en/.page/",
            "/en/stories.xml/index.xml",
        ),
    ],
)
def test_only_the_address_of_a_page_is_answered_with_its_file(get, at_site, path):
    assert get(path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "//en/",
        "/en//",
        "/en/.",
        "/en/./",
        "/x/../en/",
        "/en/tag/..",
        "/%2Fen/",
        "/en/%2e",
        "//en/?ref=a",
    ],
)
def test_another_spelling_of_an_address_is_judged_by_the_site(get, site, path):
    assert get("/en/").body == b"front\n"
    assert get(path).status == 404


def test_the_list_of_campaigns_is_that_of_the_site():
    text = (DEPLOY / "nginx/snippets/newsroom-http.conf").read_text()

    assert requests.TRACKING.pattern in text


# --- The site behind ---


def test_the_site_hears_who_asks_and_how_and_nothing_made_up(get, at_site):
    forged = {"X_Forwarded_For": "192.0.2.7", "X_Forwarded_Host": "evil.example"}

    get("/en/2017/", **forged)

    asked = at_site["/en/2017/"].asked[0]
    assert asked["host"] == HOST
    assert asked["x-forwarded-for"] == "127.0.0.1"
    assert asked["x-forwarded-proto"] == "https"
    assert "x-forwarded-host" not in asked


def test_a_large_picture_passes_and_a_larger_one_does_not(get, site):
    site.pages = {"/admin/upload/": Reply(b"taken")}

    answer = get("/admin/upload/", method="POST", Content_Length="70000000")

    assert get("/admin/upload/", method="POST", body=b"x" * 26_000_000).body == b"taken"
    assert answer.status == 413
    assert "60 MB no total" in answer.body.decode()
    assert _hash_of_style(answer.body.decode()) in answer.headers["content-security-policy"]


def test_the_reason_is_told_over_http2_as_well(ports):
    request = {
        ":method": "POST",
        ":scheme": "https",
        ":path": "/admin/upload/",
        ":authority": HOST,
        "content-length": "70000000",
    }

    headers = [(name.encode(), value.encode()) for name, value in request.items()]

    assert "60 MB no total" in ask_over_http2(ports["https"], headers).decode(errors="replace")


def _hash_of_style(text):
    style = re.search("<style>(.*)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"style-src 'sha256-{digest}'"


@pytest.mark.parametrize(
    "path", [PATH, "/en/2017/", "/admin/login/", "/media/originals/picture.svg"]
)
def test_what_takes_no_picture_takes_no_large_request(get, path):
    assert get(path, method="POST", Content_Length="2000000").status == 413


def test_a_page_with_many_tags_passes(get, site):
    site.pages = {"/en/2017/": page(tags="x" * 20_000)}

    assert get("/en/2017/").status == 200


@pytest.mark.parametrize("method", ["PURGE", "PUT", "DELETE", "TRACE"])
def test_other_methods_are_refused(get, method):
    assert get("/en/", method=method, xkey_purge="settings").status == 405


def test_logging_in_is_slowed_down_and_looking_at_the_form_is_not(get, site):
    site.pages = {"/admin/login/": Reply(b"login")}

    posted = [get("/admin/login/", method="POST", body=b"a=b").status for _each in range(POSTS)]
    looked = [get("/admin/login/").status for _each in range(8)]

    assert _are_slowed_down(posted)
    assert looked == [200] * 8


@pytest.mark.parametrize(
    ("senders", "neighbour"),
    [
        ([f"2001:db8:0:a0a::{number}" for number in range(POSTS)], "2001:db8:0:a0b::"),
        (["203.0.113.7"] * POSTS, "203.0.113.8"),
    ],
)
def test_who_logs_in_is_counted_by_address_and_of_ipv6_by_network(get, site, senders, neighbour):
    site.pages = {"/admin/login/": Reply(b"login")}

    def log_in(sender):
        return get("/admin/login/", method="POST", body=b"a=b", X_Real_IP=sender).status

    assert _are_slowed_down([log_in(sender) for sender in senders])
    assert log_in(neighbour) == 200
    assert site.pages["/admin/login/"].asked[-1]["x-forwarded-for"] == neighbour


def test_who_is_slowed_down_is_told_when_to_come_again(get, site):
    site.pages = {"/admin/login/": Reply(b"login")}
    answers = [get("/admin/login/", method="POST", body=b"a=b") for _each in range(POSTS)]

    refused = answers[-1]

    assert refused.status == 429
    assert refused.headers["retry-after"] == "6"
    assert refused.headers["cache-control"] == "no-store"
    assert "Aguarde alguns segundos" in refused.body.decode()
    assert _hash_of_style(refused.body.decode()) in refused.headers["content-security-policy"]


def _are_slowed_down(statuses):
    """Return whether six went through and then not each: one more does every six seconds."""
    return statuses[:6] == [200] * 6 and 429 in statuses


# --- While the site is away ---


def test_finished_pages_are_answered_and_the_rest_is_told_to_wait(get, site):
    site.stop()
    try:
        finished, other, admin = get(PATH), get("/en/2017/"), get("/admin/")
        upload = get("/admin/upload/", method="POST", body=b"x" * 2_000_000)
    finally:
        site.start()

    assert (finished.status, finished.body) == (200, b"story\n")
    assert [answer.status for answer in (other, admin, upload)] == [503] * 3
    assert {answer.headers["retry-after"] for answer in (other, admin, upload)} == {"30"}
    assert "Volvemos enseguida" in other.body.decode()


STALE = "/en/tag/raqqa/"


def test_a_page_that_was_set_aside_is_answered_only_while_the_site_is_away(get, site):
    site.pages = {STALE: page(b"a tag as it is\n")}
    before = get(STALE)
    site.stop()
    try:
        away, small = get(STALE), get(STALE, Accept_Encoding="gzip")
        session, query = get(STALE, Cookie="sessionid=x"), get(f"{STALE}?before=1-1")
        post = get(STALE, method="POST", body=b"x")
    finally:
        site.start()

    assert before.body == b"a tag as it is\n"
    assert (away.status, away.body) == (200, b"a tag as it was\n")
    assert away.headers["cache-status"] == "nginx; hit; detail=stale"
    assert away.headers["content-language"] == "en"
    assert "content-security-policy" in away.headers
    assert gzip.decompress(small.body) == away.body
    assert [answer.status for answer in (session, query, post)] == [503] * 3
    assert get(f"{STALE}stale.html").status == 404


def test_a_request_without_an_answer_is_sent_again_unless_it_may_have_changed_something(get, site):
    site.pages = {"/en/2017/": page(b"from the site\n", lost=1), "/admin/": Reply(lost=1)}

    asked, posted = get("/en/2017/"), get("/admin/", method="POST", body=b"a=b")

    assert (asked.status, asked.body) == (200, b"from the site\n")
    assert posted.status == 503
    assert [reply.count for reply in site.pages.values()] == [2, 1]


def test_an_error_of_the_site_is_passed_on(get, site):
    site.pages = {"/en/2017/": Reply(b"vuelva pronto\n", 503, {"Retry-After": "5"})}

    answer = get("/en/2017/")

    assert (answer.status, answer.body) == (503, b"vuelva pronto\n")
    assert answer.headers["retry-after"] == "5"
