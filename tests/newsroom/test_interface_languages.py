"""The words of the interface: each one that is marked has its translation, and readers meet no other.

The sources are read here, without the gettext programs, by the rules of `make messages`.
"""

import ast
import gettext
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from itertools import chain, product
from typing import NamedTuple

import polib
import pytest
from babel import Locale
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import to_language
from django.utils.translation.template import templatize

from articles.actions import publishing
from articles.models import Article, Author, Category, Image, Tag
from newsroom.i18n import catalogues
from newsroom.languages import LANGUAGES, first_language, with_columns
from newsroom.page import Page
from tests.every import every
from tests.factories import AuthorFactory, ImageFactory, TagFactory, UserFactory, edition, story
from tests.house_rules.source import ROOT, modules
from tests.tools import messages

# Words of pages come from templates and catalogues.
pytestmark = pytest.mark.once

TRANSLATED = [language for language in with_columns() if language != first_language()]
LOCALES = sorted({path.parts[-3] for path in catalogues.catalogues()})
"""Every language that has catalogues, by the name of their folder."""

each_language = pytest.mark.parametrize("language", TRANSLATED)
each_catalogue = every(product(LOCALES, settings.PARTS))
each_locale = every(LOCALES)

MARK = re.compile(r"_|(?P<plural>n?)(?P<context>p?)gettext(_lazy|_noop)?")
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL_IN_TEMPLATE = re.compile(rf"(?<!\w)(?:_|n?p?gettext)\((?:{STRING}|[\s,]|count)*\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


class Message(NamedTuple):
    """What a catalogue is asked for; `plural` and `context` are None where there is none."""

    id: str
    plural: str | None = None
    context: str | None = None


def test_marked_words_are_found_in_every_form():
    python = 'f(_("a" "b"), x.ngettext("c", "ds", n), pgettext_lazy("k", "e"), _(f), gettext)'
    template = (
        '{% translate "a" %}{% translate "b%" context "k" %}{{ x|default:_("c") }}{% comment %}'
        '{% translate "z" %}{% endcomment %}{% if x == _("it\'s") %}y{% endif %}'
        "{% blocktranslate count n=1 %}{{ n }} d{% plural %}{{ n }} ds{% endblocktranslate %}"
    )

    assert marked_in_python(python) == {
        Message("ab"),
        Message("c", plural="ds"),
        Message("e", context="k"),
    }
    assert marked_in_template(template) == {
        Message("a"),
        Message("b%%", context="k"),
        Message("c"),
        Message("it's"),
        Message("%(n)s d", plural="%(n)s ds"),
    }


@each_catalogue
def test_a_catalogue_holds_what_is_marked_in_the_sources_and_nothing_else(locale, part):
    """Where this fails: `make messages`, then translate what is new."""
    held = {message_of(entry) for entry in catalogue(locale, part)}
    wanted = marked(part) if holds_every_word(locale, part) else for_readers(part)

    assert (wanted - held, held - wanted) == (set(), set())


@each_catalogue
def test_every_entry_is_translated_for_good(locale, part):
    entries = catalogue(locale, part)

    assert [entry.msgid for entry in entries if entry.obsolete or not entry.translated()] == []
    assert {len(entry.msgstr_plural) for entry in entries if entry.msgid_plural} <= {
        messages.forms(entries)
    }


def test_the_languages_of_a_large_press_have_catalogues():
    """All that each of them needs: what is in one of them is whole."""
    assert set(PRESS) - {"en", *map(to_language, LOCALES)} == set()
    assert len(PRESS) >= 24


PRESS = (
    *("en", "es", "pt", "fr", "de", "it", "nl", "ca", "pl", "cs", "ro", "hu", "el", "tr", "ru"),
    *("uk", "bg", "sr", "ar", "fa", "ur", "he", "hi", "bn", "id", "vi", "th", "ja", "ko"),
    *("zh-hans", "zh-hant"),
)


@each_catalogue
def test_a_catalogue_has_the_plural_forms_of_its_language(locale, part):
    """As CLDR tells them apart; a language that says everything in one form, such as Vietnamese, needs no other."""
    told_by_cldr = Locale.parse(locale).plural_form
    pairs = {(told_by_cldr(number), form) for number, form in numbered(locale, part)}

    assert len(pairs) == len(dict(pairs))
    assert len({form for _told, form in pairs}) in {1, len(pairs)}


@each_catalogue
def test_a_translation_has_the_placeholders_of_its_source(locale, part):
    several = forms_of_several_numbers(locale, part)
    wrong = [
        entry.msgid for entry in catalogue(locale, part) if not same_placeholders(entry, several)
    ]

    assert wrong == []


@each_locale
def test_words_that_stand_in_both_parts_are_translated_alike(locale):
    """Django makes one catalogue of the two: the other translation would never be seen."""
    site, domain = (translations(locale, part) for part in settings.PARTS)

    assert {
        message for message in site.keys() & domain if site[message] != domain[message]
    } == set()


@each_catalogue
def test_a_catalogue_says_whether_somebody_who_speaks_the_language_has_looked_at_it(locale, part):
    said = catalogue(locale, part).metadata["X-Reviewed-By"]

    # The name of a person and a year, or that there is none.
    assert re.fullmatch(r"nobody|\S.*, 20\d\d", said)


def test_words_of_mixed_places_are_for_readers_where_their_mark_says_so():
    both = ["articles/models/comment.py", "articles/admin/comment.py"]
    editors, readers = (
        polib.POEntry(msgid="a", comment=comment, occurrences=[(name, "") for name in both])
        for comment in ("", messages.FOR_READERS)
    )
    shown = polib.POEntry(msgid="a", occurrences=[(both[0], ""), ("templates/404.html", "")])

    told = [messages.is_for_readers(entry) for entry in (editors, readers, shown)]

    assert told == [False, True, True]


@each_language
def test_each_catalogue_reaches_the_page(language, client, compiled, db):
    page = edition(telling(language, body=TABLE), language).url

    assert translations(language, "articles")[Message("Table")] in read(client, page)
    nothing = "There is nothing at this address. It may have been mistyped, or the page has moved."
    assert translations(language, "newsroom")[Message(nothing)] in read(
        client, f"/{language}/nothing/", status=404
    )


@each_language
def test_no_page_for_readers_has_words_of_another_language(language, client, compiled, db):
    pages = public_pages(language)

    by_path = {
        path: leftovers(read(client, path, status=status), language)
        for status, paths in pages.items()
        for path in paths
    }

    assert {path: words for path, words in by_path.items() if words} == {}


@each_language
def test_no_page_without_stories_has_words_of_another_language(language, client, compiled, db):
    region = Category.objects.create(kind="region", **{f"name_{language}": FILLING})
    paths = (f"/{language}/", f"/{language}/archive/", region.url_in(language))

    assert [leftovers(read(client, path), language) for path in paths] == [[], [], []]


@each_language
@pytest.mark.parametrize("template", ["403.html", "500.html", "503.html"])
def test_no_page_of_last_resort_has_words_of_another_language(language, template, compiled):
    with translation.override(language):
        html = render_to_string(template, {"page": Page(LANGUAGES[language], FILLING)})

    assert leftovers(seen(html), language) == []


@each_language
def test_no_page_for_editors_has_words_of_another_language(language, client, compiled, db):
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    paths = ["/admin/", *admin_pages(language)]

    by_path = {path: leftovers(read(client, path, language=language), language) for path in paths}

    assert {path: words for path, words in by_path.items() if set(words) - OF_DJANGO} == {}


def test_a_leftover_would_be_noticed():
    html = '<p>Nuevo</p><a aria-label="Page not found">x</a><i> Latest </i><b>More from Siria</b>'

    assert leftovers(seen(html), "es") == ["Latest", "More from %(region)s", "Page not found"]


@pytest.mark.parametrize(
    ("language", "heading"),
    [("es", "Noviembre de 2017"), ("pt", "Novembro de 2017"), ("ar", "نوفمبر 2017")],
)
def test_a_month_is_named_as_the_language_names_it(language, heading, client, db):
    story(live=[language], at=datetime(2017, 11, 15, tzinfo=UTC))

    assert heading in read(client, f"/{language}/archive/2017/11/")


# --- Sources and catalogues -------------------------------------------------------------------


@cache
def marked(part):
    """Return the messages of a part; the templates belong to the first, as in `make messages`."""
    collected = set()
    for path in modules(part):
        collected |= marked_in_python(path.read_text(encoding="utf-8"))
    if part == settings.PARTS[0]:
        for path in (ROOT / "templates").rglob("*.*"):
            collected |= marked_in_template(path.read_text(encoding="utf-8"))
    return collected


def marked_in_template(text):
    calls = CALL_IN_TEMPLATE.findall(templatize(text))
    return {message for call in calls for message in marked_in_python(call)}


def marked_in_python(text):
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return set(filter(None, map(message_in, calls)))


def message_in(call):
    """Return the message that a call asks for, or None if it is not such a call."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if not (mark := MARK.fullmatch(name)):
        return None
    names = ["context"] * bool(mark["context"]) + ["id"] + ["plural"] * bool(mark["plural"])
    values = [getattr(argument, "value", None) for argument in call.args[: len(names)]]
    if len(values) < len(names) or not all(isinstance(value, str) for value in values):
        return None
    return Message(**dict(zip(names, values, strict=True)))


@cache
def catalogue(locale, part):
    path = ROOT / part / "locale" / locale / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path))


def holds_every_word(locale, part):
    return not messages.is_readers_only(catalogue(locale, part))


@cache
def for_readers(part):
    """Return the messages of a part that readers see."""
    whole = next(locale for locale in LOCALES if holds_every_word(locale, part))
    return {message_of(entry) for entry in catalogue(whole, part) if messages.is_for_readers(entry)}


@cache
def numbered(locale, part):
    """Return (number, the form that it takes) pairs."""
    formula = catalogue(locale, part).metadata["Plural-Forms"].partition("plural=")[2]
    form_of = gettext.c2py(formula.rstrip(";"))
    return [(number, form_of(number)) for number in range(1001)]


def forms_of_several_numbers(locale, part):
    """Return the forms that need the number in them; one that stands for a single number may do without."""
    counted = Counter(form for _number, form in numbered(locale, part))
    return {form for form, count in counted.items() if count > 1}


def message_of(entry):
    return Message(entry.msgid, entry.msgid_plural or None, entry.msgctxt)


def translations(locale, part):
    """Return message -> its translation, without those that have plural forms."""
    entries = catalogue(locale, part)
    return {message_of(entry): entry.msgstr for entry in entries if not entry.msgid_plural}


def same_placeholders(entry, several):
    if not entry.msgid_plural:
        return placeholders(entry.msgid) == placeholders(entry.msgstr)
    wanted = placeholders(entry.msgid_plural)
    by_form = {form: placeholders(words) for form, words in entry.msgstr_plural.items()}
    return all(held <= wanted for held in by_form.values()) and all(
        by_form[form] == wanted for form in several
    )


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


# --- Pages ------------------------------------------------------------------------------------

FILLING = "Lorem ipsum"
"""What stories consist of here: words that are of no language."""

TABLE = f"<table><tbody><tr><td>{FILLING}</td></tr></tbody></table>"


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Compile every catalogue once, away from the sources."""
    folder = tmp_path_factory.mktemp("catalogues")
    for path in catalogues.catalogues():
        target = folder / path.relative_to(ROOT).with_suffix(".mo")
        target.parent.mkdir(parents=True)
        polib.pofile(str(path)).save_as_mofile(str(target))
    return folder


@pytest.fixture
def compiled(folder, settings):
    """Let the site read the catalogues as they are now, and have a name that is no English word."""
    settings.SITE_NAME = FILLING
    settings.LOCALE_PATHS = [folder / part / "locale" for part in settings.PARTS]


class Words(HTMLParser):
    """Every piece of text of a page, and what it says to machines and screen readers."""

    ATTRIBUTES = ("aria-label", "alt", "content", "placeholder", "title", "data-words", "data-mark")

    def __init__(self, html):
        super().__init__()
        self.pieces = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if ("property", "og:type") in attrs:
            return
        shown = {*self.ATTRIBUTES, "value"} if ("type", "submit") in attrs else self.ATTRIBUTES
        self.pieces += [value for name, value in attrs if name in shown and value]

    def handle_data(self, data):
        self.pieces.append(data)


def seen(html):
    return [" ".join(piece.split()) for piece in Words(html).pieces]


def read(client, path, *, status=200, language=""):
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == status
    return seen(response.content.decode())


def leftovers(pieces, language):
    """Return the English words on a page that have another form in `language`."""
    return sorted(set().union(*(in_english(piece, language) for piece in pieces)))


@cache
def in_english(piece, language):
    return {words for words in english(language) if stands_in(piece, words)}


@cache
def english(language):
    """Return the words of the sources that are others in `language`."""
    pairs = (translations(language, part).items() for part in settings.PARTS)
    return {message.id for message, words in chain(*pairs) if words.strip() != message.id.strip()}


def stands_in(piece, words):
    """Say whether `words` are a piece of text, or a part of it if they are more than one word."""
    parts, pattern = pattern_of(words)
    # Nearly always not, and finding that out must be cheap: there are thousands of pairs.
    if not all(part in piece for part in parts):
        return False
    whole = re.fullmatch(pattern, piece)
    return bool(whole or (" " in words.strip() and re.search(rf"\b{pattern}(?!\w)", piece)))


@cache
def pattern_of(words):
    parts = PLACEHOLDER.split(words)
    return parts, ".+".join(re.escape(part) for part in parts)


OF_DJANGO = {"Search"}
"""English that Django's own templates hold, unmarked."""


def telling(language, body=f"<p>{FILLING}</p>", **more):
    texts = {f"title_{language}": FILLING, f"body_{language}": body}
    return story(live=[language], **texts, **more)


def public_pages(language):
    """Make stories; return status -> the paths of one page of each kind, with all its parts."""
    region = Category.objects.get(kind=Category.Kind.REGION, slug_en="syria")
    section = Category.objects.get(kind=Category.Kind.SECTION, slug_en="news")
    tag, author = TagFactory(name=FILLING), AuthorFactory(name_en="A. Person")
    shelves = {"categories": [region, section], "tags": [tag], "authors": [author]}
    first, *_others = (telling(language, images=[ImageFactory()], **shelves) for _ in range(15))
    body = f'{TABLE}<aside data-article="{first.pk}"></aside><div data-embed="https://a.example/1"></div>'
    full = edition(telling(language, body=body, **shelves), language)
    withdrawn = edition(telling(language), language)
    publishing.withdraw(withdrawn, by=publishing.SYSTEM, reason=FILLING)
    english = edition(story(live=["en"], title_en="Dolor sit", body_en=f"<p>{FILLING}</p>"), "en")
    shelf = region.url_in(language)
    return {
        200: [
            f"/{language}/",
            full.url,
            region.parent.url_in(language),
            f"{shelf}?before=99999999999999999-1",
            f"{shelf}?after=0-0",
            *(thing.url_in(language) for thing in (section, tag, author)),
            f"/{language}/archive/",
            f"/{language}/archive/{full.published_at:%Y/%m}/",
        ],
        404: [f"/{language}{english.url.removeprefix('/en')}", f"/{language}/nothing/"],
        410: [withdrawn.url],
    }


def admin_pages(language):
    """Make what editors work on; return the paths of the list and the forms of each kind."""
    withdrawn = telling(language, tags=[TagFactory(name=FILLING)], images=[ImageFactory(file="")])
    publishing.withdraw(edition(withdrawn, language), by=publishing.SYSTEM, reason=FILLING)
    telling(
        language, at=timezone.now() + timedelta(days=1), authors=[AuthorFactory(name_en="A. P.")]
    )
    for model in (Article, Author, Category, Image, Tag):
        name = f"admin:articles_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        for pk in model.objects.order_by("-pk").values_list("pk", flat=True)[:2]:
            yield reverse(f"{name}_change", args=[pk])
    yield reverse("admin:articles_article_recoverlist")
    yield reverse("admin:articles_article_history", args=[withdrawn.pk])
