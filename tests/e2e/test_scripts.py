"""The functions of the newsroom's scripts that need no page: what goes in, and what comes out."""

import pytest

from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)

CALL = """async ([module, name, args]) => {
  const address = module.startsWith("newsroom/") ? module : `/static/js/${module}.js`
  return (await import(address))[name](...args)
}"""


@pytest.fixture
def call(desk):
    """Call a function that a script exports, by the names of both."""
    article = story(title_en="A")
    desk.goto(f"/admin/articles/article/{article.pk}/change/")

    def call(module, name, *args):
        return desk.evaluate(CALL, [module, name, args])

    call.origin = desk.evaluate("location.origin")
    return call


def test_what_the_scripts_compute(call):
    """One page for them all: opening it takes longer than every call."""
    count_characters(call)
    fold_words(call)
    split_words(call)
    find_the_point_of_a_click(call)
    move_between_tabs(call)
    move_on_the_desk(call)
    know_a_key_on_any_keyboard(call)
    compare_colours(call)
    offer_what_a_text_may_have(call)
    store_what_the_editor_gives(call)
    walk_a_list_of_rows(call)
    leave_out_what_a_paste_cannot_bring(call)
    say_what_a_paste_did_not_bring(call)
    name_what_is_new_by_its_words(call)


def count_characters(call):
    assert call("admin-count", "length", "  Raqqa ") == 5
    assert call("admin-count", "length", "𝒜🌍") == 2
    assert call("admin-count", "length", "") == 0


def fold_words(call):
    assert call("admin-category-tree", "fold", "Türkiye & Perú") == "turkiye & peru"


def split_words(call):
    assert call("admin-tags", "split", " water، oil、 gas,, ") == ["water", "oil", "gas"]
    pasted = "Syria\tUS\r\nRussia; Daesh؛حلب，上海；、"
    words = ["Syria", "US", "Russia", "Daesh", "حلب", "上海"]
    assert call("admin-tags", "split", pasted) == words
    assert call("admin-tags", "splitTyped", "water, oi") == {"words": ["water"], "rest": "oi"}
    assert call("admin-tags", "splitTyped", "water, ") == {"words": ["water"], "rest": ""}
    assert call("admin-tags", "splitTyped", "wat") == {"words": [], "rest": "wat"}


def find_the_point_of_a_click(call):
    frame = {"left": 10, "top": 20, "width": 200, "height": 100}

    def point(x, y):
        return call("admin-focal-point", "pointIn", frame, {"clientX": x, "clientY": y})

    assert point(60, 70) == {"x": "0.250", "y": "0.500"}
    assert point(0, 999) == {"x": "0.000", "y": "1.000"}


def move_between_tabs(call):
    def neighbour(key, number, direction="ltr"):
        place = {"number": number, "count": 3, "direction": direction}
        return call("admin-tabs", "neighbour", key, place)

    assert [neighbour("ArrowRight", number) for number in range(3)] == [1, 2, 0]
    assert [neighbour("ArrowLeft", number) for number in range(3)] == [2, 0, 1]
    assert neighbour("ArrowLeft", 0, "rtl") == 1
    assert [neighbour(key, 1) for key in ("Home", "End", "a")] == [0, 2, None]


