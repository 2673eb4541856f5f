"""What is pasted into a body in a real browser, under our own policy."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles import body
from articles.models import ImageUse
from tests.articles.admin.test_image import drawn
from tests.e2e.test_body_editor import ESCAPE, is_in_the_text, open_story, save
from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)

COPIED = Path(__file__).resolve().parents[1] / "data/e2e/paste"
"""What programs put on the clipboard: written here, in the markup that each of them makes."""

PASTE = """([html, text, before]) => {
  const { editor, parentElement } = document.querySelector("#id_body_en")
  editor.commands.setContent(before, { emitUpdate: true })
  editor.commands.focus()
  if (before) editor.commands.setTextSelection({ from: 1, to: editor.state.doc.firstChild.nodeSize - 1 })
  const clipboardData = new DataTransfer()
  if (html) clipboardData.setData("text/html", html)
  clipboardData.setData("text/plain", text)
  const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
  editor.view.dom.dispatchEvent(paste)
  const said = parentElement.querySelector(".body-editor__said").textContent
  return [document.querySelector("#id_body_en").value, said]
}"""

DOCS = (
    "<h2>The harbour reopens</h2><p>Boats are <strong>back</strong>, said <em>The Tide</em>, for 10<sup>6</sup> people.[1]</p>"
    "<h3>What is open</h3><ul><li>The pier<ul><li>its café</li></ul></li></ul>"
    '<p><a href="https://example.org/a">The timetable</a></p>',
    "Words left out, because they are struck out (1): “very nearly”. Footnotes that stand in brackets now (1).",
)
WORD = (
    "<h2>Nets and quotas</h2><p>She said no to 40 m<sup>2</sup> and H<sub>2</sub>O.[1]</p>"
    "<ul><li><strong>Cod</strong> first<ul><li>North Sea</li></ul></li><li>Then herring</li></ul>"
    "<ol><li>Weigh</li></ol><h3>What follows</h3><p>[1] Minutes of the council.</p>",
    "Comments left out (2): “Check with Ana.”, “[D1]”. Words left out, because they were hidden (1): “Do not print.”. "
    "Words left out, because they are struck out (1): “yes”. Footnotes that stand in brackets now (1).",
)
OFFICE = (
    "<h2>Ferries</h2><p>One <strong>of</strong> <em>two</em>[1]</p><ol><li>Board</li><li>Sail</li></ol>"
    "<table><thead><tr><th>Line</th></tr></thead><tbody><tr><td></td></tr></tbody></table><p>[1] The other is in dock.</p>",
    "Footnotes that stand in brackets now (1).",
)
WEB_PAGE = (
    "<h2>Storm over the bay</h2><p>It came at noon, nobody slept; “never”. More here x</p><h3>The pictures</h3>"
    '<div data-embed="https://www.youtube.com/watch?v=abc_123" data-title="The storm"></div>'
    "<p>one<br>two</p><p>Loose <strong>words</strong></p><p>and more</p>",
    "Words left out, because they were hidden (1): “SHARE THIS”. "
    "Pictures left out, put them in from the library (1): “Waves on the pier”. "
    "Links removed, because they have no usable address or no words (2): “More”, “here”.",
)


def test_what_other_programs_copy_comes_in_clean_and_says_what_did_not(desk):
    """A table of pastes in one page, since our policy is what other programs' styles meet."""
    files = {path.stem: path.read_text() for path in COPIED.glob("*.html")}
    programs = {"google-docs": DOCS, "word": WORD, "libreoffice": OFFICE, "web-page": WEB_PAGE}
    open_story(desk, story(title_en="A"))

    came = {name: tuple(desk.evaluate(PASTE, [files[name], "", ""])) for name in programs}

    assert came == programs
    assert [body.clean(html).html for html, _said in came.values()] == [
        html for html, _said in came.values()
    ]


ADDRESS = "https://example.org/a"
FILM = "https://youtu.be/abc_123"
ALONE = [
    # On the clipboard, and what was selected; what is in the body then.
    (ADDRESS, "<p>words</p>", f'<p><a href="{ADDRESS}">words</a></p>'),
    (ADDRESS, "", f'<p><a href="{ADDRESS}">{ADDRESS}</a></p>'),
    ("www.example.org", "", '<p><a href="https://www.example.org">www.example.org</a></p>'),
    (f" {FILM}\n", "", f'<div data-embed="{FILM}"></div>'),
    (FILM, "<p>words</p>", f'<p><a href="{FILM}">words</a></p>'),
    ("https://youtube.com/", "", '<p><a href="https://youtube.com/">https://youtube.com/</a></p>'),
    (f"See {ADDRESS}", "<p>words</p>", f"<p>See {ADDRESS}</p>"),
    ("one\ntwo", "", "<p>one</p><p>two</p>"),
]
TYPED = {
    "example.org": "https://example.org",
    " www.bbc.com/x ": "https://www.bbc.com/x",
    "me@x.org": "mailto:me@x.org",
    "mailto:me@x.org": "mailto:me@x.org",
    "/en/about/": "/en/about/",
    "münchen.example/ä?b#c": "https://münchen.example/ä?b#c",
    "//example.org": "",
    "javascript:alert(1)": "",
    "two words": "",
    "3.5": "",
    "word": "",
}
SNIPPET = '<iframe width="560" src="https://www.youtube-nocookie.com/embed/abc?si=1&amp;t=2" allowfullscreen></iframe>'
PAGES = {
    SNIPPET: "https://www.youtube.com/watch?v=abc",
    "vimeo.com/12": "https://vimeo.com/12",
    "<iframe></iframe>": "",
    "mailto:me@x.org": "",
}
READ = """async ([typed, pages]) => {
  const { linkAddress, pageAddress } = await import("newsroom/addresses")
  return [typed.map(linkAddress), pages.map(pageAddress)]
}"""

