from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError

from articles.importers.story import TagLabel
from articles.importers.writer.given import Given
from articles.importers.writer.topics import Tags, set_tags
from articles.models import Article, Tag, TagAlias
from tests import factories

pytestmark = pytest.mark.django_db

SPELLINGS = ("US", "us", "U.S.", "EUA", "EE. UU.", "الولايات المتحدة")


class TagsForm(forms.ModelForm):
    class Meta:
        model = Article
        fields = ["tags"]


def by_add(article, words):
    article.tags.add(*words)


def by_set(article, words):
    article.tags.set(words)


def by_form(article, words):
    form = TagsForm({"tags": ", ".join(f'"{word}"' for word in words)}, instance=article)
    assert form.is_valid(), form.errors
    form.save()


def by_import(article, words):
    notes, _changed = set_tags(
        article, [TagLabel(name=word) for word in words], Given({}, ""), tags=Tags()
    )
    return list(notes)


WAYS = [by_add, by_set, by_form, by_import]


def us():
    tag = factories.TagFactory(name="US", label_es="EE. UU.", label_pt="EUA")
    tag.learn("الولايات المتحدة")
    return tag


@pytest.mark.parametrize("way", WAYS)
def test_all_spellings_are_one_concept_whichever_way_they_come(way):
    tag, article = us(), factories.ArticleFactory()

    way(article, SPELLINGS)

    assert list(article.tags.all()) == [tag]
    assert Tag.objects.count() == 1


@pytest.mark.parametrize("way", WAYS)
def test_spellings_that_are_new_become_one_concept_too(way):
    article = factories.ArticleFactory()

    way(article, ["Raqqa", "RAQQA", "Ra-qqa"])

    assert Tag.objects.get().slug in {"raqqa", "ra-qqa"}
    assert article.tags.count() == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "words", [("C", "C++", "C#"), ("+972", "972"), ("País", "Pais"), ("avó", "avô")]
)
def test_words_that_only_resemble_each_other_are_tags_of_their_own(way, words):
    article = factories.ArticleFactory()

    way(article, words)

    assert set(article.tags.names()) == set(words)
    assert len(set(article.tags.slugs())) == len(words)


def test_tags_that_resemble_a_word_are_found():
    tag = factories.TagFactory(name="País", label_pt="Pátria")

    for words in ("Pais", "PÀIS", "patria"):
        assert list(Tag.objects.resembling(words)) == [tag]
    assert not Tag.objects.resembling("país").exists()


def test_an_import_names_a_new_tag_that_resembles_another():
    factories.TagFactory(name="País")
    article = factories.ArticleFactory()

    assert by_import(article, ["Pais"]) == [
        "“Pais” is a new tag, which resembles “País”: merge the two if they mean the same."
    ]
    assert by_import(article, ["PAIS"]) == []


@pytest.mark.parametrize("words", ["us", "EUA", "US"])
def test_a_tag_is_taken_off_by_any_spelling(words):
    article = factories.story(tags=[us(), "Water"])

    article.tags.remove(words)

    assert list(article.tags.names()) == ["Water"]


@pytest.mark.parametrize("change", [{"name": "Eua"}, {"name": "x", "label_ar": "ee uu"}])
def test_a_spelling_of_another_tag_is_refused_in_words_and_nothing_is_saved(change):
    us()

    for save in (lambda tag: tag.full_clean(exclude=["slug"]), lambda tag: tag.save()):
        with pytest.raises(ValidationError, match="already means the tag “US”"):
            save(Tag(**change))

    assert (Tag.objects.count(), TagAlias.objects.count()) == (1, 4)


@pytest.mark.parametrize("words", ["?!", "", "x" * 101, "-", "😀", "++"])
def test_what_is_no_usable_word_is_refused(words):
    article = factories.ArticleFactory()

    with pytest.raises(ValidationError):
        article.tags.add(words)

    assert not Tag.objects.exists()


def test_a_letter_that_folds_to_many_fits():
    tag = factories.TagFactory(name="\ufdfa" * 30, slug="x")

    assert Tag.objects.meaning("\ufdfa" * 30).get() == tag


def test_a_new_name_keeps_the_old_spelling():
    tag = us()
    tag.name = "United States"
    tag.save()

    assert Tag.objects.meaning("us").get() == Tag.objects.meaning("united states").get() == tag


def test_slugs_are_per_language():
    tag = us()

    assert (tag.slug_in("en"), tag.slug_in("es"), tag.slug_in("pt")) == ("us", "ee-uu", "eua")
    assert tag.url_in("pt") == "/pt/tag/eua/"


def test_the_slug_of_a_label_is_not_that_of_another_tag():
    factories.TagFactory(name="First", slug="water")

    second = factories.TagFactory(name="Second", label_es="Water")

    assert second.slug_in("es") == "water-2"


def test_a_name_without_latin_letters_has_a_slug():
    assert Tag.objects.named("الرقة").slug == "الرقة"


def migration():
    return import_module("articles.migrations.0009_tag_identity")


def test_the_migration_keeps_names_that_were_one_and_tells_new_ones_apart():
    tag = factories.TagFactory(name="País", label_pt="Pais")
    tag.aliases.filter(text="Pais").delete()
    tag.aliases.update(key="pais", folded="")

    migration().forwards(apps, None)

    assert {tuple(row) for row in tag.aliases.values_list("text", "key", "folded")} == {
        ("País", "país", "pais"),
        ("Pais", "pais", "pais"),
    }

    migration().backwards(apps, None)

    assert tag.aliases.get().key == "pais"


def test_the_migration_leaves_two_tags_that_only_a_dotless_i_tells_apart():
    first, second = (factories.TagFactory(name=name) for name in ("Isparta", "Other"))
    first.aliases.update(key="isparta")
    second.aliases.update(text="ısparta", key="ısparta")

    migration().forwards(apps, None)

    assert first.aliases.get().key == "isparta"
    assert second.aliases.get(text="ısparta").key == "ısparta"


def test_what_was_one_tag_by_its_signs_stays_one_and_other_tags_may_be_told_apart_by_them():
    carbon, area = factories.TagFactory(name="CO₂", label_pt="CO2"), factories.TagFactory(name="m²")
    carbon.aliases.filter(text="CO2").delete()
    carbon.aliases.update(key="co2")
    area.aliases.update(key="m2")
    signs = import_module("articles.migrations.0051_tags_by_their_signs")

    signs.forwards(apps, None)

    assert dict(carbon.aliases.values_list("key", "folded")) == {"co₂": "co2", "co2": "co2"}
    assert dict(area.aliases.values_list("key", "text")) == {"m²": "m²", "m2": "m2"}
    assert Tag.objects.named("M 2") == area
    assert Tag.objects.named("2ª") != Tag.objects.named("2a")

    signs.backwards(apps, None)

    assert [alias.key for alias in carbon.aliases.all()] == ["co2"]
    assert [alias.key for alias in area.aliases.all()] == ["m2"]
    assert {tag.name for tag in Tag.objects.all()} == {"CO₂", "m²", "2ª", "2a"}


def test_the_migration_leaves_two_tags_that_only_an_apostrophe_tells_apart():
    first, second = (factories.TagFactory(name=name) for name in ("LAquila", "Other"))
    second.aliases.update(text="L´Aquila", key="ĺaquila")

    import_module("articles.migrations.0051_tags_by_their_signs").forwards(apps, None)

    assert first.aliases.get(text="LAquila").key == "laquila"
    assert second.aliases.get(text="L´Aquila").key == "ĺaquila"
