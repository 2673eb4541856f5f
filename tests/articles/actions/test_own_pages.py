import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from reversion.models import Version

from articles import roles
from articles.actions import own_pages
from articles.actions.publishing import SYSTEM
from articles.models import OwnPage, OwnPageEdition
from newsroom.db import locks
from tests import factories
from tests.articles.admin.conftest import member_of

pytestmark = pytest.mark.django_db


def edition(page, language="en"):
    return page.editions.get(language=language)


def change(page, language="en", *, by=SYSTEM, **values):
    row = own_pages.edition_of(page, language)
    for name, value in values.items():
        setattr(row, name, value)
    own_pages.save(page, by=by, editions=[row])


def refusal(**values):
    with pytest.raises(ValidationError) as caught:
        factories.own_page(**values)
    (sentence,) = caught.value.messages
    return sentence


def test_a_page_is_at_the_address_of_its_title_in_each_language():
    page = factories.own_page(live=["en", "es"], title_en="About us", title_es="Quiénes somos")

    assert edition(page).url == "/en/about-us/"
    assert edition(page, "es").url == "/es/quienes-somos/"


@pytest.mark.parametrize(
    "slug", ["region", "archive", "search", "feed", "feeds", "lite", "index", "2017", "llms", "api"]
)
def test_an_address_that_the_site_needs_itself_is_refused(slug):
    assert refusal(slugs={"en": slug}) == (
        f"“{slug}” is an address that the site needs itself: choose another."
    )
    assert not OwnPage.objects.exists()


def test_two_pages_of_one_slug_are_refused_in_one_language_and_may_be_in_two():
    factories.own_page(title_en="Ethics")

    assert refusal(title_en="ethics") == (
        "“ethics” is the address of the page “Ethics”: choose another."
    )
    assert edition(factories.own_page(live=["es"], title_es="Ethics"), "es").slug == "ethics"


def test_a_slug_that_still_leads_to_another_page_is_refused():
    moved = factories.own_page(title_en="Team")
    change(moved, slug="people")

    assert refusal(slugs={"en": "team"}) == (
        "“team” still leads to “Team (en)”, which stood there: choose another."
    )
    change(moved, slug="team")
    assert edition(moved).url == "/en/team/"


def test_what_is_published_has_a_title_and_a_text():
    assert refusal(title_en="", slugs={"en": "a"}) == "The title in English is missing."
    for body in ("<p> </p>", "<p>…</p>", "<h2>Who we are</h2>"):
        assert refusal(body_en=body) == "The text in English is empty."


def test_a_page_with_an_open_question_is_kept_as_a_draft_and_not_published():
    words = "<p>☐ Who owns us?</p><p>☐ Who pays?</p>"

    assert refusal(body_en=words).startswith("2 questions in English are open")
    assert edition(factories.own_page(live=[], title_en="A", body_en=words)).body == words


def test_a_body_is_cleaned_and_has_no_pictures():
    page = factories.own_page(body_en='<p>A<script>x</script></p><figure data-image="1"></figure>')

    assert edition(page).body == "<p>A</p>"


def test_what_one_language_does_touches_no_other():
    page = factories.own_page(live=["en", "es"])
    before = OwnPageEdition.objects.filter(language="es").values().get()

    change(page, title="Other words", slug="other", is_published=False)

    assert OwnPageEdition.objects.filter(language="es").values().get() == before


def test_nobody_but_who_may_publish_changes_what_readers_see():
    page = factories.own_page(live=["en"])
    editor, writer = member_of(roles.EDITOR), member_of(roles.WRITER)
    drafting = factories.UserFactory(is_staff=True)
    drafting.user_permissions.set(Permission.objects.filter(codename="change_ownpage"))

    change(page, by=editor, title="By an editor")
    change(page, "es", by=drafting, title="Borrador", body="<p>No.</p>")
    for user, language in ((writer, "es"), (drafting, "en")):
        with pytest.raises(PermissionDenied):
            change(page, language, by=user, title="Forged")
    with pytest.raises(PermissionDenied):
        change(page, "es", by=drafting, is_published=True)

    assert edition(page).title == "By an editor"
    assert edition(page, "es").title == "Borrador"


def test_going_back_gives_one_language_its_older_words_and_nothing_else():
    with locks.writing(comment="first"):
        page = factories.own_page(live=["en", "es"], title_en="First", title_es="Primero")
    version = Version.objects.get_for_object(page).get()
    change(page, title="Second", slug="second", body="<p>Later.</p>")
    change(page, "es", title="Segundo")

    assert own_pages.go_back(page, version, languages=["en"], by=SYSTEM)
    assert not own_pages.go_back(page, version, languages=["en"], by=SYSTEM)

    assert edition(page).title == "First"
    assert edition(page).body == "<p>The words in en.</p>"
    assert edition(page).slug == "second"
    assert edition(page, "es").title == "Segundo"


def test_what_is_deleted_is_known_by_its_last_title():
    page = factories.own_page(live=["en"])
    with locks.writing(comment="Another title."):
        change(page, title="Our people")
    page.delete()

    (version,) = Version.objects.get_deleted(OwnPage)

    assert version.object_repr == "Our people"
