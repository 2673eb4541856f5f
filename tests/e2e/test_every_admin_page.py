"""Every page of the admin, with one of each thing, in a real browser: nothing that an audit would name."""

import re

import pytest

from tests.articles import who_may
from tests.articles.one_of_each import Everything, query
from tests.e2e import audit
from tests.e2e.conftest import TIMEOUT

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (320, 1440)
LARGE = {"en": (1920,), "ar": (320,)}
"""Widths at which the letters are twice as large, too: either end once, for the time of the test."""

NO_PAGES = {
    "articles_article_preview_page",  # what readers see: test_every_page.py looks at it
    *(name for name in who_may.TABLE if name.endswith("_table")),  # files
    *("autocomplete", "view_on_site", "articles_tag_words", "articles_importbatch_mapping"),
    *("articles_article_library", "articles_image_library"),  # parts of the page of a story
}
"""Addresses that people read and that are no page of the admin."""


def addresses():
    """Yield name and address of each page of the admin that somebody may read."""
    every = Everything()
    kind = who_may.STORIES[0]
    for name, (reads, sends) in who_may.TABLE.items():
        if (sends if reads is who_may.SENT else reads) and name not in NO_PAGES:
            yield name, every.address(name, kind) + query(name, every.stories[kind])


OF_DJANGO = re.compile(
    'has the id id_(user_permissions|permissions|groups|password_helptext)|<input class="hidden">'
)
"""Labels and hints of Django's own widgets that its scripts leave without what they name, and a button it hides."""


@pytest.mark.parametrize("language", LARGE)
def test_no_audit_names_a_fault_of_any_page_of_the_admin(language, browser, live_server, sign_in):
    context = browser.new_context(base_url=live_server.url, locale=language)
    context.set_default_timeout(TIMEOUT)
    sign_in(context)
    page = context.new_page()
    wrong = []
    for name, address in addresses():
        answer = page.goto(address)
        if answer.status != 200:
            wrong.append(f"{name}: {answer.status}")
            continue
        page.evaluate("document.fonts.ready")
        told = audit.faults(page, widths=WIDTHS, large=LARGE[language])
        wrong += [f"{name}, {fault}" for fault in told if not OF_DJANGO.search(fault)]
    context.close()

    assert not wrong, "\n".join(wrong)
