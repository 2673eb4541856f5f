import json
import re
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse

from articles.actions import own_pages
from articles.actions.publishing import SYSTEM
from articles.pages.own_page.entries import POLICIES
from newsroom.site import actions as site_actions
from tests import factories

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def about():
    return factories.own_page(
        live=["en", "es"],
        kind="about",
        title_en="About us",
        title_es="Quiénes somos",
        title_ar="من نحن",
        body_en="<h2>Who we are</h2><p>Ten people in <strong>two</strong> towns.</p>",
    )


def change(page, language, **values):
    row = own_pages.edition_of(page, language)
    for name, value in values.items():
        setattr(row, name, value)
    own_pages.save(page, by=SYSTEM, editions=[row])


def test_a_page_shows_its_words_and_leads_to_its_other_languages(client, about):
    page = client.get("/en/about-us/").text

    assert '<h1 class="own-page__title">About us</h1>' in page
    assert "<h2>Who we are</h2>" in page
    assert f'hreflang="es" href="{settings.SITE_URL}/es/quienes-somos/"' in page
    assert 'hreflang="ar"' not in page
    assert f'<link rel="canonical" href="{settings.SITE_URL}/en/about-us/">' in page


def test_a_draft_is_not_there(client, about):
    assert client.get("/ar/من-نحن/").status_code == 404
    change(about, "en", is_published=False)
    assert client.get("/en/about-us/").status_code == 404
    assert "hreflang" not in client.get("/es/quienes-somos/").text.partition("</head>")[0]


@pytest.mark.parametrize("path", ["/en/about-us", "/en/quienes-somos/", "/en/quienes-somos/?a=b"])
def test_a_page_is_found_without_its_slash_and_by_its_slug_in_another_language(client, about, path):
    response = client.get(path)

    assert (response.status_code, response["Location"].partition("?")[0]) == (301, "/en/about-us/")


def test_nothing_is_led_to_an_address_where_nothing_stands(client, about):
    assert client.get("/en/nothing").status_code == 404
    assert client.get("/en/region").status_code == 404


def test_a_changed_slug_leads_to_where_the_page_stands_now(client, about):
    change(about, "en", slug="we")
    change(about, "en", slug="us")

    assert client.get("/en/about-us/")["Location"] == "/en/us/"
    assert client.get("/en/we/")["Location"] == "/en/us/"
    change(about, "en", is_published=False)
    assert client.get("/en/we/").status_code == 404


def test_a_deleted_page_says_that_it_is_gone(client, about):
    about.delete()

    assert client.get("/en/about-us/").status_code == 410
    assert client.get("/ar/من-نحن/").status_code == 404


def test_a_page_can_be_read_as_markdown_and_in_words_only(client, about):
    words = client.get("/en/about-us/index.md").text

    assert "# About us" in words
    assert "Ten people in **two** towns." in words
    assert f'"es": "{settings.SITE_URL}/es/quienes-somos/index.md"' in words
    assert "<h1>About us</h1>" in client.get("/en/lite/about-us/").text


def test_a_page_leads_to_stories_that_can_be_read(client):
    live, draft = factories.story(live=["en"]), factories.story(title_en="Draft")
    body = f'<p><a data-article="{live.pk}">Read</a> <a data-article="{draft.pk}">not</a></p>'
    page = factories.own_page(body_en=body)

    words = client.get(page.editions.get().url).text

    assert factories.edition(live).url in words
    assert ">not<" not in words
    assert "not</p>" in words


def test_the_foot_leads_to_pages_in_their_order_but_to_those_that_stand_elsewhere(client):
    for position, name in enumerate(("Last", "First", "Menu only")):
        factories.own_page(title_en=name, position=2 - position, in_foot=name != "Menu only")
    factories.story(live=["en"])

    foot = client.get("/en/").text.partition('class="footer__pages"')[2].partition("</ul>")[0]

    assert re.findall(r">\s*(Last|First|Menu only)\s*<", foot) == ["First", "Last"]


def test_a_sitemap_names_the_pages_of_a_language(client, about):
    factories.story(live=["en"])

    words = client.get(reverse("articles:lists_sitemap", kwargs={"language": "en"})).text

    assert f"<loc>{settings.SITE_URL}/en/about-us/</loc>" in words
    assert "quienes-somos" not in words


def test_machines_are_told_what_the_publisher_stands_for_in_each_language(client):
    story = factories.story(live=["en", "es"])
    for kind in POLICIES:
        factories.own_page(
            live=["en"], kind=kind, title_en=f"Our {kind}", title_es=f"Borrador {kind}"
        )

    told = [client.get(factories.edition(story, code).url).text for code in ("en", "es")]

    assert set(POLICIES.values()) >= {
        *("publishingPrinciples", "ethicsPolicy", "correctionsPolicy", "ownershipFundingInfo"),
        "masthead",
    }
    named = {kind: f'"{policy}":"{settings.SITE_URL}/en/' for kind, policy in POLICIES.items()}
    assert [kind for kind, words in named.items() if f"{words}our-{kind}/" not in told[0]] == []
    assert [policy for policy in POLICIES.values() if f'"{policy}":' in told[1]] == []


def test_nothing_that_collects_mail_addresses_finds_one_on_the_page_for_letters(client):
    site = site_actions.settings_row()
    site.contact = "paper@post.example"
    site.accounts = "https://social.example/@post"
    site_actions.save(site)
    story = factories.story(live=["en"])
    page = factories.own_page(
        kind="contact", body_en="<p>Write to desk@post.example &amp; 'us', or call 3.</p>"
    )

    pages = [
        client.get(edition.url).text for edition in (page.editions.get(), factories.edition(story))
    ]

    assert [re.findall(r"\w+@post", html) for html in pages] == [[], []]
    description = re.search(r'<meta name="description" content="([^"]*)"', pages[0])[1]
    assert unescape(description) == "Write to desk@post.example & 'us', or call 3."
    told = map(json.loads, re.findall(r"ld\+json\">(.*?)</script>", pages[1]))
    objects = (node for document in told for node in document["@graph"])
    publisher = next(node["publisher"] for node in objects if "publisher" in node)
    assert publisher["email"] == "paper@post.example"
    assert publisher["sameAs"] == ["https://social.example/@post"]


def test_a_page_is_told_machines_as_what_it_is(client, about):
    assert '"@type":"AboutPage"' in client.get("/en/about-us/").text


@pytest.mark.parametrize("named", [["mailto:a@example.org"], []])
def test_security_txt_names_the_page_on_reports_as_the_policy(client, settings, named):
    settings.SECURITY_CONTACT = named
    factories.own_page(live=["en", "es"], kind="security", slugs={"en": "reports", "es": "avisos"})

    words = client.get("/.well-known/security.txt").text

    assert f"Contact: {named[0] if named else f'{settings.SITE_URL}/en/reports/'}\n" in words
    assert (
        f"Policy: {settings.SITE_URL}/en/reports/\nPolicy: {settings.SITE_URL}/es/avisos/" in words
    )
