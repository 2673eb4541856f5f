"""Fields of models that Django has no such ones of."""

from newsroom.db.fields import WebAddressField


def test_an_address_has_its_scheme_in_small_letters_whoever_gives_it():
    field = WebAddressField(blank=True)
    form_field = field.formfield()

    for given, stored in (
        ("HTTPS://Example.org/A", "https://Example.org/A"),
        ("example.org", "https://example.org"),
        ("", ""),
    ):
        assert form_field.clean(given) == stored
    assert field.clean("Http://example.org/", None) == "http://example.org/"
