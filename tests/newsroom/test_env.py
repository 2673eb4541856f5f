"""Each value of the environment: what is taken, and the sentence that refuses the rest."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, strategies as st

from newsroom import env
from newsroom.languages import choices

KNOWN = dict(choices())


def refusal(function, *arguments, **options):
    with pytest.raises(ImproperlyConfigured) as caught:
        function(*arguments, **options)
    words = str(caught.value)
    assert "\n" not in words
    assert words.endswith(".")
    return words


@pytest.mark.parametrize("nothing", ["", []])
def test_what_is_required_is_asked_for_with_the_remedy(nothing):
    assert refusal(env.require, nothing, name="SECRET_KEY", remedy="set it") == (
        "SECRET_KEY is not set: set it."
    )
    env.require("x", name="SECRET_KEY", remedy="set it")


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("https://news.example", "https://news.example"),
        ("https://news.example/", "https://news.example"),
        ("https://news.example:8443", "https://news.example:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_of_the_site_is_taken_without_its_slash(value, taken):
    assert env.site_url(value, debug=False) == taken


@pytest.mark.parametrize(
    "value",
    [
        "",
        "news.example",
        "//news.example",
        "https://",
        "ftp://news.example",
        "https://news.example/en/",
        "https://news.example?x=1",
        "https://news.example#x",
        "https://user:password@news.example",
        "https://news.example:port",
        "https://[news",
    ],
)
@pytest.mark.parametrize("debug", [True, False])
def test_what_is_not_scheme_and_host_is_no_address_of_the_site(value, debug):
    assert "SITE_URL" in refusal(env.site_url, value, debug=debug)


def test_an_onion_service_has_an_address_of_its_kind():
    service = f"http://{'a2' * 28}.onion"

    assert env.onion_url(f"{service}/".upper().replace("HTTP", "http")) == service
    assert env.onion_url("") == ""
    for value in (f"{service}/en/", service.replace("2", "1"), "http://short.onion", "a.onion"):
        assert "ONION_URL" in refusal(env.onion_url, value)


@pytest.mark.parametrize(
    "host", ["news.example", "192.168.1.2", "127.0.0.1.example", "localhost.example"]
)
def test_a_public_host_without_encryption_is_for_development_only(host):
    assert "DEBUG=1" in refusal(env.site_url, f"http://{host}", debug=False)
    assert env.site_url(f"http://{host}", debug=True) == f"http://{host}"


@pytest.mark.parametrize("codes", [["en"], ["ar", "en"], ["pt", "es", "en"], list(KNOWN)])
def test_languages_keep_their_order(codes):
    assert [code for code, _name in env.enabled_languages(codes, known=KNOWN)] == codes


def test_codes_of_languages_may_be_written_in_any_case():
    enabled = env.enabled_languages(["PT_BR", "En"], known={"pt-br": "Português", "en": "English"})

    assert [code for code, _name in enabled] == ["pt-br", "en"]


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ([], "is ''"),
        (["xx"], "names 'xx'"),
        (["en", "xx"], "names 'xx'"),
        (["en", "EN"], "is 'en,en'"),
        (["pt-pt", "en"], "names 'pt-pt'"),
    ],
)
def test_an_unknown_language_is_named_with_the_known_ones(codes, told):
    sentence = refusal(env.enabled_languages, codes, known=KNOWN)

    assert sentence.startswith(f"LANGUAGES {told}: choose from {', '.join(KNOWN)}")


def test_spaces_around_the_words_of_a_list_do_not_matter():
    assert env.names([" a", "b ", " ", ""]) == ["a", "b"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////var/lib/news.sqlite3", "/var/lib/news.sqlite3"),
        ("sqlite:///news.sqlite3", "news.sqlite3"),
        ("postgresql://user:pa%23ss@host:5432/news", "news"),
        ("postgres:///news", "news"),
    ],
)
def test_a_database_is_taken_by_its_address(url, name):
    assert env.database(url)["NAME"] == name


BAD_DATABASES = [
    "",
    "news",
    "/var/lib/news.sqlite3",
    "mysql://host/news",
    "sqlite://folder/news.sqlite3",
    "postgresql://host",
    "postgresql://user:hidden@host:port/news",
    "postgresql:/host/news",
]


@pytest.mark.parametrize("url", BAD_DATABASES)
def test_another_database_is_refused_and_a_password_is_not_told(url):
    words = refusal(env.database, url)

    assert "DATABASE_URL" in words
    assert "hidden" not in words


def edges(address, *, tokens=None):
    return env.edges([address], tokens=tokens or {"fastly": "f", "cloudflare": "c"})


def memory(words):
    return env.megabytes(words, name="PAGES_MEGABYTES")


@given(st.text(max_size=40))
def test_any_words_are_a_setting_or_a_sentence(words):
    refusals = []

    readers = (env.database, env.media_url, env.time_zone, env.log_level)
    readers += (env.tag_header, edges, memory, lambda words: env.hubs([words]))
    readers += (env.machine_translation, lambda words: env.machine_translation(f"command:{words}"))
    for read in readers:
        try:
            read(words)
        except ImproperlyConfigured as error:
            refusals.append(str(error))

    assert [words for words in refusals if not words.endswith(".")] == []


@pytest.mark.parametrize(
    "value", ["/media/", "https://media.example/news/", "http://media.example/"]
)
def test_pictures_may_be_here_or_elsewhere(value):
    assert env.media_url(value) == value


@pytest.mark.parametrize(
    "value",
    ["", "/", "media/", "/media", "//media.example/", "https://media.example", "https:///x/"],
)
def test_an_address_of_pictures_ends_with_a_slash(value):
    assert "MEDIA_URL" in refusal(env.media_url, value)


@pytest.mark.parametrize(
    ("url", "origin"),
    [("/media/", []), ("https://media.example/news/", ["https://media.example"])],
)
def test_the_origin_of_pictures_is_what_a_policy_names(url, origin):
    assert env.origin(url) == origin


def test_administrators_are_mail_addresses():
    assert env.administrators(["kim@example.org"]) == [("", "kim@example.org")]

    with pytest.raises(ImproperlyConfigured, match="ADMINS names “kim”"):
        env.administrators(["kim"])


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "utc+2"])
def test_an_unknown_time_zone_is_refused(name):
    assert "Europe/Lisbon" in refusal(env.time_zone, name)


@pytest.mark.parametrize("name", ["", "LOUD", "info", "10"])
def test_an_unknown_level_of_logging_is_refused(name):
    assert "WARNING" in refusal(env.log_level, name)


def test_a_folder_is_made_or_refused(tmp_path):
    (tmp_path / "file").write_text("x")

    assert env.folder(tmp_path / "a" / "b", name="VAR_DIR").is_dir()
    assert "VAR_DIR" in refusal(env.folder, tmp_path / "file" / "b", name="VAR_DIR")


@pytest.mark.parametrize(
    "address",
    [
        "varnish://127.0.0.1:6081",
        "varnish://cache-1.news.example",
        "varnish://[::1]:80",
        "fastly://SU1Z0isxPaozGVKXdv0eY",
        "cloudflare://023e105f4ecef8ad9ca31a8372d0c353",
    ],
)
def test_an_edge_is_taken_by_its_address(address):
    assert edges(address) == [address]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "varnish",
        "varnish://",
        "varnish://host:0",
        "varnish://host:65536",
        "varnish://host:port",
        "varnish://host/path",
        "varnish://user:word@host",
        "varnish://host\n",
        "fastly://",
        "fastly://a/b",
        "cloudflare://a b",
        "akamai://x",
        "http://127.0.0.1",
    ],
)
def test_another_edge_is_refused(address):
    assert "varnish://host:6081" in refusal(edges, address)


def test_a_hub_is_a_web_address():
    hubs = ["https://hub.example/", "http://127.0.0.1:8080/hub?a=b"]

    assert env.hubs(hubs) == hubs
    for address in ("hub.example", "ftp://hub.example/", "https://", "https://hub.example/#x"):
        assert "https://hub.example/" in refusal(env.hubs, [address])


def test_what_translates_is_a_web_address_or_a_program():
    for value in ("", "https://translate.example/", "command:translate {source} '{target}'"):
        assert env.machine_translation(value) == value
    for value in (
        "translate",
        "ftp://x",
        "command:",
        "command: ",
        "command:x {",
        "command:x {y}",
        "command:x '",
    ):
        assert "https://translate.example/" in refusal(env.machine_translation, value)


@pytest.mark.parametrize("scheme", ["fastly", "cloudflare"])
def test_an_edge_that_asks_for_a_token_is_refused_without_one(scheme):
    tokens = {"fastly": "x", "cloudflare": "x", scheme: ""}

    assert f"{scheme.upper()}_TOKEN is not set" in refusal(edges, f"{scheme}://name", tokens=tokens)


@pytest.mark.parametrize("name", ["Surrogate-Key", "Cache-Tag", ""])
def test_the_header_of_tags_is_one_that_edges_know(name):
    assert env.tag_header(name) == name


@pytest.mark.parametrize("name", ["X-Tags", "Surrogate-Key\r\nX: y", "surrogate-key"])
def test_another_header_of_tags_is_refused(name):
    assert "Cache-Tag" in refusal(env.tag_header, name)


@pytest.mark.parametrize("words", ["", "0", "-1", "many", "1.5", "1000", "²"])
def test_threads_are_counted_from_one(words):
    with pytest.raises(ImproperlyConfigured, match="number of threads"):
        env.threads(words, name="PAGE_CACHE_RENDERS")


@pytest.mark.parametrize("words", ["", "-1", "1.5", "1 GB", "9" * 10, "\u0663"])
def test_memory_is_a_whole_number_of_megabytes(words):
    assert "number of megabytes" in refusal(memory, words)
    assert memory("64") == 64


PRIMARY = "postgresql://u:hidden@primary/news"


def test_replicas_follow_the_primary_by_number():
    databases = env.databases(PRIMARY, ["postgresql://a/news", "postgresql://b/news"])

    assert [(alias, database["HOST"]) for alias, database in databases.items()] == [
        ("default", "primary"),
        ("replica1", "a"),
        ("replica2", "b"),
    ]


def test_tests_see_one_database_by_every_name():
    databases = env.databases(PRIMARY, ["postgresql://a/news"])

    assert databases["replica1"]["TEST"] == {"MIRROR": "default"}
    assert "TEST" not in databases["default"]


def test_a_database_that_is_gone_is_given_up_unless_the_address_says_when():
    databases = env.databases(f"{PRIMARY}?connect_timeout=9", ["postgresql://a/news"])

    assert databases["default"]["OPTIONS"]["connect_timeout"] == 9
    assert databases["default"]["OPTIONS"]["tcp_user_timeout"] == 10_000
    assert databases["replica1"]["OPTIONS"]["connect_timeout"] == 3


@pytest.mark.parametrize(
    ("primary", "replicas"),
    [
        ("sqlite:////a/b", ["postgresql://u:hidden@a/news"]),
        (PRIMARY, ["sqlite:////a/b"]),
        (PRIMARY, ["mysql://u:hidden@a/news"]),
        (PRIMARY, ["postgresql://a/news", "postgresql://u:hidden@b"]),
    ],
)
def test_only_postgresql_has_replicas(primary, replicas):
    words = refusal(env.databases, primary, replicas)

    assert "DATABASE_REPLICAS" in words
    assert "hidden" not in words


def test_media_are_files_unless_a_bucket_is_named():
    assert env.media_storage("")["BACKEND"] == "newsroom.files.DiskMedia"


@pytest.mark.parametrize(
    ("value", "options"),
    [
        ("s3://news", ("news", "", None, None)),
        ("s3://news/", ("news", "", None, None)),
        ("s3://my.news-1/a/b?region=eu-west-1", ("my.news-1", "a/b", "eu-west-1", None)),
        (
            "s3://news?endpoint=https://s3.example:9000&region=auto",
            ("news", "", "auto", "https://s3.example:9000"),
        ),
    ],
)
def test_a_bucket_is_named_with_its_folder_and_service(value, options):
    storage = env.media_storage(value)

    assert storage["BACKEND"] == "newsroom.files.media.S3Media"
    assert tuple(storage["OPTIONS"].values()) == options


def test_a_bucket_without_its_libraries_names_the_command_that_brings_them(monkeypatch):
    monkeypatch.setattr(env, "find_spec", lambda name: None)

    assert "make install EXTRA=s3" in refusal(env.media_storage, "s3://news")


@pytest.mark.parametrize(
    "value",
    [
        "news",
        "/media/",
        "s3:news",
        "s3://",
        "s3://n",
        "s3://News",
        "s3://key:secret@news",
        "https://s3.example/news",
        "s3://news?region",
        "s3://news?acl=public",
        "s3://news?endpoint=s3.example",
        "s3://[news",
    ],
)
def test_what_is_no_bucket_is_refused(value):
    words = refusal(env.media_storage, value)

    assert "MEDIA_STORAGE" in words
    assert "secret" not in words


def test_a_contact_is_an_address_that_somebody_can_be_reached_by():
    values = ["safe@paper.example", "https://paper.example/safe", "tel:+49-30-1"]

    assert env.contacts(values) == [f"mailto:{values[0]}", *values[1:]]
    assert "SECURITY_CONTACT" in refusal(env.contacts, ["Ana Duarte"])


def test_a_mail_server_is_read_from_its_address_and_without_one_nothing_is_sent():
    mail_settings = env.mail("smtp+tls://ana:a%40b@mail.example:587")

    assert (
        mail_settings["EMAIL_HOST"],
        mail_settings["EMAIL_PORT"],
        mail_settings["EMAIL_USE_TLS"],
    ) == (
        "mail.example",
        587,
        True,
    )
    assert (mail_settings["EMAIL_HOST_USER"], mail_settings["EMAIL_HOST_PASSWORD"]) == (
        "ana",
        "a@b",
    )
    assert mail_settings["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert env.mail("") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
