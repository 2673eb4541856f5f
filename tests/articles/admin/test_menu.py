"""The menu by forms that need neither a pointer nor a script."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from articles.models import MenuEntry
from tests import factories, pages

# Forms and what they say; the verbs behind them are asked of both databases in tests/articles/actions/.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST, ADD, CHANGE, BEGIN = (
    f"articles_menuentry_{name}" for name in ("changelist", "add", "change", "begin")
)


@pytest.fixture
def region():
    return factories.CategoryFactory(name_en="Atlantis")


def links(*letters):
    return [
        factories.menu_entry(link=f"https://{letter}.example/", label_en=letter, position=place)
        for place, letter in enumerate(letters)
    ]


def menu_of(client, language):
    """Return where the line of the menu leads to, in its order."""
    links = pages.get(client, f"/{language}/").all("a")
    return [a["href"] for a in links if "navigation__link" in a.get("class", "").split()]


def listed(editor):
    return [str(row) for row in editor.open(LIST).context_data["cl"].result_list]


def test_an_editor_puts_a_category_and_a_link_into_the_menu(editor, client, region):
    factories.live_edition("en", categories=[region])
    link = {"link": "shop.example/en", "label_en": "Shop", "position": "5", "languages": ["en"]}

    editor.save(ADD, fields={"category": str(region.pk)})
    editor.save(ADD, fields=link)

    assert menu_of(client, "en") == ["https://shop.example/en", "/en/region/atlantis/"]
    assert menu_of(client, "es") == []


def test_the_link_by_which_readers_prefer_this_source_is_a_plain_one(editor, client):
    address = "https://www.google.com/preferences/source?q=news.example.org"
    editor.save(ADD, fields={"link": address, "label_en": "Prefer us", "label_ar": "فضّلنا"})

    for language, label in (("en", "Prefer us"), ("ar", "فضّلنا")):
        page = pages.get(client, f"/{language}/")
        assert page.all("a", href=address)
        assert label in page.response.text
        assert "google" not in page.response.headers["Content-Security-Policy"]
        loaded = [*page.all("script"), *page.all("iframe"), *page.all("img"), *page.all("link")]
        assert not [tag for tag in loaded if "google" in str(tag)]


def test_the_menu_of_today_becomes_entries_by_a_button_once(editor, client, said, region):
    factories.live_edition("en", categories=[region])
    before = menu_of(client, "en")
    address = reverse(f"admin:{BEGIN}")

    assert f'action="{address}"' in editor.open(LIST).text
    first = editor.client.post(address, {"language": ""})
    assert "Atlantis" in listed(editor)
    assert f'action="{address}"' not in editor.open(LIST).text
    second, count = editor.client.post(address, {"language": "es"}), MenuEntry.objects.count()

    assert menu_of(client, "en") == before == ["/en/region/atlantis/"]
    assert said(first) == ["The menu has entries now: change what you like."]
    assert said(second) == ["No entry was added: the menu had some before."]
    assert MenuEntry.objects.count() == count == len({e.category for e in MenuEntry.objects.all()})


def test_the_menu_of_a_language_that_the_site_has_not_does_not_begin(editor, said, region):
    answer = editor.client.post(reverse(f"admin:{BEGIN}"), {"language": "xx"})

    assert said(answer) == ["The site has no such language."]
    assert not MenuEntry.objects.exists()


def test_the_menu_begins_by_a_form_with_its_token_of_who_may_add_to_it(editor, writer, region):
    address = reverse(f"admin:{BEGIN}")
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(editor.user, backend="django.contrib.auth.backends.ModelBackend")

    assert editor.client.get(address).url == reverse(f"admin:{LIST}")
    assert forged.post(address).status_code == 403
    assert writer.client.post(address).status_code == 403
    assert not MenuEntry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"link": "ftp://a.example/", "label_en": "A"}, "link"),
        ({"link": "https://a.example/"}, "label_en"),
        ({"link": "https://a.example/", "label_es": "A", "languages": ["ar"]}, "label_ar"),
        ({}, "__all__"),
        ({"link": "https://a.example/", "label_en": "x" * 61}, "label_en"),
        ({"link": "https://a.example/", "label_en": "A", "languages": ["xx"]}, "languages"),
    ],
)
def test_what_stands_in_the_way_is_told_once_at_its_field(editor, fields, field):
    response = editor.save(ADD, fields=fields)

    errors = response.context_data["adminform"].form.errors
    assert {name: len(told) for name, told in errors.items()} == {field: 1}
    assert not MenuEntry.objects.exists()


def test_a_place_that_is_taken_is_told_at_its_field(editor, region):
    factories.menu_entry(category=region)

    response = editor.save(ADD, fields={"category": str(region.pk)})

    assert response.context_data["adminform"].form.errors["category"] == [
        "“Atlantis” stands in the menu already: change that entry."
    ]


def test_two_editors_change_two_things_of_one_entry(editor, second_editor, region):
    entry = factories.menu_entry(category=region)
    opened = editor.form(CHANGE, entry.pk)

    second_editor.save(CHANGE, entry.pk, fields={"label_es": "Otro"})
    editor.save(CHANGE, entry.pk, form=opened, fields={"position": "3"})

    entry.refresh_from_db()
    assert (entry.label_es, entry.position) == ("Otro", 3)


def test_two_editors_of_one_thing_are_asked_which_one_is_to_stay(editor, second_editor, region):
    entry = factories.menu_entry(category=region)
    opened = editor.form(CHANGE, entry.pk)

    second_editor.save(CHANGE, entry.pk, fields={"position": "7"})
    page = editor.save(CHANGE, entry.pk, form=opened, fields={"position": "3"})

    assert "Keep what is saved now" in page.text
    entry.refresh_from_db()
    assert entry.position == 7


def test_a_language_that_the_site_has_left_stays_chosen(editor, region):
    entry = factories.menu_entry(category=region, languages=["en", "fr"])

    editor.save(CHANGE, entry.pk, fields={"position": "3"})

    entry.refresh_from_db()
    assert (entry.languages, entry.position) == (["en", "fr"], 3)


def test_the_list_is_put_in_order_by_its_buttons(editor, said):
    first, _second, last = links("a", "b", "c")
    chosen = {"_selected_action": [first.pk, last.pk]}

    answer = editor.client.post(reverse(f"admin:{LIST}"), {"action": "move_up", **chosen})

    assert listed(editor) == ["a", "c", "b"]
    assert said(answer) == ["“a” is first already.", "“c” stands before “b” now."]
    assert [(log.object_repr, str(log)) for log in LogEntry.objects.all()] == [
        ("c", "Changed “c” — Changed Position.")
    ]


def test_the_list_costs_the_same_for_few_as_for_many(
    editor, region, django_assert_num_queries, django_assert_max_num_queries
):
    factories.menu_entry(category=region)
    factories.menu_entry(page=factories.own_page())
    editor.open(LIST)
    with django_assert_max_num_queries(10) as few:
        editor.open(LIST)
    factories.menu_entry(category=factories.CategoryFactory())
    factories.menu_entry(page=factories.own_page())

    with django_assert_num_queries(len(few)):
        editor.open(LIST)


def test_an_entry_is_deleted_and_its_category_stays(editor, region):
    entry = factories.menu_entry(category=region)

    editor.client.post(reverse("admin:articles_menuentry_delete", args=[entry.pk]), {"post": "yes"})

    region.refresh_from_db()
    assert not MenuEntry.objects.exists()


def test_a_writer_does_not_see_the_menu(writer):
    assert writer.open(LIST).status_code == 403
