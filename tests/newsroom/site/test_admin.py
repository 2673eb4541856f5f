import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from articles import roles
from newsroom.site import actions, colours, reading
from newsroom.site.identity import Identity
from newsroom.site.models import SiteSettings, SiteTexts
from newsroom.views import ANSWERING, TRAINING
from tests.articles.admin.conftest import Desk, FormReader, member_of
from tests.factories import live_edition
from tests.newsroom.site.uploads import drawing, photograph

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CHANGE = "site_sitesettings_change"
ADDRESS = "/admin/site/sitesettings/1/change/"
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


def test_the_history_names_texts_with_their_language_for_who_reads_it(editor):
    editor.save(CHANGE, 1, fields={"strapline_es": "Cada día", "legal_name_en": "Post Ltd"})

    address = "/admin/site/sitesettings/1/history/"
    page = editor.client.get(address, headers={"Accept-Language": "es"}).text

    assert "Lema (Español)" in page
    assert "Nombre legal del editor (English)" in page


def test_who_publishes_the_site_is_told_in_the_foot_and_to_machines(editor):
    fields = {"accounts": "https://social.example/@post", "contact": "desk@post.example"}
    editor.save(
        CHANGE, 1, fields=fields | {"copyright_en": "© The Post", "legal_name_en": "Post Ltd"}
    )

    story = live_edition("en")
    page = editor.client.get(story.url).text
    assert (
        '<a class="footer__link" href="https://social.example/@post" rel="me">social.example/@post</a>'
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


def test_the_policy_stands_in_a_file_of_its_own_to_which_pages_lead_where_it_is_a_choice(editor):
    live_edition("en")
    assert "Link" not in editor.client.get("/en/feed.atom").headers
    assert uses(editor) == {"permits": "search ai-index ai-input ai-train"}

    fields = {"allows_training": [], "allows_answers": [], "licence": "https://example.org/by?a&b"}
    editor.save(CHANGE, 1, fields=fields)

    assert uses(editor) == {"permits": "search", "prohibits": "ai-index ai-input ai-train"}
    barred = editor.client.get("/robots.txt").text.partition("Disallow: /\n")[0]
    assert [
        robot for robot in (*ANSWERING, *TRAINING) if f"User-agent: {robot}\n" not in barred
    ] == []
    document = ElementTree.fromstring(editor.client.get("/license.xml").content)
    assert document.findtext(".//{*}terms") == "https://example.org/by?a&b"
    for path in ("/en/", "/en/feed.atom"):
        link = editor.client.get(path).headers["Link"]
        assert '</license.xml>; rel="license"; type="application/rsl+xml"' in link


def uses(editor):
    """Return what /license.xml says of uses: the name of an element -> its words."""
    answer = editor.client.get("/license.xml")
    assert answer.headers["Content-Type"] == "application/rsl+xml"
    document = ElementTree.fromstring(answer.content)
    assert document.tag == "{https://rslstandard.org/rsl}rsl"
    terms = document.find("{*}content[@url='/']/{*}license")
    return {element.tag.partition("}")[2]: element.text for element in terms}


def test_a_site_that_search_engines_may_not_list_asks_so_on_every_page(editor):
    live_edition("en")
    editor.save(CHANGE, 1, fields={"allows_search": []})

    for path in ("/en/", "/en/lite/", "/en/index.md", "/en/feed.atom"):
        assert editor.client.get(path).headers["X-Robots-Tag"] == "noindex", path
    assert "Sitemap" not in editor.client.get("/robots.txt").text
    assert uses(editor)["prohibits"] == "search"


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


def test_readers_and_editors_are_told_clocks_in_the_zone_of_the_site(editor):
    story = live_edition("en", at=datetime(2017, 11, 30, 20, tzinfo=UTC))
    paths = [story.url, story.url.replace("/en/", "/en/lite/"), f"{story.url}index.md"]
    assert all("30 November 2017, 20:00 UTC" in shown(editor, path) for path in paths)

    editor.save(CHANGE, 1, fields={"zone": "Asia/Tokyo"})

    for path in paths:
        assert "1 December 2017, 05:00 GMT+9" in shown(editor, path), path
    assert "/2017/11/30/" in story.url
    assert "05:00 (Asia/Tokyo)" in editor.open("articles_article_change", story.article_id).text
    assert "November 2017" in shown(editor, "/en/archive/2017/11/")


def test_a_zone_that_does_not_exist_is_told_in_one_sentence(editor):
    answer = editor.save(CHANGE, 1, fields={"zone": "Europe/Nowhere"})

    assert answer.context_data["adminform"].form.errors == {
        "zone": ["“Europe/Nowhere” is no time zone: choose one from the list."]
    }
    assert reading.identity().zone == ""


def test_a_machine_that_does_not_know_the_zone_shows_its_own(editor):
    SiteSettings.objects.update_or_create(pk=1, defaults={"zone": "Mars/Olympus"})
    story = live_edition("en", at=datetime(2017, 11, 30, 20, tzinfo=UTC))

    assert "20:00 UTC" in shown(editor, story.url)


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


def save_look(editor, form=None, **files):
    """Send the form with files, as a browser does: every field of it goes along."""
    values = {
        name: field_values[0]
        for name, field_values in (form or editor.form(CHANGE, 1)).values.items()
    }
    return editor.client.post(ADDRESS, values | files | {"_continue": "1"})


def test_a_logo_stands_in_place_of_the_name_and_is_told_to_machines(editor):
    files = {
        "logo": drawing(400, 100),
        "logo_dark": photograph(500, 100),
        "icon": photograph(180, 180),
    }
    assert save_look(editor, **files).status_code == 302

    story, look = live_edition("en"), reading.current("en").look
    page = " ".join(editor.client.get("/en/").text.split())
    assert (
        f'<img class="logo" src="{look.logo.url}" width="640" height="160" alt="Newsroom">' in page
    )
    assert f'srcset="{look.logo_dark.url}" width="500" height="100">' in page
    assert f'<link rel="apple-touch-icon" href="{look.icon.url}">' in page
    inner = " ".join(editor.client.get(story.url).text.split())
    assert f'src="{look.logo.url}" width="224" height="56"' in inner
    whole = f"http://127.0.0.1:8000{look.logo.url}"
    assert f'"logo":{{"@type":"ImageObject","url":"{whole}","width":1000,"height":250}}' in inner
    assert f"<logo>{whole}</logo>" in editor.client.get("/en/feed.atom").text
    assert f"<image><url>{whole}</url>" in editor.client.get("/en/feed.rss").text
    assert (
        f'"favicon": "http://127.0.0.1:8000{look.icon.url}"'
        in editor.client.get("/en/feed.json").text
    )
    assert editor.client.get("/favicon.ico")["Location"] == look.icon.url
    assert editor.client.get("/site.webmanifest").json()["icons"] == [
        {"src": look.icon.url, "type": "image/png", "sizes": "180x180"}
    ]


def test_a_page_without_a_picture_is_shared_with_that_of_the_site(editor):
    form = editor.form(CHANGE, 1)
    form.values |= {"sharing_alt_en": ["A harbour"], "sharing_alt_es": ["Un puerto"]}
    save_look(editor, form, sharing=photograph(1200, 630, "JPEG"))

    story = live_edition("es")
    whole = f"http://127.0.0.1:8000{reading.current('es').look.sharing.url}"
    for path in ("/es/", story.url):
        page = editor.client.get(path).text
        assert f'<meta property="og:image" content="{whole}">' in page
        assert '<meta property="og:image:alt" content="Un puerto">' in page
    # It is none of the story's own: machines are told of no picture.
    assert '"image":' not in page


def test_the_files_run_nothing_and_are_kept_for_ever(editor, client):
    save_look(editor, logo=drawing(), icon=photograph(180, 180))
    look = reading.current("en").look

    for picture, content_type in ((look.logo, "image/svg+xml"), (look.icon, "image/png")):
        for answer in (client.get(picture.url), client.head(picture.url)):
            assert answer.headers["Content-Type"] == content_type
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert "immutable" in answer.headers["Cache-Control"]
            assert bool(answer.getvalue()) == (answer.request["REQUEST_METHOD"] == "GET")
    for path in ("site/../local.env", f"site/{'0' * 24}-1x1.svg", "site/x.svg", "site/"):
        assert client.get(f"/media/{path}").status_code == 404


def test_an_accent_is_a_stylesheet_that_its_address_tells(editor, client):
    assert "accent-" not in client.get("/en/").text

    editor.save(CHANGE, 1, fields={"accent": "#005EA5"})

    address = reading.current("en").look.accent
    assert f'<link rel="stylesheet" href="{address}">' in client.get("/en/").text
    night = colours.for_night("#005ea5")
    css = client.get(address)
    assert css.text == f":root{{--site-accent:#005ea5;--site-accent-dark:{night}}}\n"
    assert css.headers["Content-Type"].startswith("text/css")
    assert client.get("/accent-00000g-000000.css").status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"accent": "#e0a030"}, "#e0a030 cannot be read by day: its contrast is 1.94 to 1"),
        ({"accent": "red"}, "“red” is no colour"),
        ({"accent_dark": "#f0988e"}, "This needs the one by day, too."),
        ({"name_en": "Never", "logo_dark": drawing()}, "This needs the one by day, too."),
        ({"name_en": "Never", "icon": drawing()}, "This file is no picture in PNG."),
    ],
)
def test_what_cannot_be_shown_leaves_all_as_it_was(editor, fields, sentence):
    answer = save_look(editor, **fields)

    assert sentence in answer.text
    assert reading.stored() == Identity()


