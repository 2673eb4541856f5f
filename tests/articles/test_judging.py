"""What looks like spam, by a thousand samples of it, and what does not, in four languages."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import judging
from articles.actions import commenting
from articles.models import Comment, CommentRule
from tests import factories
from tests.articles import honest, spam

PEOPLE = [(language, words) for language, all_ in spam.BY_PEOPLE.items() for words in all_]


def signs(words, name="Rana", language="en", **options):
    return dict(judging.judge(words, name, language=language, **options))


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Look at https://x.example", "links"),
        ("So says bbc.com", "links"),
        ('<a href="x">y</a>', "markup"),
        ("[url=x]y[/url]", "markup"),
        ("V.i.a.g.r.a for you", "trade"),
        ("v1agra for you", "trade"),
        ("vi\u00adagra for you", "trade"),
        ("vіаgrа for you", "trade"),
        ("A саsino here", "mixed"),
        ("Я хочу это купить сегодня", "script"),
        ("Write to me: a.b@mail.example", "contact"),
        ("buy buy buy buy buy buy now", "repeated"),
        ("NOBODY EVER TELLS THE TRUTH ABOUT THIS", "shouting"),
    ],
)
def test_a_sign_is_found(words, sign):
    assert sign in signs(words)


@pytest.mark.parametrize(
    "words", ["A specialist said so.", "The socialist party.", "Mr. P. J. O. Brien", "3.5 per cent"]
)
def test_what_only_contains_a_sign_has_none(words):
    assert signs(words) == {}


def test_a_held_word_is_found_at_the_beginning_of_a_word_in_any_spelling():
    assert "held" in signs("¡TRAIDORES!", held_words=["traidor"])
    assert "held" in signs("هؤلاء خونة", held_words=["خون"])
    assert "held" not in signs("The contraction of it", held_words=["traction"])
    assert "held" not in signs("Anything", held_words=["", " "])


@pytest.mark.parametrize("words", ["\ufdfa" * 5000, "a-" * 2500, "a" * 5000, "1 " * 2500])
def test_no_words_keep_the_judge_busy(words):
    held_words = [f"word {number}" for number in range(500)]
    start = time.process_time()
    signs(words, held_words=held_words)

    assert time.process_time() - start < 1


@pytest.mark.parametrize(("language", "words"), PEOPLE)
def test_what_people_write_is_no_spam_in_any_language(language, words):
    assert not judging.is_spam(judging.judge(words, "Rana", language=language))


def test_most_of_what_people_write_has_no_sign_at_all():
    held = [words for language, words in PEOPLE if signs(words, language=language)]

    assert len(held) <= len(PEOPLE) // 4, held


def test_of_two_hundred_honest_comments_none_is_spam_and_most_have_no_sign():
    comments = honest.comments()
    judged = [
        (words, judging.judge(words, "Rana", language=language)) for language, words in comments
    ]

    assert len(comments) == 4 * honest.EACH
    assert [words for words, signs in judged if judging.is_spam(signs)] == []
    assert sum(bool(signs) for _words, signs in judged) < len(judged) // 2


@pytest.mark.django_db
@pytest.mark.once
def test_of_a_thousand_spam_comments_none_is_published_and_nearly_all_are_put_aside():
    CommentRule.objects.create()
    edition = factories.live_edition()
    now = timezone.now()
    judged = [judging.judge(words, name, language="en") for name, words in spam.samples()]
    put_aside = sum(map(judging.is_spam, judged))

    # By the verb itself only some: each writes a row.
    states = Counter()
    for number, (name, words) in enumerate(list(spam.samples())[::19]):
        moment, sender = now + timedelta(seconds=number), f"192.0.2.{number}"
        made = commenting.write(edition, name=name, words=words, sender=sender, now=moment)
        states[made.state] += 1

    assert len(judged) == spam.NUMBER
    assert all(judged[number] for number in range(spam.NUMBER) if number % 12 != 11)
    assert put_aside >= 700, put_aside
    assert not Comment.objects.published().exists()
    assert states["spam"] >= 35
