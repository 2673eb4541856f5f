import re
from datetime import UTC, datetime

import pytest

from articles import roles
from newsroom.site import actions, reading
from newsroom.site.models import SiteTexts
from tests.articles.admin.conftest import Desk, member_of
from tests.factories import live_edition

pytestmark = pytest.mark.django_db
CHANGE = "site_sitesettings_change"
FEEDS_SAY = {
    "atom": "<rights>© The Post</rights>",
    "rss": "<copyright>© The Post</copyright>",
    "json": '"_rights": {"copyright": "© The Post"}',
}


@pytest.fixture
def editor(db):
    return Desk(member_of(roles.EDITOR))


def test_one_form_holds_the_texts_of_every_language_of_the_site(editor):
    assert editor.client.get("/admin/site/sitesettings/").url.endswith("/sitesettings/1/change/")

    editor.save(CHANGE, 1, fields={"name_en": "The Post", "strapline_es": "Cada día"})

    assert reading.current("es").name == "The Post"
    assert reading.current("es").strapline == "Cada día"
    assert "The Post" in editor.client.get("/es/").text


def test_who_publishes_the_site_is_told_in_the_foot_and_to_machines(editor):
    fields = {"accounts": "https://social.example/@post", "contact": "desk@post.example"}
    editor.save(
        CHANGE, 1, fields=fields | {"copyright_en": "© The Post", "legal_name_en": "Post Ltd"}
    )

    story = live_edition("en")
    page = editor.client.get(story.url).text
    assert (
        '<a class="footer__link" href="https://social.example/@post" rel="me">social.example</a>'
        in page
    )
    assert "© The Post" in page
    assert '"legalName":"Post Ltd"' in page
    for form, words in FEEDS_SAY.items():
        assert words in editor.client.get(f"/en/feed.{form}").text
    assert editor.client.get("/trust.txt").text.splitlines() == [
        "contact=mailto:desk@post.example",
        "social=https://social.example/@post",
    ]


def test_what_programs_may_not_do_is_said_in_one_place_and_told_everywhere(editor):
    fields = {"allows_training": [], "licence": "https://example.org/by"}
    editor.save(CHANGE, 1, fields=fields)

    robots = editor.client.get("/robots.txt").text
    assert "User-agent: GPTBot\n" in robots.partition("Disallow: /\n")[0]
    assert "PerplexityBot" not in robots
    live_edition("en")
    feeds = [f"/en/feed.{form}" for form in ("atom", "rss", "json")]
    for path in ("/en/", "/en/lite/", "/en/index.md", *feeds):
        headers = editor.client.get(path).headers
        assert headers["TDM-Reservation"] == "1"
        assert '<https://example.org/by>; rel="license"' in headers["Link"]
    for path in feeds:
        words = editor.client.get(path).text
        assert re.search(r"""license"(: | href=)"https://example.org/by\"""", words), path


def test_dates_and_numbers_of_a_language_stand_in_its_own_digits_where_the_site_says_so(editor):
    story = live_edition("ar", at=datetime(2017, 11, 30, 12, tzinfo=UTC))
    paths = [story.url, "/ar/archive/", "/ar/archive/2017/11/", "/ar/archive/2017/11/index.md"]
    assert all("2017" in shown(editor, path) for path in paths)

    editor.save(CHANGE, 1, fields={"own_digits": ["ar"]})

    for path in paths:
        assert "٢٠١٧" in shown(editor, path), path
        assert "2017" not in shown(editor, path), path
    assert "٢٠١٧" not in editor.client.get("/en/archive/").text


def shown(editor, path):
    """Return the words that a page shows: no addresses, and nothing that machines read."""
    words = editor.client.get(path).text
    if path.endswith(".md"):
        words = words.rpartition("---")[2]
        return re.sub(r"\]\([^)]*\)", "", words)
    return re.sub(r"<script.*?</script>|<[^>]*>|http\S*", "", words, flags=re.DOTALL)


def test_digits_are_asked_for_only_where_a_language_has_some(editor, settings):
    assert "العربية: ١٢٣" in editor.open(CHANGE, 1).text

    settings.LANGUAGES = [("en", "English")]

    assert "own_digits" not in editor.open(CHANGE, 1).text
    editor.save(CHANGE, 1, fields={"name_en": "The Post"})
    assert reading.current("en").name == "The Post"


def test_without_them_there_is_no_trust_txt(client):
    assert client.get("/trust.txt").status_code == 404


def test_an_account_that_is_no_address_gets_a_sentence(editor):
    answer = editor.save(CHANGE, 1, fields={"accounts": "javascript:alert(1)"})

    assert "is no address: begin it with https://." in answer.text


def test_a_save_leaves_what_somebody_else_has_saved_meanwhile(editor):
    form = editor.form(CHANGE, 1)
    actions.say("es", name="El Correo")

    editor.save(CHANGE, 1, form=form, fields={"name_en": "The Post"})

    names = dict(SiteTexts.objects.values_list("language", "name"))
    assert (names["en"], names["es"]) == ("The Post", "El Correo")


def test_a_text_that_two_have_changed_is_refused_with_both(editor):
    form = editor.form(CHANGE, 1)
    editor.save(CHANGE, 1, fields={"name_en": "The Post", "contact": "a@post.example"})

    answer = editor.save(
        CHANGE, 1, form=form, fields={"name_en": "The Mail", "contact": "b@post.example"}
    )

    assert answer.status_code == 200
    assert "The Post" in answer.text
    assert "a@post.example" in answer.text
    assert reading.current("en").name == "The Post"
