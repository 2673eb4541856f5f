from importlib import import_module

import pytest
from django.apps import apps

from articles.models import Author, OldAddress, Tag
from tests import factories

pytestmark = pytest.mark.django_db


def test_two_people_of_one_name_have_two_addresses():
    slugs = [factories.AuthorFactory(name_en="Ana Duarte").slug for _ in range(3)]

    assert slugs == ["ana-duarte", "ana-duarte-2", "ana-duarte-3"]


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        ({"name_en": "Şükrü Yılmaz"}, "sukru-yilmaz"),
        ({"name_en": "", "name_ar": "آنا"}, "آنا"),
        ({"name_en": "?"}, "author"),
    ],
)
def test_an_author_always_has_an_address(names, slug):
    author = factories.AuthorFactory(**names)

    assert author.slug == slug
    assert author.url_in("es").startswith("/es/author/")


def migrate():
    migration = import_module("articles.migrations.0019_slugs_without_accents")
    migration.forwards(apps, None)
    return {row.path: row.target for row in OldAddress.objects.all()}


def with_slug(thing, **slugs):
    type(thing)._base_manager.filter(pk=thing.pk).update(**slugs)
    OldAddress.objects.all().delete()
    return thing


def test_the_migration_spells_slugs_as_new_ones_are_and_keeps_their_addresses():
    factories.AuthorFactory(name_en="Lucia Ferrer")
    lucia = with_slug(factories.AuthorFactory(name_en="L"), slug="lucía-ferrer")
    tag = factories.TagFactory(name="Ano", label_pt="Año", label_ar="سنة")
    with_slug(tag, slug="año-nuevo", label_slug_pt="año")

    by_path = migrate()

    tag = Tag.objects.get(pk=tag.pk)
    assert Author.objects.get(pk=lucia.pk).slug == "lucia-ferrer-2"
    assert (tag.slug, tag.label_slug_pt, tag.label_slug_ar) == ("ano-nuevo", "ano", "سنة")
    codes = ("en", "es", "pt", "ar")
    assert by_path == {f"/{code}/author/lucía-ferrer/": lucia for code in codes} | {
        "/en/tag/año-nuevo/": tag,
        "/es/tag/año-nuevo/": tag,
        "/pt/tag/año/": tag,
    }
    assert migrate() == by_path


def test_the_migration_takes_no_address_that_leads_to_somebody_else():
    other = factories.AuthorFactory(name_en="Other")
    lucia = with_slug(factories.AuthorFactory(name_en="L"), slug="lucía")
    OldAddress.objects.create(path="/en/author/lucia/", author=other)
    OldAddress.objects.create(path="/en/author/lucia-2/")

    by_path = migrate()

    assert Author.objects.get(pk=lucia.pk).slug == "lucia-2"
    assert by_path["/en/author/lucia/"] == other
    assert "/en/author/lucia-2/" not in by_path
