"""What looks like spam, by a thousand samples of it, and what does not, in six languages."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import commenting
from articles.comments import spam as judging
from articles.models import Comment, CommentRule
from newsroom.languages import with_columns
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
        ("Sit down: c a s h l o a n s", "apart"),
        ("Our studio builds shops for small firms. Drop us a line.", "offer"),
        ("Diseñamos tiendas. Llámanos y te contamos.", "offer"),
        ("Criamos lojas para a sua empresa. Ligue-nos hoje.", "offer"),
        ("Nous vendons des boutiques en ligne, un devis suffit.", "offer"),
        ("Wir liefern Texte. Rufen Sie noch heute an.", "offer"),
        ("خدماتنا لك، تواصل معنا الآن", "offer"),
        ("Brilliant website, I learn a lot here.", "praise"),
        ("Hervorragende Inhalte, weiter so.", "praise"),
        ("مدونة رائعة، استمر", "praise"),
    ],
)
def test_a_sign_is_found(words, sign):
    assert sign in signs(words)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "We help each other in our street.",
            "Her team won in May, and the companies paid for it.",
        ),
        *("A good report by Ana Duarte.", "They rebuilt the site of the temple in May."),
        "In the U. S. S. R. it was so.",
        "A specialist said so.",
        "The socialist party.",
        "Mr. P. J. O. Brien",
        "3.5 per cent",
    ],
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


def test_of_three_hundred_honest_comments_none_is_spam_and_most_have_no_sign():
    comments = honest.comments()
    judged = [
        (words, judging.judge(words, "Rana", language=language)) for language, words in comments
    ]

    assert len(comments) == len(honest.SENTENCES) * honest.EACH == 300
    assert [words for words, signs in judged if judging.is_spam(signs)] == []
    assert sum(bool(signs) for _words, signs in judged) < len(judged) // 2


def test_each_of_a_thousand_spam_comments_has_a_sign_in_its_words_alone_and_most_are_spam():
    samples = list(spam.samples())
    judged = [judging.judge(sample.words, "Rana", language=sample.language) for sample in samples]

    bare = [sample for sample, signs in zip(samples, judged, strict=True) if not signs]
    assert (len(samples), bare) == (spam.NUMBER, [])
    assert len({sample.words for sample in samples}) > 0.9 * spam.NUMBER
    assert sum(map(judging.is_spam, judged)) > 0.5 * spam.NUMBER


@pytest.mark.parametrize("hold", CommentRule.Hold)
def test_of_a_thousand_spam_comments_none_is_published_whatever_the_rule(hold):
    states = Counter(
        commenting.state_for(
            sample.words,
            judging.judge(sample.words, sample.name, language=sample.language),
            hold=hold,
        )
        for sample in spam.samples()
    )

    assert set(states) == {"spam", "pending"}
    assert states.total() == spam.NUMBER
    assert states["spam"] > 0.6 * spam.NUMBER


@pytest.mark.django_db
@pytest.mark.once
def test_spam_is_not_published_where_nobody_has_to_look():
    CommentRule.objects.create(hold=CommentRule.Hold.NONE)
    editions = {code: factories.live_edition(code) for code in with_columns()}
    now = timezone.now()

    def write(number, words, language="en"):
        moment, sender = now + timedelta(seconds=number), f"192.0.2.{number}"
        edition = editions.get(language, editions["en"])
        return commenting.write(edition, name="Rana", words=words, sender=sender, now=moment).state

    # By the verb itself only some: each writes a row.
    some = [*enumerate(spam.samples())][::9]
    states = Counter(write(number, sample.words, sample.language) for number, sample in some)

    assert write(spam.NUMBER, spam.BY_PEOPLE["en"][0]) == "published"
    assert set(states) == {"spam", "pending"}
    assert Comment.objects.published().count() == 1