def test_a_picture_is_taken_away_by_its_box_and_stays_without(editor):
    save_look(editor, logo=drawing())
    save_look(editor)
    assert reading.current("en").look.logo

    save_look(editor, **{"logo-clear": "on"})
    assert reading.current("en").look.logo is None


def test_two_editors_with_a_logo_each_are_told(editor):
    mine, other = editor.form(CHANGE, 1), editor.form(CHANGE, 1)
    save_look(editor, other, logo=drawing())
    first = reading.current("en").look.logo

    refused = save_look(editor, mine, logo=drawing(colour="red"))

    assert "Keep what is saved now" in refused.text
    assert reading.current("en").look.logo == first
    form = FormReader(refused.text)
    choice = re.search(r'name="choice-logo" value="(theirs:[^"]+)"', refused.text)[1]
    form.values["choice-logo"] = [choice]
    assert save_look(editor, form, logo=drawing(colour="red")).status_code == 302
    assert reading.current("en").look.logo == first


def test_who_chooses_the_logo_of_their_own_brings_its_file_again(editor):
    mine, other = editor.form(CHANGE, 1), editor.form(CHANGE, 1)
    save_look(editor, other, logo=drawing())
    first = reading.current("en").look.logo
    refused = save_look(editor, mine, logo=drawing(colour="red")).text
    form = FormReader(refused)
    form.values["choice-logo"] = re.findall(r'name="choice-logo" value="(mine:[^"]+)"', refused)

    without = save_look(editor, form)

    assert "Choose the file again." in without.text
    assert reading.current("en").look.logo == first
    assert save_look(editor, form, logo=drawing(colour="red")).status_code == 302
    assert reading.current("en").look.logo != first


