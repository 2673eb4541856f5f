import pytest
from hypothesis import given, strategies as st

from articles.comparing.words import ADDED, REMOVED, SAME, changes, tokens

WORDS = st.lists(
    st.sampled_from(["US", "troops", "400,000", "año", "،", " ", "\n", "叙", "利", "क्षेत्र", "l’ONU"])
).map("".join)


@given(WORDS | st.text(), WORDS | st.text())
def test_both_texts_are_in_the_runs(old, new):
    runs = changes(old, new)

    assert "".join(run.text for run in runs if run.kind != ADDED) == old
    assert "".join(run.text for run in runs if run.kind != REMOVED) == new
    assert all(run.text for run in runs)
    assert [run.kind for run in runs] != [SAME, SAME]


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("", "", []),
        ("Same words", "Same words", [(SAME, "Same words")]),
        ("", "New", [(ADDED, "New")]),
        (
            "More than 400 troops leave",
            "More than 450 troops leave",
            [(SAME, "More than "), (REMOVED, "400"), (ADDED, "450"), (SAME, " troops leave")],
        ),
        (
            "He spoke in Raqqa.",
            "He was silent there.",
            [(SAME, "He "), (REMOVED, "spoke in Raqqa"), (ADDED, "was silent there"), (SAME, ".")],
        ),
        ("400,000", "450,000", [(REMOVED, "400,000"), (ADDED, "450,000")]),
        ("叙利亚", "叙利語", [(SAME, "叙利"), (REMOVED, "亚"), (ADDED, "語")]),
        ("क्षेत्र में", "क्षेत्रों में", [(REMOVED, "क्षेत्र"), (ADDED, "क्षेत्रों"), (SAME, " में")]),
        ("¿Qué?", "¿Quién?", [(SAME, "¿"), (REMOVED, "Qué"), (ADDED, "Quién"), (SAME, "?")]),
    ],
)
def test_what_differs_is_whole_words(old, new, runs):
    assert changes(old, new) == runs


def test_the_spaces_of_a_changed_phrase_are_changed_with_it():
    assert changes("a b c", "x y z") == [(REMOVED, "a b c"), (ADDED, "x y z")]


def test_a_word_keeps_its_hyphen_and_its_apostrophe():
    assert tokens("l’ONU, sous-marin") == ["l’ONU", ",", " ", "sous-marin"]
