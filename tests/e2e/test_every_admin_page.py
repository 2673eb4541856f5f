"""Every page of the admin, with one of each thing, in a real browser: nothing that an audit would name."""

import re
import zlib
from functools import cache

import pytest
from django.urls import reverse

from articles.actions import writing
from newsroom import middleware
from newsroom.db import locks
from tests import validity
from tests.articles import who_may
from tests.articles.admin.conftest import Desk
from tests.articles.one_of_each import Everything, query
from tests.e2e import audit
from tests.factories import CategoryFactory, ImageUseFactory, TagFactory, UserFactory, story

pytestmark = pytest.mark.django_db(transaction=True)

NARROW, WIDE = (320, 390), 1440
LARGE = {"en": (1920,), "ar": (320,)}
"""Widths at which the letters are twice as large, too: either end once, for the time of the test."""

OTHERS = {"en": ("en", "es", "pt", "fr"), "ar": ("ar",)}
"""In which languages pages are drawn: by its name each in one of them, from left to right and from right to left."""

MERGED = {"category": CategoryFactory, "tag": TagFactory}
"""What is merged on a page that asks which of it stays."""

NO_PAGES = {
    "articles_article_preview_page",  # what readers see, looked at by itself
    *(name for name in who_may.TABLE if name.endswith("_table")),  # files
    *("autocomplete", "view_on_site", "articles_tag_words", "articles_importbatch_mapping"),
    *("articles_article_library", "articles_image_library"),  # parts of the page of a story
}
"""Addresses that people read and that are no page of the admin."""


ONE_PAGE = re.compile(
    "(?!(?:articles_(?:article|tag|ownpage)|site_sitesettings|axes_accesslog)_).*_(?:history|delete)"
)
"""Pages that are one page for all models but for some words: the second language is seen on those of a few."""

COLOURS = {"en": audit.SCHEMES, "ar": ()}
"""In which of light and dark the colours of all pages are looked at, which a language does not change."""


def addresses(language):
    """Yield name and address of each page of the admin that somebody may read."""
    every = Everything()
    kind = who_may.STORIES[0]
    for name, (reads, sends) in who_may.TABLE.items():
        if language != "en" and ONE_PAGE.fullmatch(name):
            continue
        if (sends if reads is who_may.SENT else reads) and name not in NO_PAGES:
            yield name, every.address(name, kind) + query(name, every.stories[kind])


OF_DJANGO = re.compile(
    'has the id id_(user_permissions|permissions|groups|password_helptext)|<input class="hidden">'
    "|auth_user_password_change, unexpected-end-tag|aria-describedby=id_password_helptext"
)
"""Labels and hints of Django's own widgets that its scripts leave without what they name, a button it hides, and a list in a paragraph."""


SEND = """([address, fields]) => {
  const form = document.createElement("form")
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value
  for (const [name, value] of [["csrfmiddlewaretoken", token], ...fields])
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  document.body.append(Object.assign(form, { method: "post", action: address }))
  form.submit()
}"""


def answers():
    """Yield name, address and fields of each page that answers what was sent, and is no form that was refused."""
    bare, ready = story(title_en="Bare"), story(title_en="Ready", body_en="<p>x</p>")
    chosen = {
        "article": (ready.pk, bare.pk),
        "image": (ImageUseFactory(article=ready).image_id,),
        **{name: (make().pk, make().pk) for name, make in MERGED.items()},
    }
    for name, ids in chosen.items():
        address = reverse(f"admin:articles_{name}_changelist")
        for action in ("delete_selected", "merge") if name in MERGED else ("delete_selected",):
            yield f"{action} {name}", address, [["action", action], *selected(ids)]
    asked = [["verb", "publish"], ["languages", "en"], ["story", ready.pk], ["story", bare.pk]]
    yield "bulk", reverse("admin:articles_article_bulk"), asked
    yield clash()