def test_a_logo_is_not_taken_away_from_the_one_by_night(editor):
    save_look(editor, logo=drawing(), logo_dark=drawing())

    refused = save_look(editor, **{"logo-clear": "on"})

    assert "Take the logo by night away, too." in refused.text
    assert reading.current("en").look.logo
    assert save_look(editor, **{"logo-clear": "on", "logo_dark-clear": "on"}).status_code == 302


def test_a_form_without_a_file_leaves_the_logo_that_somebody_else_has_saved_meanwhile(editor):
    mine = editor.form(CHANGE, 1)
    save_look(editor, logo=drawing())

    mine.values["name_en"] = ["The Post"]
    assert save_look(editor, mine).status_code == 302

    assert reading.current("en").look.logo
    assert reading.current("en").name == "The Post"


def test_accounts_and_licence_are_stored_as_links_and_headers_may_have_them(editor):
    accounts = "HTTPS://social.example/@post\nhttps://social.example/@post https://b.example/é"
    editor.save(CHANGE, 1, fields={"accounts": accounts, "licence": "https://l.example/ä"})

    site = actions.settings_row()
    assert site.accounts.split() == ["https://social.example/@post", "https://b.example/%C3%A9"]
    assert '<https://l.example/%C3%A4>; rel="license"' in editor.client.get("/en/").headers["Link"]


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("licence", 'https://l.example/>;rel="next"', "cannot be the address"),
        ("licence", "https://l.example/ https://m.example/", "Name one licence"),
        ("accounts", "https://me:secret@social.example/", "cannot be the address"),
        ("accounts", " ".join(f"https://s{n}.example/" for n in range(31)), "more than 30"),
        ("zone", "localtime", "choose one from the list"),
    ],
)
def test_what_readers_cannot_use_of_the_settings_is_refused(editor, field, words, sentence):
    answer = editor.save(CHANGE, 1, fields={field: words})

    assert sentence in answer.text
    assert getattr(actions.settings_row(), field) == ""
