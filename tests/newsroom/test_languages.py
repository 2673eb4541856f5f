"""Which languages a site can be in."""

from newsroom.languages import LANGUAGES

PROMISED = """
en es pt pt-br fr de it nl ca pl cs ro hu el tr ru uk bg sr sr-latn ar fa ur he ku hi bn ta id ms vi th
zh-hans zh-hant ja ko sw am ha so ps en-simple es-simple pt-simple de-simple
"""


def test_a_language_that_a_site_may_be_in_is_never_taken_from_it():
    assert set(PROMISED.split()) <= LANGUAGES.keys()
