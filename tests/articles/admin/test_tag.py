"""Tags: labels and spellings, and making one of two."""

import pytest
from django.urls import reverse

from articles.models import OldAddress, Tag, TagAlias
from tests.articles.admin.conftest import FormReader
from tests.factories import TagFactory, story

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = pytest.mark.once

LIST = "articles_tag_changelist"
CHANGE = "articles_tag_change"
ADD = "articles_tag_add"


@pytest.fixture
def us(db):
    return TagFactory(name="US", slug="us", label_es="EE. UU.")


def spellings(tag):
    return set(tag.aliases.values_list("text", flat=True))


def test_the_field_of_tags_finds_a_tag_by_any_spelling(editor, us):
    for term in ("us", "ee uu", "EE.UU"):
        rows = editor.open("articles_tag_words", term=term).json()["results"]
        assert rows == [{"id": "US", "name": "US", "text": "US · EE. UU.", "exact": True}]


def test_the_tag_that_a_word_means_is_offered_before_those_that_only_hold_it(editor, us):
    for name in ("Business", "Russia", "Usability", *(f"Australia {n}" for n in range(30))):
        TagFactory(name=name)

    rows = editor.open("articles_tag_words", term="Us").json()["results"]

    assert [row["id"] for row in rows[:3]] == ["US", "Usability", "Australia 0"]
    assert [row["exact"] for row in rows] == [True] + [False] * 19


@pytest.mark.both
def test_a_word_finds_what_resembles_it_after_what_it_means(editor):
    for name in ("Anon", "Año", "Ano", "Annoy"):
        TagFactory(name=name)

    rows = editor.open("articles_tag_words", term="ano").json()["results"]
    listed = editor.open(LIST, q="áno").context_data["cl"].result_list

    assert [(row["id"], row["exact"]) for row in rows] == [
        ("Ano", True),
        ("Año", False),
        ("Anon", False),
    ]
    assert {tag.name for tag in listed} == {"Anon", "Año", "Ano"}


def test_a_tag_that_resembles_another_is_asked_about_once(editor):
    TagFactory(name="País")

    asked = editor.save(ADD, fields={"name": "Pais"})
    form = asked.context_data["adminform"].form
    kept = editor.save(ADD, fields={"name": "Pais", "asked": form["asked"].value()})

    assert form.errors["name"] == [
        "“Pais” resembles the tag “País”. Use that tag, or save again to keep both."
    ]
    assert 'name="asked" value="pais"' in asked.content.decode()
    assert kept.status_code == 302
    assert set(Tag.objects.values_list("name", flat=True)) == {"País", "Pais"}


def test_the_question_keeps_what_was_typed_and_says_nothing_else(editor):
    TagFactory(name="País")

    asked = editor.save(ADD, fields={"name": "Pais", "label_es": "Pais"}).content.decode()
    form = FormReader(asked)
    kept = editor.client.post(reverse(f"admin:{ADD}"), form.values)

    assert form.values["name"] == form.values["label_es"] == ["Pais"]
    assert "holds no letter" not in asked
    assert kept.status_code == 302
    assert Tag.objects.get(name="Pais").label_es == "Pais"


def test_a_story_asks_once_about_a_new_tag_that_resembles_one(editor):
    TagFactory(name="País")
    article = story(title_en="Ferry", tags=["Water"])
    page, key = "articles_article_change", article.pk

    asked = editor.save(page, key, fields={"tags": ["Water", "Pais", "New"]})
    fields = {"tags": ["Water", "Pais", "New"], "tags-asked": "Pais"}

    assert asked.context_data["adminform"].form.errors["tags"] == [
        "“Pais” resembles the tag “País”. Use that tag, or save again to keep both."
    ]
    assert '<input type="hidden" name="tags-asked" value="Pais">' in asked.content.decode()
    assert editor.save(page, key, fields=fields).status_code == 302
    assert set(article.tags.names()) == {"Water", "Pais", "New"}


def test_a_story_takes_the_spelling_of_a_tag_without_a_question(editor):
    TagFactory(name="País")
    TagFactory(name="Pais")
    article = story(title_en="Ferry")

    editor.save("articles_article_change", article.pk, fields={"tags": ["PAÍS"]})

    assert list(article.tags.names()) == ["País"]


def test_words_that_came_as_one_are_a_tag_each_unless_a_tag_is_called_so(editor):
    TagFactory(name="Washington, D.C.")
    article = story(title_en="Ferry")
    pasted = "Syria\tUS\nRussia; Daesh،حلب；上海"

    fields = {"tags": [pasted, "US", "Washington, D.C."]}
    editor.save("articles_article_change", article.pk, fields=fields)

    words = {"Syria", "US", "Russia", "Daesh", "حلب", "上海", "Washington, D.C."}
    assert set(article.tags.names()) == words
    assert (
        "holds no letter"
        in editor.save("articles_article_change", article.pk, fields={"tags": ["; ;"]}).text
    )


def test_new_spellings_are_added(editor, us):
    fields = {"aliases-0-text": "USA", "aliases-1-text": "United States"}
    form = editor.form(CHANGE, us.pk)
    rows = int(form.values["aliases-INITIAL_FORMS"][0])
    fields = {f"aliases-{rows}-text": "USA", f"aliases-{rows + 1}-text": "United States"}

    editor.save(CHANGE, us.pk, form=form, fields=fields)

    assert spellings(us) == {"US", "EE. UU.", "USA", "United States"}