def look_of(name, language):
    """Return in which language and at which widths a page is looked at, always the same: on a narrow screen and a phone in turn."""
    number = zlib.crc32(name.encode())
    languages = OTHERS[language]
    narrow = NARROW[(number + (language == "ar")) % 2]
    return languages[number % len(languages)], (narrow, WIDE)


def selected(ids):
    return [["_selected_action", pk] for pk in ids]


def clash():
    """Return what is sent of a translation beside its source of which somebody has saved one block meanwhile."""
    texts = {"title_en": "A", "title_es": "B", "body_en": "<p>One</p>"}
    article = story(source_language="en", body_es="<p>Uno</p>", **texts)
    with locks.writing(by=None, comment="Kept."):
        writing.save(article)
    beside = "articles_article_side_by_side_change", article.pk, "es"
    form = Desk(UserFactory(is_staff=True, is_superuser=True)).form(*beside).values
    article.body_es = "<p>Un ferri</p>"
    writing.save(article)
    (name,) = (name for name, words in form.items() if words == ["<p>Uno</p>"])
    form |= {name: ["<p>Uno solo</p>"]}
    form.pop("csrfmiddlewaretoken")
    fields = [[key, value] for key, values in form.items() for value in values]
    return "side by side, clash", reverse(f"admin:{beside[0]}", args=beside[1:]), fields


@pytest.fixture
def drawn_in(new_profile, sign_in, monkeypatch):
    """A function that returns a page of somebody whose browser asks for a language: one for all pages in it."""
    # The admin speaks French, too, and the site of the tests does not.
    monkeypatch.setattr(
        middleware, "from_request", lambda request: request.headers.get("Accept-Language", "en")[:2]
    )
    user = UserFactory(is_staff=True, is_superuser=True)

    @cache
    def drawn_in(language):
        context = new_profile(locale=language)
        sign_in(context, user=user)
        return context.new_page()

    return drawn_in


SHOWN = {"bulk": ".bulk", "side by side, clash": ".clash__side"}
"""What stands on a page that answers, where that is not the form that asks once more."""


@pytest.mark.once
@pytest.mark.parametrize("language", LARGE)
def test_no_audit_names_a_fault_of_a_page_that_answers(language, drawn_in):
    wrong = []
    for name, address, fields in answers():
        language_of_page, widths = look_of(name, language)
        page = drawn_in(language_of_page)
        page.goto("/admin/")
        with page.expect_navigation():
            page.evaluate(SEND, [address, fields])
        page.locator(SHOWN.get(name, "body:not(.change-list)")).first.wait_for(state="attached")
        page.evaluate("document.fonts.ready")
        told = audit.faults(page, widths=widths)
        wrong += [
            f"{name}, {language_of_page}, {fault}" for fault in told if not OF_DJANGO.search(fault)
        ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.once
def test_no_audit_names_a_fault_of_a_preview_on_a_phone(desk):
    every = Everything()
    kind = who_may.STORIES[0]

    answer = desk.goto(every.address("articles_article_preview_page", kind))

    assert answer.status == 200
    desk.evaluate("document.fonts.ready")
    assert audit.faults(desk, widths=(390,)) == []


@pytest.mark.parametrize("language", LARGE)
def test_no_audit_names_a_fault_of_any_page_of_the_admin(language, drawn_in):
    wrong = []
    for name, address in addresses(language):
        language_of_page, widths = look_of(name, language)
        page = drawn_in(language_of_page)
        answer = page.goto(address)
        if answer.status != 200 or answer.headers["content-language"] != language_of_page:
            wrong.append(f"{name}: {answer.status}, {answer.headers['content-language']}")
            continue
        page.evaluate("document.fonts.ready")
        large, schemes = LARGE[language], COLOURS[language]
        told = validity.faults(answer.text())
        told += audit.faults(page, widths=widths, large=large, schemes=schemes)
        named = [f"{name}, {fault} ({language_of_page})" for fault in told]
        wrong += [fault for fault in named if not OF_DJANGO.search(fault)]

    assert not wrong, "\n".join(wrong)
