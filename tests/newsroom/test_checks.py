"""What `manage.py check` says of the settings of a site."""

from newsroom import checks


def test_an_easy_read_form_without_its_language_is_named(settings):
    settings.LANGUAGES = [("fr", "Français"), ("es-simple", "Español: lectura fácil")]
    (told,) = checks.variants_have_their_main_language(None)

    assert (told.id, "'es-simple' without 'es'" in told.msg) == ("newsroom.W003", True)
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Español")]
    assert checks.variants_have_their_main_language(None) == []
