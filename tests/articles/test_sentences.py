"""A summary is cut behind a sentence, or it is not there."""

import pytest

from articles.sentences import cut, shortened


@pytest.mark.parametrize(
    ("text", "most", "cut_to"),
    [
        ("One sentence.", 13, "One sentence."),
        ("One sentence. And another.", 25, "One sentence."),
        ("One sentence. And another.", 12, ""),
        ("He said “no.” And then he went.", 20, "He said “no.”"),
        ("Is it so? They say yes.", 12, "Is it so?"),
        ("Gov. Smith of the U.S. left. He will return.", 30, "Gov. Smith of the U.S. left."),
        ("Gov. Smith of the U.S. left. He will return.", 25, ""),
        ("They flew 3.5 hours. Then they rested.", 30, "They flew 3.5 hours."),
        ("Subieron los precios, dice la Sra. Ramírez. Nadie sabe por qué.", 48, "Subieron los precios, dice la Sra. Ramírez."),
        ("هل انتهى؟ لا أحد يعرف.", 12, "هل انتهى؟"),
        ("انتهى الاجتماع. سيعود الوفد.", 20, "انتهى الاجتماع."),
        ("会谈结束。各方未签署协议。", 8, "会谈结束。"),
        ("", 10, ""),
    ],
)  # fmt: skip
def test_whole_sentences_are_left(text, most, cut_to):
    assert cut(text, most) == cut_to


@pytest.mark.parametrize(
    ("text", "most", "words"),
    [
        ("Three words here", 16, "Three words here"),
        ("Three words here", 15, "Three words…"),
        ("Three words here", 11, "Three words…"),
        ("Three; words\nhere", 8, "Three…"),
        ("三个词在这里", 3, "三个词…"),
    ],
)
def test_a_text_is_shortened_behind_a_word(text, most, words):
    assert shortened(text, most) == words
