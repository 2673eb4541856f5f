from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from articles.comparing.translations import Record
from articles.comparing.wordings import Text, Told

A, B, C, D = (f"<p>{words}</p>" for words in (
    "The troops leave Raqqa.", "Nobody said when.", "A bridge was mended first.", "Schools open again."
))  # fmt: skip
SPANISH = {
    A: "<p>Las tropas salen de Raqa.</p>",
    B: "<p>Nadie dijo cuándo.</p>",
    C: "<p>Antes se reparó un puente.</p>",
    D: "<p>Las escuelas abren.</p>",
}
PORTUGUESE = {html: html.replace("<p>", "<p>PT ") for html in SPANISH}


def en(*body, headline="Troops leave", standfirst=""):
    return Text(headline, standfirst, body)


def es(*body, headline="Salen tropas", standfirst=""):
    return Text(headline, standfirst, body)


def translated(body, words):
    return tuple(words[html] for html in body)


def begun(*body):
    texts = {"en": en(*body), "es": es(*translated(body, SPANISH))}
    return texts, Record.begun(texts, source="en")


def changed(record, texts, **now):
    source = now.pop("source", record.source)
    texts |= now
    record.update(texts, source=source)
    return behind(record, "es")


def behind(record, language):
    """Return the HTML of the source's blocks that a language has not, or from another wording."""
    return [row.source.html for row in record.rows(language) if row.is_behind]


@st.composite
def edits(draw):
    """Return (the source's blocks before, after, those of them that say something new)."""
    before = draw(st.permutations([A, B, C, D]))[: draw(st.integers(1, 4))]
    after = list(draw(st.permutations(before)))
    new = draw(st.sets(st.sampled_from(range(len(after)))))
    for place in new:
        after[place] = after[place].replace("</p>", " Then it rained.</p>")
    return before, after, [after[place] for place in sorted(new)]


@given(edits())
def test_exactly_what_was_reworded_is_behind_wherever_it_stands_by_now(edit):
    before, after, new = edit
    texts = {
        "en": en(*before),
        "es": es(*translated(before, SPANISH)),
        "pt": Text("Saem", "", translated(before, PORTUGUESE)),
    }
    record = Record.begun(texts, source="en")
    old = dict(texts)

    changed(record, texts, en=en(*after))

    for language, words in (("es", SPANISH), ("pt", PORTUGUESE)):
        assert behind(record, language) == new
        beside = {row.source.html: row.target for row in record.rows(language)[1:]}
        for html in after:
            made_from = html.replace(" Then it rained.", "")
            assert (beside[html].html, beside[html].made) == (words[made_from], made_from)
    assert record._said() == old | {"en": en(*after)}


@given(st.lists(st.sampled_from([A, B, C, D]), max_size=4), st.lists(st.sampled_from([A, B, C, D])))
def test_whatever_becomes_of_the_source_every_word_of_a_translation_is_on_its_rows(before, after):
    texts, record = begun(*before)

    changed(record, texts, en=en(*after))

    shown = [row.target.html for row in record.rows("es") if row.target]
    assert sorted(shown) == sorted(["Salen tropas", *translated(before, SPANISH)])
    assert [row.source.html for row in record.rows("es") if row.source] == ["Troops leave", *after]


def test_what_a_translator_rewords_is_caught_up_and_nothing_else():
    texts, record = begun(A, B)
    now = [html.replace("</p>", " Soon.</p>") for html in (A, B)]
    assert changed(record, texts, en=en(*now, headline="They leave")) == ["They leave", *now]

    assert changed(record, texts, es=es(SPANISH[A], "<p>Nadie lo dijo.</p>")) == [
        "They leave",
        now[0],
    ]


def test_a_translation_that_changes_with_its_source_is_up_to_date():
    texts, record = begun(A, B)
    both = {"en": en(A + "<p>!</p>", D), "es": es(SPANISH[A] + "<p>¡!</p>", SPANISH[D])}

    assert changed(record, texts, **both) == []


def test_bold_words_are_no_other_words_and_another_link_is():
    texts, record = begun(A, B)

    bold = en(A.replace("troops", "<strong>troops</strong>"), B)
    assert changed(record, texts, en=bold) == []

    linked = A.replace("troops", '<a href="https://example.org/">troops</a>')
    assert changed(record, texts, en=en(linked, B)) == [linked]


def test_a_new_block_is_behind_until_it_is_written_or_left_out():
    texts, record = begun(A, B)
    assert changed(record, texts, en=en(A, C, B, D)) == [C, D]

    assert changed(record, texts, es=es(SPANISH[A], SPANISH[C], SPANISH[B])) == [D]
    name = next(block.id for block in record.of_source().values() if block.html == D)
    record.confirm("es", name)

    assert behind(record, "es") == []
    reworded = D.replace("again", "tomorrow")
    assert changed(record, texts, en=en(A, C, B, reworded)) == [reworded]


def test_a_block_that_is_new_in_a_translation_is_not_taken_for_the_new_one_of_the_source():
    texts, record = begun(A, B)
    own = "<p>Sólo en español.</p>"
    changed(record, texts, es=es(SPANISH[A], own, SPANISH[B]))

    assert changed(record, texts, en=en(A, C, B)) == [C]
    assert [(row.source and row.source.html) for row in record.rows("es")][2:] == [None, C, B]


def test_what_has_lost_its_source_stays_and_finds_it_again():
    texts, record = begun(A, B, C)
    changed(record, texts, en=en(A, C))
    gone = [row.target.html for row in record.rows("es") if row.source is None]
    assert (gone, behind(record, "es")) == ([SPANISH[B]], [])

    assert changed(record, texts, en=en(A, B, C)) == []
    assert all(row.source and row.target for row in record.rows("es"))


