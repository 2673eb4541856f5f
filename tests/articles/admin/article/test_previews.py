"""The preview of a story in the admin, and the links that are made there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import PreviewLink
from tests.factories import story

pytestmark = pytest.mark.once

PREVIEW, PAGE = "articles_article_preview", "articles_article_preview_page"
CHANGE = "articles_article_change"


@pytest.fixture
def draft(db):
    return story(title_en="A", body_en="<p>Words.</p>", title_ar="ب", body_ar="<p>كلمات.</p>")


def test_the_page_stands_in_a_frame_of_the_same_site_alone(editor, draft):
    outer = editor.open(PREVIEW, draft.pk, "ar", width="phone", scheme="dark")
    inner = editor.open(PAGE, draft.pk, "ar")

    page = outer.content.decode()
    address = reverse(f"admin:{PAGE}", args=[draft.pk, "ar"])
    assert 'class="preview preview--phone"' in page
    assert f'src="{address}?scheme=dark"' in page
    assert "frame-src 'self'" in outer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outer["Content-Security-Policy"]
    assert page.count('aria-current="true"') == 3
    assert "frame-ancestors 'self'" in inner["Content-Security-Policy"]
    assert inner["X-Frame-Options"] == "SAMEORIGIN"
    assert inner["Cache-Control"].startswith("private, no-store")
    assert "كلمات." in inner.content.decode()


@pytest.mark.parametrize(("scheme", "condition"), [("dark", "min"), ("light", "max")])
def test_the_colours_are_chosen_in_the_stylesheets_of_readers(editor, draft, scheme, condition):
    page = editor.open(PAGE, draft.pk, "en", scheme=scheme).content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)

    assert f'<meta name="color-scheme" content="{scheme}">' in page
    assert all(f"/preview/style/{scheme}/css/" in sheet for sheet in sheets)
    tokens = editor.client.get(sheets[0].replace("css/site", "css/tokens")).content.decode()
    assert f"@media screen and ({condition}-width: 0)" in tokens
    assert "prefers-color-scheme" not in tokens
    fonts = editor.client.get(sheets[0].replace("css/site", "css/fonts")).content.decode()
    assert 'url("/static/fonts/' in fonts
    assert editor.client.get(f"{sheets[0]}/../../../x.css").status_code == 404


def test_the_bar_is_there_in_a_language_with_other_plurals(editor, draft):
    address = reverse(f"admin:{PREVIEW}", args=[draft.pk, "ar"])
    assert editor.client.get(address, headers={"accept-language": "ar"}).status_code == 200


def test_a_link_is_shown_once_and_listed_with_the_story_where_it_is_revoked(editor, draft, said):
    post = editor.client.post
    made = post(reverse("admin:articles_article_preview_link", args=[draft.pk, "en"]), {"days": 7})
    address = re.search(r"https?://\S+(/preview/\w+/)", said(made)[0])[1]
    link = PreviewLink.objects.get()
    shown = editor.open(PREVIEW, draft.pk, "en").content.decode()

    page = editor.open(CHANGE, draft.pk).content.decode()
    before = Client().get(address).status_code
    post(reverse("admin:articles_article_preview_revoke", args=[link.pk]))

    assert reverse(f"admin:{PREVIEW}", args=[draft.pk, "ar"]) in page
    assert f'form="revoke-preview-{link.pk}"' in page
    assert "made a preview link of" in page
    assert address in shown
    assert address not in page
    assert (before, Client().get(address).status_code) == (200, 410)
    assert "Links to previews" not in editor.open(CHANGE, draft.pk).content.decode()


def test_who_may_not_change_a_story_looks_at_it_and_gives_no_link(editor, writer, client, draft):
    names = (PREVIEW, PAGE, "articles_article_preview_link")
    addresses = [reverse(f"admin:{name}", args=[draft.pk, "en"]) for name in names]
    editor.client.post(addresses[2], {"days": 1})
    revoke = reverse("admin:articles_article_preview_revoke", args=[PreviewLink.objects.get().pk])

    looked = [writer.client.get(address).status_code for address in addresses]
    sent = [
        writer.client.post(address, {"days": 1}).status_code for address in (addresses[2], revoke)
    ]

    assert looked == [200, 200, 405]
    assert sent == [403, 403]
    assert {client.get(address).status_code for address in addresses} == {302}
    assert {client.post(address).status_code for address in (addresses[2], revoke)} == {302}
    for name, language in ((PREVIEW, "es"), (PAGE, "pt"), (PAGE, "xx")):
        assert editor.open(name, draft.pk, language).status_code == 404
    wrong = {"days": "400"}
    assert editor.client.post(addresses[2], wrong).status_code == 404
    assert PreviewLink.objects.count() == 1
