"""Two lists of blocks as one that shows what differs."""

from articles.comparing.differences import SAME, compared, folded, on_side
from articles.comparing.markup import link_changes, row_changes
from articles.comparing.words import ADDED, REMOVED, Run


def test_blocks_away_from_every_change_fold_and_none_is_lost():
    old = [f"Paragraph {number}." for number in range(8)]
    stretches = folded(compared(old, [*old[:3], "Otherwise.", *old[3:]]))

    assert [(len(part.differences), part.is_folded) for part in stretches] == [
        (2, True),
        (3, False),
        (4, True),
    ]
    assert folded([]) == []


def test_one_unchanged_block_is_not_folded():
    stretches = folded(compared(["a", "b", "c"], ["a", "b", "d"]))

    assert not any(stretch.is_folded for stretch in stretches)


def test_a_link_that_leads_elsewhere_is_new_or_is_gone_is_told():
    old = '<p><a href="https://a.example/">One</a> <a data-article="2">two</a></p>'
    new = '<p><a href="https://b.example/">One</a> two <a href="/en/">three</a></p>'

    assert [(change.words, change.runs) for change in link_changes(old, new)] == [
        ("One", (Run(REMOVED, "https://a.example/"), Run(ADDED, "https://b.example/"))),
        ("two", (Run(REMOVED, "#2"),)),
        ("three", (Run(ADDED, "/en/"),)),
    ]
    assert link_changes(old, old) == ()


def test_a_table_is_compared_cell_by_cell():
    row = "<tr><th>{}</th><td>{}</td></tr>".format
    old = (
        f"<table><caption>Losses</caption><tbody>{row('Raqqa', 1)}{row('Homs', '')}</tbody></table>"
    )
    new = f"<table><caption>Losses</caption><tbody>{row('Raqqa', 2)}{row('Homs', '')}{row('Aleppo', 3)}</tbody></table>"

    assert [change.cells for change in row_changes(old, new)] == [
        ((Run(SAME, "Losses"),),),
        ((Run(SAME, "Raqqa"),), (Run(REMOVED, "1"), Run(ADDED, "2"))),
        ((Run(SAME, "Homs"),), ()),
        ((Run(ADDED, "Aleppo"),), (Run(ADDED, "3"),)),
    ]
    assert row_changes("<p>a</p>", new) == ()


def test_each_side_has_its_own_words_alone():
    table = "<table><tbody>{}</tbody></table>".format
    row = "<tr><td>{}</td></tr>".format
    blocks = compared(["gone", table(row("a") + row("b"))], [table(row("a")), "come"])

    old, new = on_side(blocks, without=ADDED), on_side(blocks, without=REMOVED)

    assert len(old) == len(new) == 2
    assert [len(block.rows) for block in (*old, *new) if block.rows] == [2, 1]
