"""Every page of the admin, with one of each thing, in a real browser: nothing that an audit would name."""

import re

import pytest
from django.urls import reverse

from articles.actions import writing
from newsroom.db import locks
from tests import validity
from tests.articles import who_may
from tests.articles.admin.conftest import Desk
from tests.articles.one_of_each import Everything, query
from tests.e2e import audit
from tests.e2e.conftest import TIMEOUT
from tests.factories import CategoryFactory, ImageUseFactory, TagFactory, UserFactory, story

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (320, 1440)
LARGE = {"en": (1920,), "ar": (320,)}
"""Widths at which the letters are twice as large, too: either end once, for the time of the test."""

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
    "|auth_user_password_change, unexpected-end-tag"
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


SHOWN = {"bulk": ".bulk", "side by side, clash": ".clash__side"}
"""What stands on a page that answers, where that is not the form that asks once more."""


@pytest.mark.once
@pytest.mark.parametrize("language", LARGE)
def test_no_audit_names_a_fault_of_a_page_that_answers(language, browser, live_server, sign_in):
    context = browser.new_context(base_url=live_server.url, locale=language)
    context.set_default_timeout(TIMEOUT)
    sign_in(context)
    page = context.new_page()
    wrong = []
    for name, address, fields in answers():
        page.goto("/admin/")
        with page.expect_navigation():
            page.evaluate(SEND, [address, fields])
        page.locator(SHOWN.get(name, "body:not(.change-list)")).first.wait_for(state="attached")
        page.evaluate("document.fonts.ready")
        told = audit.faults(page, widths=WIDTHS)
        wrong += [f"{name}, {fault}" for fault in told if not OF_DJANGO.search(fault)]
    context.close()

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
def test_no_audit_names_a_fault_of_any_page_of_the_admin(language, browser, live_server, sign_in):
    context = browser.new_context(base_url=live_server.url, locale=language)
    context.set_default_timeout(TIMEOUT)
    sign_in(context)
    page = context.new_page()
    wrong = []
    for name, address in addresses(language):
        answer = page.goto(address)
        if answer.status != 200:
            wrong.append(f"{name}: {answer.status}")
            continue
        page.evaluate("document.fonts.ready")
        told = validity.faults(answer.text())
        told += audit.faults(page, widths=WIDTHS, large=LARGE[language], schemes=COLOURS[language])
        named = [f"{name}, {fault}" for fault in told]
        wrong += [fault for fault in named if not OF_DJANGO.search(fault)]
    context.close()

    assert not wrong, "\n".join(wrong)
