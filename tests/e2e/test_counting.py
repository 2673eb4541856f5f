"""The count beside a headline."""

import pytest
from playwright.sync_api import expect

from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_length_of_a_headline_stands_beside_it_and_nothing_is_cut(desk):
    article = story(title_en="Ferry")
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    title, count = desk.locator("#id_title_en"), desk.locator("#id_title_en_count")

    expect(count).to_have_text("Characters: 5 of 300")
    expect(title).to_have_accessible_description("Characters: 5 of 300")
    title.fill("x" * 400)
    expect(count).to_have_text("Characters: 400 of 300")
    expect(title).to_have_value("x" * 400)