def test_a_standfirst_belongs_to_the_standfirst():
    texts, record = begun(A)
    assert changed(record, texts, es=es(SPANISH[A], standfirst="Resumen")) == []

    assert changed(record, texts, en=en(A, standfirst="Summary")) == ["Summary"]
    assert changed(record, texts, es=es(SPANISH[A], standfirst="En breve")) == []


def test_a_translation_with_a_body_is_whole_and_one_without_has_been_begun():
    texts = {"en": en(A, B), "es": es(SPANISH[A]), "pt": Text("Saem", "", ())}
    record = Record.begun(texts, source="en")

    assert (record.lacks("es"), behind(record, "es")) == ([], [])
    assert ([block.html for block in record.lacks("pt")], behind(record, "pt")) == ([A, B], [])


def test_what_was_never_written_is_not_behind_when_its_source_is_reworded():
    texts = {"en": en(A, B), "es": es(SPANISH[A]), "pt": Text("Saem", "", ())}
    record = Record.begun(texts, source="en")
    reworded = B.replace("when", "why")

    assert changed(record, texts, en=en(A, reworded)) == []
    assert behind(record, "pt") == []
    assert changed(record, texts, fr=Text("Ils partent", "", ())) == behind(record, "fr") == []
    # What the source has got since, no translation has.
    assert changed(record, texts, en=en(A, reworded, D)) == behind(record, "pt") == [D]


def test_of_what_was_behind_before_nobody_knows_the_wording():
    texts, _record = begun(A)
    record = Record.begun(texts, source="en", unknown=["es", "pt"])

    assert behind(record, "es") == ["Troops leave", A]


def test_another_source_keeps_what_can_be_kept():
    texts, record = begun(A, B, C)
    texts["pt"] = Text("Saem", "", translated((A, B), PORTUGUESE))
    changed(record, texts)
    new = B.replace("when", "why")
    changed(record, texts, en=en(A, new))

    changed(record, texts, source="es")
    # Spanish was behind in one, and has one that English has no more.
    assert behind(record, "en") == [SPANISH[B]]
    assert behind(record, "pt") == [SPANISH[B]]

    changed(record, texts, source="en")
    assert behind(record, "es") == behind(record, "pt") == [new]


def test_a_source_that_has_just_been_written_belongs_to_the_others_by_order():
    texts, record = begun(A, B)

    changed(record, texts, source="pt", pt=Text("Saem", "", translated((A, B), PORTUGUESE)))

    assert behind(record, "en") == behind(record, "es") == []
    assert all(row.source and row.target for row in record.rows("en"))


def test_a_link_that_finds_its_story_is_no_other_wording():
    texts, record = begun(A, B)
    waiting = A.replace("Raqqa", '<a data-waiting="raqqa">Raqqa</a>')
    changed(record, texts, en=en(waiting, B))
    changed(record, texts, es=es(SPANISH[A].replace("Raqa", "<a href='#'>Raqa</a>"), SPANISH[B]))
    reworded = B.replace("when", "why")
    changed(record, texts, en=en(waiting, reworded))

    linked = A.replace("Raqqa", '<a data-article="7">Raqqa</a>')
    record.absorb(texts | {"en": en(linked, reworded), "es": es(SPANISH[A], SPANISH[B])})

    assert behind(record, "es") == [reworded]


def test_new_words_may_say_what_they_were_made_from():
    texts, record = begun(A)
    changed(record, texts, en=en(A, B, C))
    name = next(block.id for block in record.of_source().values() if block.html == C)
    now = texts | {"es": es(SPANISH[A], SPANISH[C])}

    record.update(now, source="en", told=Told("es", {SPANISH[C]: name}))

    assert behind(record, "es") == [B]


def test_what_a_translator_has_not_read_stays_behind():
    texts, record = begun(A, B)
    new = B.replace("when", "why")
    changed(record, texts, en=en(A, new))
    name = next(row.source.id for row in record.rows("es") if row.is_behind)
    now = texts | {"es": es(SPANISH[A], SPANISH[B].replace("Nadie", "Nunca"))}

    record.update(now, source="en", told=Told("es", unseen=frozenset([name])))

    assert behind(record, "es") == [new]


@pytest.mark.parametrize("language", ["es", "pt"])
def test_what_is_held_is_read_as_it_was(language):
    texts, record = begun(A, B)
    changed(record, texts, en=en(A, B, C), pt=Text("Saem", "", ()))

    again = Record.read(record.held())

    assert again == replace(record)
    assert again.rows(language) == record.rows(language)


def ids(record, language, *texts):
    return [
        block.id
        for html in texts
        for block in record.texts[language]
        if block.html in {html, SPANISH.get(html)}
    ]


def test_what_only_refers_and_what_is_a_line_keep_what_they_are_made_from():
    figure = '<figure data-image="4"></figure>'
    record = Record.begun({"en": en(A, figure), "es": es(SPANISH[A], figure)}, source="en")
    one, picture = ids(record, "en", A, figure)
    own, shown = ids(record, "es", SPANISH[A], figure)
    before = record.held()

    record.tell_sources("es", {shown: one, own: picture, "title": one, "nothing": one})

    assert record.held() == before


def test_what_two_are_made_from_is_no_longer_left_out():
    record = Record.begun({"en": en(A, B), "es": es(SPANISH[B])}, source="en")
    (b,) = ids(record, "en", B)
    record.tell_sources("es", {ids(record, "es", SPANISH[B])[0]: b})

    assert [row.is_behind for row in record.rows("es") if row.target] == [False, False]
    assert behind(record, "es") == [A]
    assert record.left_out == {}
