"""What a page of the site's own may begin as."""

from html import unescape

import pytest

from articles.actions import own_pages, skeletons
from articles.actions.skeletons import KNOWN
from articles.comments import limits
from articles.models import OwnPage


@pytest.mark.parametrize("kind", [kind for kind in OwnPage.Kind if kind != OwnPage.Kind.OTHER])
def test_every_kind_has_questions_that_are_said_in_the_languages_of_editors(kind):
    bodies = [skeletons.body(kind, language=code) for code in ("en", "es", "pt", "ar", "fr")]

    assert len(set(bodies)) == 5
    assert all(own_pages.OPEN in body for body in bodies)


def test_a_page_on_privacy_says_what_is_stored_here():
    words = unescape(skeletons.body("privacy", language="en"))

    assert [
        sentence for sentence in KNOWN[OwnPage.Kind.PRIVACY] if str(sentence) not in words
    ] == []
    for promise in ("no cookie", "never shown", "for two days", "erased for ever"):
        assert promise in words
    assert limits.REMEMBERED.days == 2


def test_the_title_of_a_kind_is_said_in_the_languages_of_editors_and_in_no_other():
    titles = [skeletons.title("imprint", language=code) for code in ("en", "es", "fr", "es-simple")]

    assert titles == ["Imprint", "Aviso legal", "Mentions légales", "Aviso legal"]
    assert [skeletons.title(kind, language="de") for kind in ("imprint", "other", "no")] == [""] * 3


def test_a_language_without_the_words_begins_in_the_first_one_of_the_site(settings):
    first = skeletons.body("about", language=settings.LANGUAGE_CODE)

    assert skeletons.body("about", language="de") == first


@pytest.mark.parametrize("kind", KNOWN)
def test_no_sentence_of_another_language_can_be_published(kind):
    """In one of the editors' languages what is known is said; elsewhere it waits for a translation, as a question for its answer."""
    lines = skeletons.body(kind, language="de").split("\n")
    known = skeletons.body(kind, language="fr").split("\n")[: len(KNOWN[kind])]

    assert all(own_pages.OPEN in line for line in lines)
    assert not any(own_pages.OPEN in line for line in known)


def test_a_kind_without_questions_begins_with_nothing():
    assert skeletons.body("other", language="en") == skeletons.body("nothing", language="en") == ""