QUOTED = """async (html) => {
  const { pasted } = await import("newsroom/paste")
  const { lang, dataset } = document.querySelector("#id_body_es")
  return pasted(html, lang, JSON.parse(dataset.quotationMarks)).html
}"""


def test_what_is_pasted_alone_and_what_is_typed_is_read_as_people_mean_it(desk):
    open_story(desk, story(title_en="A"))

    came = [desk.evaluate(PASTE, ["", copied, before])[0] for copied, before, _after in ALONE]
    quoted = desk.evaluate(QUOTED, "<p>Dijo <q>a <q>b</q> c</q>.</p>")
    typed, pages = desk.evaluate(READ, [list(TYPED), list(PAGES)])

    assert came == [after for _copied, _before, after in ALONE]
    assert dict(zip(TYPED, typed, strict=True)) == TYPED
    assert dict(zip(PAGES, pages, strict=True)) == PAGES
    assert quoted == "<p>Dijo «a “b” c».</p>"


COPY = """(file) => {
  const copied = new DataTransfer()
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))
  copied.items.add(new File([bytes], "image.png", { type: "image/png" }))
  copied.setData("text/html", "<img src='https://example.org/a.png'>")
  const { editor } = document.querySelector("#id_body_en")
  const how = { clipboardData: copied, bubbles: true, cancelable: true }
  editor.view.dom.dispatchEvent(new ClipboardEvent("paste", how))
}"""
DROP = """([name, type, file]) => {
  const dropped = new DataTransfer()
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))
  dropped.items.add(new File([bytes], name, { type }))
  const text = document.querySelector("#panel-en .ProseMirror")
  const { x, y } = text.getBoundingClientRect()
  const how = { dataTransfer: dropped, clientX: x + 20, clientY: y + 20, bubbles: true, cancelable: true }
  return text.dispatchEvent(new DragEvent("drop", how))
}"""


def encoded(file):
    return base64.b64encode(file).decode()


def test_a_picture_that_is_pasted_or_dropped_goes_to_the_library_with_what_it_needs(
    desk, complaints
):
    open_story(desk, story(title_en="A", body_en="<p>One</p>"))
    dialog = desk.get_by_role("dialog", name="Upload a picture")

    desk.evaluate(COPY, encoded(drawn("PNG").read()))
    dialog.get_by_label("Alternative text").fill("Waves")
    dialog.get_by_label("Creator").fill(" ")
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(dialog.get_by_text("Say who made the picture, or how it is credited.")).to_be_visible()
    assert "400" in complaints.pop()
    dialog.get_by_label("Creator").fill("Ana")
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(desk.locator("#panel-en .reference")).to_contain_text("Waves")
    assert desk.evaluate(DROP, ["minutes.pdf", "application/pdf", encoded(b"words")]) is False
    expect(desk.get_by_text("Files that are no pictures")).to_contain_text("minutes.pdf")
    desk.evaluate(DROP, ["pier.jpg", "image/jpeg", encoded(drawn("JPEG").read())])
    dialog.get_by_label("Alternative text").fill("The pier")
    dialog.get_by_label("Creator").fill("Rui")
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(desk.locator("#panel-en .reference").filter(has_text="The pier")).to_be_visible()
    desk.evaluate(DROP, ["same.png", "image/png", encoded(drawn("PNG").read())])
    dialog.get_by_label("Alternative text").fill("Waves again")
    dialog.get_by_label("Creator").fill("Eva")
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(dialog.get_by_role("alert")).to_contain_text("The library has this picture already.")
    dialog.get_by_role("button", name="Waves").click()
    expect(dialog).to_be_hidden()
    save(desk)

    dropped = ImageUse.objects.get(alt_en="The pier")
    assert dropped.image.creator == "Rui"
    assert f'<figure data-image="{dropped.image_id}"></figure>' in dropped.article.body_en
    use = ImageUse.objects.exclude(pk=dropped.pk).get()
    assert (use.alt_en, use.image.creator, use.alt_es) == ("Waves", "Ana", None)
    assert f'<figure data-image="{use.image_id}"></figure>' in use.article.body_en


def test_whoever_leaves_a_picture_that_was_dropped_writes_on_in_the_text(desk):
    open_story(desk, story(title_en="A", body_en="<p>One</p>"))

    desk.evaluate(DROP, ["pier.jpg", "image/jpeg", encoded(drawn("JPEG").read())])
    dialog = desk.get_by_role("dialog", name="Upload a picture")
    expect(dialog.get_by_label("Alternative text")).to_be_focused()

    assert is_in_the_text(desk, ESCAPE)
