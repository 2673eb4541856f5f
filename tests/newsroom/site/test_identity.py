import pytest

from newsroom.languages import Label
from newsroom.site import actions, reading
from newsroom.site.identity import Identity

TEXTS = {"en": {"name": "The Post", "strapline": "Every day"}, "es": {"name": "El Correo"}}


def test_a_text_is_in_its_language_or_in_the_first_one_of_the_site_and_marked():
    site = Identity(TEXTS).within("es")

    assert site.name == Label("El Correo", "es")
    assert site.strapline == Label("Every day", "en")
    assert site.own_strapline == ""


def test_a_language_without_a_word_of_its_own_borrows_from_its_main_one_first():
    texts = TEXTS | {"es": {"name": "El Correo", "strapline": "Cada día"}}
    site = Identity(texts).within("es-simple")

    assert (site.name, site.strapline) == (Label("El Correo", "es"), Label("Cada día", "es"))


def test_a_site_that_its_first_language_has_no_name_for_has_that_of_another():
    site = Identity({"es": {"name": "El Correo", "strapline": "Cada día"}}).within("en")

    assert (site.name, site.strapline) == (Label("El Correo", "es"), "")


def test_the_environment_gives_the_name_until_somebody_does(settings):
    settings.SITE_NAME = "The First"

    assert Identity({"en": {"name": ""}}).within("es").name == Label("The First", "en")
    assert Identity().within("es").strapline == ""


@pytest.mark.django_db
def test_what_cannot_be_seen_is_no_text_and_turns_no_other():
    actions.say("en", name="The Post\u202e", strapline="Every day")
    actions.say("es", name="\u200b", strapline=" \u202e\u200b")

    assert reading.current("es").name == Label("The Post", "en")
    assert reading.current("es").strapline == Label("Every day", "en")