@pytest.mark.both
def test_slugs_follow_the_name_and_the_labels_and_typed_ones_are_cleaned(editor):
    fields = {"name": "Łódź", "label_es": "Año", "label_slug_pt": "A Água", "label_pt": "Água"}

    editor.save(ADD, fields=fields)

    tag = Tag.objects.get()
    assert (tag.slug, tag.label_slug_es, tag.label_slug_pt) == ("lodz", "ano", "a-agua")


def test_a_second_tag_of_the_same_slug_gets_a_number(editor):
    TagFactory(name="Covid 1", slug="covid")

    response = editor.save(ADD, fields={"name": "Covid"})

    assert response.status_code == 302
    assert Tag.objects.get(name="Covid").slug == "covid-2"


@pytest.mark.both
def test_a_spelling_that_the_tag_has_already_is_passed_over(editor):
    fields = {
        "name": "Covid",
        "slug": "covid",
        "aliases-0-text": "COVID",
        "aliases-1-text": "covid",
    }

    response = editor.save(ADD, fields=fields)

    assert response.status_code == 302
    assert spellings(Tag.objects.get()) == {"Covid"}


def test_a_spelling_whose_letters_stand_for_many_is_added(editor, us):
    form = editor.form(CHANGE, us.pk)
    rows = int(form.values["aliases-INITIAL_FORMS"][0])

    response = editor.save(CHANGE, us.pk, form=form, fields={f"aliases-{rows}-text": "\ufdfa" * 20})

    assert response.status_code == 302
    assert "\ufdfa" * 20 in spellings(us)


def test_a_spelling_of_another_tag_is_refused(editor, us):
    other = TagFactory(name="Usa town", slug="usa-town")

    form = editor.form(CHANGE, other.pk)
    rows = int(form.values["aliases-INITIAL_FORMS"][0])
    response = editor.save(CHANGE, other.pk, form=form, fields={f"aliases-{rows}-text": "u.s."})

    assert response.status_code == 200
    assert "already means the tag" in response.content.decode()


@pytest.mark.both
def test_the_name_of_a_tag_stays_its_spelling(editor, us):
    form = editor.form(CHANGE, us.pk)
    row = next(
        name.removesuffix("-id")
        for name, values in form.values.items()
        if name.endswith("-id") and values == [str(us.aliases.get(text="EE. UU.").pk)]
    )

    editor.save(CHANGE, us.pk, form=form, fields={f"{row}-DELETE": "on"})

    assert "EE. UU." in spellings(us)


def test_a_changed_label_leaves_its_old_address_behind(editor, us):
    editor.save(
        CHANGE, us.pk, fields={"label_es": "Estados Unidos", "label_slug_es": "estados-unidos"}
    )

    assert OldAddress.objects.get(path="/es/tag/ee-uu/").tag == us


def test_the_list_costs_the_same_for_one_tag_as_for_many(
    editor, us, django_assert_max_num_queries, django_assert_num_queries
):
    editor.open(LIST)
    with django_assert_max_num_queries(10) as few:
        editor.open(LIST)
    for _ in range(5):
        story(title_en="A", tags=[TagFactory(), us])

    with django_assert_num_queries(len(few)):
        editor.open(LIST)


def merge(desk, *tags, keep=None):
    values = {"action": "merge", "_selected_action": [tag.pk for tag in tags]}
    if keep:
        values["keep"] = keep.pk
    return desk.client.post(reverse(f"admin:{LIST}"), values)


def test_merging_asks_which_tag_should_stay(editor, us):
    other = TagFactory(name="America")

    page = merge(editor, us, other).content.decode()

    assert "Which tag should stay?" in page
    assert Tag.objects.count() == 2


def test_merging_keeps_stories_spellings_labels_and_addresses(editor, us):
    america = TagFactory(name="America", slug="america", label_pt="Estados Unidos da América")
    both = story(live=["en"], tags=[us, america])
    one = story(live=["en"], tags=[america])

    merge(editor, us, america, keep=us)

    us.refresh_from_db()
    assert list(Tag.objects.all()) == [us]
    assert list(both.tags.all()) == list(one.tags.all()) == [us]
    assert {"US", "America", "Estados Unidos da América"} <= spellings(us)
    assert us.label_pt == "Estados Unidos da América"
    assert OldAddress.objects.get(path="/en/tag/america/").tag == us
    assert editor.client.get("/en/tag/america/").url == "/en/tag/us/"


@pytest.mark.both
def test_merging_needs_two_tags(editor, us, said):
    response = merge(editor, us)

    assert response.status_code == 302
    assert "Choose two or more." in said(response)


@pytest.mark.both
def test_a_writer_cannot_merge(writer, us):
    other = TagFactory(name="America")

    merge(writer, us, other, keep=us)

    assert Tag.objects.count() == TagAlias.objects.values("tag").distinct().count() == 2


def test_a_merge_has_no_choice_made_beforehand(editor):
    chosen = [TagFactory(name="Ports").pk, TagFactory(name="Harbours").pk]
    fields = {"action": "merge", "_selected_action": chosen}

    page = editor.client.post(reverse(f"admin:{LIST}"), fields).content.decode()

    assert page.count('type="radio"') == 2
    assert " checked" not in page[page.index('type="radio"') :]
    assert Tag.objects.filter(pk__in=chosen).count() == 2


def test_a_tag_gets_its_kind_on_its_page(editor):
    tag = TagFactory()

    editor.save("articles_tag_change", tag.pk, fields={"kind": "series"})

    tag.refresh_from_db()
    assert tag.kind == "series"