def move_on_the_desk(call):
    def steps(direction):
        keys = ("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "a")
        return [call("admin-desk", "step", key, direction) for key in keys]

    assert steps("ltr") == [[1, 0], [-1, 0], [0, 1], [0, -1], None]
    assert steps("rtl") == [[1, 0], [-1, 0], [0, -1], [0, 1], None]


def know_a_key_on_any_keyboard(call):
    def letter(key, code):
        return call("admin-desk", "letterOf", {"key": key, "code": code})

    assert letter("C", "KeyC") == "c"
    # Where a Latin keyboard says so, whatever stands on its place.
    assert letter("x", "KeyB") == "x"
    assert [letter("ؤ", "KeyC"), letter("с", "KeyC")] == ["c", "c"]


def compare_colours(call):
    assert call("admin-accent", "contrast", "#000000", "#ffffff") == 21
    assert call("admin-accent", "contrast", "#ffffff", "#000000") == 21
    assert call("admin-accent", "contrast", "#777777", "#777777") == 1
    # The lightest grey that WCAG takes on white.
    assert 4.5 <= call("admin-accent", "contrast", "#767676", "#ffffff") < 4.6


def offer_what_a_text_may_have(call):
    def is_offered(name, **library):
        return call("newsroom/tools", "isOffered", name, {"library": library})

    assert is_offered("figure", images="/admin/images/")
    assert not is_offered("figure")
    assert is_offered("table")


def store_what_the_editor_gives(call):
    def stored(html):
        return call("newsroom/text", "stored", html)

    assert stored("<p></p>") == ""
    assert stored("<p>One</p><p></p>") == "<p>One</p>"
    assert stored('<ul><li><p data-implied="">bare</p></li></ul>') == "<ul><li>bare</li></ul>"
    assert stored('<p data-implied="">a</p><p data-implied="">b</p>') == "<p>a</p><p>b</p>"
    assert stored(
        '<table data-x="9" data-caption="Seats"><tbody>'
        '<tr data-head="true"><th colspan="1" scope="col">a</th></tr>'
        '<tr data-head="false"><td colspan="2" colwidth="9">b</td></tr></tbody></table>'
    ) == (
        '<table><caption>Seats</caption><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2">b</td></tr></tbody></table>'
    )


def walk_a_list_of_rows(call):
    def walk(key, at, count=3):
        return call("newsroom/picker", "walk", key, at, count)

    assert [walk("ArrowDown", at) for at in (-1, 0, 2)] == [0, 1, 0]
    assert [walk("ArrowUp", at) for at in (-1, 0, 2)] == [2, 2, 1]
    assert walk("a", 0) is None
    assert walk("ArrowDown", -1, 0) is None


def leave_out_what_a_paste_cannot_bring(call):
    def pasted(html):
        came = call("newsroom/paste", "pasted", html, "en", [["“", "”"], ["‘", "’"]])
        return came["html"], came["notes"]

    here = call.origin + "/"
    lost = ["#_msocom_1", "#top", "/admin/", f"{here}admin/a/#_msocom_1", "file:///c/a", "blob:x"]
    for address in lost:
        link = f'<p><a href="{address}">a</a></p>'
        assert pasted(link) == ("<p>a</p>", [["link", ["a"]]])
        slice_of_ours = f'<p data-pm-slice="1 1 []"><a href="{address}">a</a></p>'
        assert pasted(slice_of_ours)[1] == [["link", ["a"]]]
    kept = f'<p><a href="{here}en/administration/#a">a</a></p>'
    assert pasted(kept) == (kept, [])
    assert pasted("<p>a</p><hr><p>b</p>") == ("<p>a</p><p>b</p>", [["rule", [""]]])


def say_what_a_paste_did_not_bring(call):
    def sentence(words, said="Pictures (%(count)d): %(words)s."):
        return call("newsroom/clipboard", "sentence", {"picture": said}, ["picture", words])

    assert sentence(["", ""]) == "Pictures (2)."
    assert sentence([""], "Images (%(count)d) : %(words)s.") == "Images (1)."
    assert sentence(["", "$&"]) == "Pictures (2): “$&”."
    assert sentence(list("abcdef")) == "Pictures (6): “a”, “b”, “c”, “d”, “e”, …."


def name_what_is_new_by_its_words(call):
    def name(*fields):
        return call("admin-autosave", "nameOf", [list(field) for field in fields], "Add article")

    assert name(("title_en", " "), ("title_ar", " ميناء "), ("title_es", "b")) == "ميناء"
    assert name(("title_en", ""), ("body_en", "a"), ("subtitle", "a")) == "Add article"
