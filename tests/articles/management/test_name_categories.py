"""Categories get names in a language that the site has got since it began."""

import pytest
from django.core.management import CommandError, call_command

from articles.management import naming_categories, starting_categories
from articles.models import Category
from newsroom.management import doctor
from tests import factories

# Names of rows, which are asked for one by one.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENGLISH, PORTUGUESE = ("en", "English"), ("pt", "Português")


@pytest.fixture
def began(settings):
    """A site that began in English, where one was renamed and one is its own, and has Portuguese since."""
    Category.objects.all()._raw_delete("default")
    settings.LANGUAGES = [ENGLISH]
    starting_categories.create(starting_categories.named("world", languages=["en"]))
    Category.objects.filter(name_en="Spain").update(name_en="Next door")
    factories.CategoryFactory(name_en="Harbour")
    settings.LANGUAGES = [ENGLISH, PORTUGUESE]


def test_what_the_start_knows_is_named_and_what_the_site_has_named_stays(began, capsys):
    Category.objects.filter(name_en="France").update(name_pt="A França")

    call_command("name_categories")

    names = dict(Category.objects.values_list("name_en", "name_pt"))
    assert (names["Germany"], names["Middle East"]) == ("Alemanha", "Médio Oriente")
    assert (names["France"], names["Next door"], names["Harbour"]) == ("A França", None, None)
    assert Category.objects.get(name_pt="Alemanha").slug_pt == "alemanha"
    assert "Without a name in Português: Next door, Harbour." in capsys.readouterr().out
    assert naming_categories.fill("world") == 0


def test_the_doctor_says_which_have_none_and_what_names_them(began, settings):
    (sentence,) = naming_categories.in_categories()
    assert "no name in Português (" in sentence
    assert "run manage.py name_categories" in sentence
    assert naming_categories.in_categories in [look for _name, look, _needs in doctor.parts()]

    settings.LANGUAGES = [ENGLISH]
    assert not list(naming_categories.in_categories())


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(began):
    with pytest.raises(CommandError, match="no.json cannot be read"):
        call_command("name_categories", "no.json")
