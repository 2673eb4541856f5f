from articles.pages.search import marking
from articles.pages.search.question import Asked


def asked(*words, language="en"):
    return Asked(language, words, is_cut=False, tiers=(), anywhere=None)


def written(pieces):
    return "".join(f"[{words}]" if is_marked else words for words, is_marked in pieces)


def test_a_word_is_marked_in_all_its_forms_and_whatever_its_accents():
    text = "Ferries and a ferry of Łódź, ferried."

    assert written(marking.marked(text, asked("ferry", "lodz"))) == (
        "[Ferries] and a [ferry] of [Łódź], [ferried]."
    )
    assert written(marking.marked("غادرت العبّارات", asked("عبارة", language="ar"))) == (
        "غادرت [العبّارات]"
    )
    assert written(marking.marked("我在北京大学。", asked("北京", "京大", language="zh"))) == (
        "我在[北京大]学。"
    )


def test_an_excerpt_holds_the_part_with_the_most_words_and_is_cut_between_words():
    text = f"{'The boat waits. ' * 40}A ferry and a sailor came. {'The boat waits. ' * 40}"

    excerpt = written(marking.excerpt([text], asked("boat", "ferry", "sailor")))

    assert "[ferry] and a [sailor]" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) < marking.LENGTH + 40


def test_the_excerpt_of_a_text_without_the_words_is_its_beginning():
    assert written(marking.excerpt(["It rained."], asked("ferry"))) == "It rained."
    assert written(marking.excerpt([""], asked("ferry"))) == ""


def test_an_excerpt_is_of_the_standfirst_unless_the_body_shows_more():
    texts = ["A ferry came.", "A ferry and a sailor came."]

    assert written(marking.excerpt(texts, asked("ferry"))) == "A [ferry] came."
    assert written(marking.excerpt(texts, asked("ferry", "sailor"))) == (
        "A [ferry] and a [sailor] came."
    )
