import pytest

from articles.body.markup import pieces
from articles.body.tables import readable


def html(text):
    return "".join(piece.source for piece in readable(pieces(text)))


def table(*rows, caption=""):
    """Return a table with headings in its first row."""
    head, *others = [
        "".join(f"<{'td' if number else 'th'}>{cell}</{'td' if number else 'th'}>" for cell in row)
        for number, row in enumerate(rows)
    ]
    body = "".join(f"<tr>{row}</tr>" for row in others)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def test_a_table_is_a_place_that_its_caption_names():
    rendered = html(table(["A"], caption="<caption>One</caption>") + table(["B"]))

    assert 'aria-labelledby="table-1"><table><caption id="table-1">One' in rendered
    assert rendered.count('aria-label="Table"><table>') == 1


@pytest.mark.parametrize(
    "column",
    [
        ["2,020,144", "176 566", "0"],
        ["1.5%", "\u22120.2 %", "+3 %"],
        ["€ 12", "\u2013", ""],
        ["12 kg", "1 t", "3 km"],
        ["\u0661\u0662", "٣٫٥٪"],
    ],
)
def test_a_column_of_amounts_is_marked_with_its_heading(column):
    rendered = html(table(["Name", "Amount"], *(["x", amount] for amount in column)))

    assert rendered.count('class="table-number"') == 1 + len(column)
    assert '<th class="table-number">Amount' in rendered


@pytest.mark.parametrize(
    ("amount", "is_isolated"),
    [
        ("176 566", True),
        ("\u22120.2 %", True),
        ("12 kg", True),
        ("12 كم", False),
        ("\u0661\u0662", False),
    ],
)
def test_the_parts_of_an_amount_keep_their_order_from_right_to_left(amount, is_isolated):
    cell = '<td class="table-number" dir="ltr">' if is_isolated else '<td class="table-number">'

    assert f"{cell}{amount}</td>" in html(table(["عدد"], [amount]))


@pytest.mark.parametrize("column", [["12", "many"], ["30 November 2017"], ["\u2013"], ["A4"]])
def test_other_columns_are_not(column):
    assert "table-number" not in html(table(["Name"], *([cell] for cell in column)))


def test_a_cell_that_spans_columns_does_not_move_those_behind_it():
    rendered = html(
        '<table><tr><td colspan="2">x</td><td>1</td></tr><tr><td>a</td><td>b</td><td>2</td></tr></table>'
    )

    assert rendered.count('class="table-number"') == 2


@pytest.mark.parametrize(
    ("text", "is_hidden"),
    [("<p>He said: so  it was. Then</p>", True), ("<p>He said nothing.</p>", False)],
)
def test_a_pull_quote_is_not_read_aloud_where_the_text_has_its_words(text, is_hidden):
    rendered = html(f'{text}<blockquote data-pull=""><p>so it was.</p></blockquote>')

    assert ('<blockquote data-pull="" aria-hidden="true">' in rendered) is is_hidden


def test_a_pull_quote_with_a_link_is_read_aloud_since_the_keyboard_gets_there():
    rendered = html('<p>So.</p><blockquote data-pull=""><p><a href="/en/">So.</a></p></blockquote>')

    assert "aria-hidden" not in rendered
