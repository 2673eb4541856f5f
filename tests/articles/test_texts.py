import pytest
from hypothesis import given, strategies as st

from articles.texts import SLUG_LENGTH, fold, free_slug, slug_from, text_or_default
from tests.factories import TagFactory


@pytest.mark.parametrize(
    "spellings",
    [
        ("EE. UU.", "ee uu", "EEUU", "E.E.U.U."),
        ("Médio Oriente", "MEDIO ORIENTE", "médio-oriente"),
        ("Straße", "STRASSE"),
        ("سوريا", "سُورِيا"),
        ("Ａ１", "a1"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(spellings):
    assert len({fold(words) for words in spellings}) == 1


@given(st.text())
def test_folding_twice_changes_nothing(words):
    assert fold(fold(words)) == fold(words)


@pytest.mark.parametrize(
    ("words", "language", "slug"),
    [
        ("Crónica: ¿qué pasó?", "es", "cronica-que-paso"),
        ("الشرق الأوسط", "ar", "الشرق-الأوسط"),
        ("الشرق الأوسط", "en", ""),
        ("!?", "en", ""),
        ("a" * 200, "en", "a" * SLUG_LENGTH),
        ("word " * 30, "en", "-".join(["word"] * 16)),
    ],
)
def test_a_slug_is_short_and_cut_at_a_word(words, language, slug):
    assert slug_from(words, language=language) == slug


@given(st.integers(min_value=0, max_value=300))
def test_the_first_free_number_is_given_with_few_questions(count):
    used = {"a", *(f"a-{number}" for number in range(2, count + 1))} if count else set()
    asked = []

    found = free_slug("a", taken=lambda slug: asked.append(slug) or slug in used)

    assert found == ("a" if not count else f"a-{max(2, count + 1)}")
    assert len(asked) <= 20


def test_a_label_falls_back_to_the_default_language_and_then_to_any():
    tag = TagFactory.build(label_en="", label_pt="EUA")
    assert text_or_default(tag, "label", "es") == "EUA"

    tag.label_en = "US"
    assert text_or_default(tag, "label", "es") == "US"
    assert text_or_default(tag, "label", "pt") == "EUA"
