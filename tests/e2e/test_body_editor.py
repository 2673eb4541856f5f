"""The page of a story in a real browser: tabs, the editor of the body, and what it sends."""

import pytest
from playwright.sync_api import expect

from articles import body
from articles.admin.article import panels
from articles.models import Article
from tests.factories import ImageFactory, edition, story

pytestmark = pytest.mark.django_db(transaction=True)

VOCABULARY = (
    "<p>One <strong>two</strong> <em>three</em> “four” &amp; five &lt; six&nbsp;seven<br>eight</p>"
    "<p>10<sup>6</sup> tons of CO<sub>2</sub> and <strong>x<sup>n</sup></strong></p>"
    '<p><a href="https://example.org/?a=1&amp;b=2">out</a>, <a href="mailto:a@example.org">mail</a>,'
    ' <a href="/en/">here</a>, <a data-article="7">own</a> and <a data-waiting="Not here">later</a></p>'
    "<h2>Heading</h2><h3>Subheading</h3>"
    "<ul><li>bare</li><li><p>in a paragraph</p><p>and another</p></li><li>with<ul><li>more</li></ul></li></ul>"
    "<ol><li><strong>first</strong></li></ol>"
    "<blockquote>bare words</blockquote><blockquote><p>a quotation</p><p>of two</p></blockquote>"
    '<blockquote data-pull=""><p>pulled</p><cite>Ana, <em>Tide</em></cite></blockquote>'
    "<blockquote>said<cite>Omar</cite></blockquote>"
    '<blockquote><p>It was us</p><p><span lang="ar">كنا <strong>نحن</strong></span></p><cite>Omar</cite></blockquote>'
    '<p><span lang="ar">قال <strong>x</strong></span> and <bdi>C++</bdi></p>'
    '<div data-embed="https://example.org/w" data-title="A &quot;film&quot;"></div>'
    '<figure data-image="3"></figure><aside data-article="7"></aside>'
    '<aside data-waiting="Raqqa after the war"></aside><div data-embed="https://example.org/v?x=1&amp;y=2"></div>'
    "<table><caption>The <em>table</em></caption><thead>"
    '<tr><th scope="col">Place</th><th scope="col">Number</th></tr></thead><tbody>'
    '<tr><th scope="row">Raqqa</th><td>1</td></tr><tr><td colspan="2">both</td></tr>'
    '<tr><td rowspan="2"><p>tall</p></td><td></td></tr><tr><td>last</td></tr></tbody></table>'
    "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"
    "<p>End.</p>"
)


def open_story(desk, article):
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(editor(desk)).to_be_visible()


def editor(desk, language="en"):
    return desk.locator(f"#panel-{language} .ProseMirror[contenteditable=true]")


def save(desk):
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()


def settle(desk):
    """Wait until the editor has taken over where the cursor is.

    20 ms after it got the focus ProseMirror writes the place that it knows into the page. A script
    presses its next key sooner than that, a person does not.
    """
    wait = "(done) => requestAnimationFrame(() => setTimeout(done, 50))"
    desk.evaluate(f"() => new Promise({wait})")


def click(desk, place, **how):
    place.click(**how)
    settle(desk)


def use(desk, name, language="en"):
    settle(desk)
    click(desk, tool(desk, name, language))


def tool(desk, name, language="en"):
    return desk.locator(f"#panel-{language}").get_by_role("button", name=name, exact=True)


def written(desk):
    """Return what a save would store of the body."""
    settle(desk)
    return body.clean(desk.locator("#id_body_en").input_value()).html


def stored():
    return Article.objects.get(title_en="A").body_en


def test_the_vocabulary_is_what_the_cleaner_keeps():
    assert body.clean(VOCABULARY).html == VOCABULARY


def test_opening_and_saving_leaves_every_byte(desk):
    article = story(title_en="A", body_en=VOCABULARY)
    open_story(desk, article)

    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("Nothing was changed, so nothing was saved.")).to_be_visible()

    assert stored() == VOCABULARY


def test_changing_one_word_leaves_every_other_byte(desk):
    article = story(title_en="A", body_en=VOCABULARY)
    open_story(desk, article)

    click(desk, editor(desk).get_by_text("End.", exact=True))
    desk.keyboard.press("End")
    desk.keyboard.type(" More.")
    save(desk)

    assert stored() == VOCABULARY.replace("End.", "End. More.")


def test_an_emptied_body_is_empty(desk):
    article = story(title_en="A", body_en="<p>One</p>")
    open_story(desk, article)
    length = desk.locator("#panel-en .body-editor__length")
    expect(length).to_have_text("Words: 1 · Minutes to read: 1")

    click(desk, editor(desk))
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Delete")
    expect(length).to_have_text("Words: 0 · Minutes to read: 0")

    assert written(desk) == ""


def test_an_image_of_the_library_is_put_into_the_body(desk):
    image = ImageFactory(description="The harbour")
    article = story(title_en="A", body_en="<p>One</p>")
    open_story(desk, article)

    click(desk, editor(desk))
    use(desk, "Image")
    search = desk.get_by_role("combobox", name="Search")
    expect(desk.get_by_role("option", name="The harbour")).to_be_visible()
    search.press("Escape")
    desk.keyboard.type("1")
    use(desk, "Image")
    # The first hit is taken, whether it has come by then or not.
    search.fill("harb")
    search.press("Enter")
    expect(desk.locator("#panel-en .reference")).to_contain_text("The harbour")
    save(desk)

    assert f'<p>One1</p><figure data-image="{image.pk}"></figure>' in stored()
    assert article.uses.get().image == image


IN_THE_TEXT = """async (done) => {
  done(document.activeElement)
  // All that happens before the browser takes the next key.
  for (let step = 0; step < 20; step++) await null
  return document.activeElement.matches("#panel-en .ProseMirror")
}"""
ESCAPE = (
    """(at) => at.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }))"""
)
BY_KEYBOARD = """() => {
  const italic = document.querySelector("#panel-en [data-tool=italic]")
  italic.focus()
  italic.click()
}"""


def is_in_the_text(desk, done):
    """Return whether the next letter goes into the text once something is done with what has the focus."""
    return desk.evaluate(f"() => ({IN_THE_TEXT})({done})")


def test_whoever_leaves_a_picker_types_the_next_letter_into_the_text(desk):
    open_story(desk, story(title_en="A", body_en="<p>One</p>"))
    click(desk, editor(desk))
    use(desk, "Image")

    assert is_in_the_text(desk, ESCAPE)


def test_whoever_has_used_a_tool_or_the_menu_types_the_next_letter_into_the_text(desk):
    open_story(desk, story(title_en="A", body_en="<p>One</p>"))
    menu = desk.get_by_role("menu", name="Insert here")

    click(desk, editor(desk))
    assert is_in_the_text(desk, BY_KEYBOARD)
    desk.keyboard.press("Enter")
    for leave in (ESCAPE, "(at) => at.click()"):
        desk.keyboard.press("Enter")
        desk.keyboard.type("/")
        expect(menu.get_by_role("menuitem", name="Heading", exact=True)).to_be_focused()
        assert is_in_the_text(desk, leave)


def test_a_tool_is_for_the_words_that_are_selected_even_before_the_browser_tells_of_it(desk):
    open_story(desk, story(title_en="A", body_en="<p>One</p><p>Two</p>"))
    click(desk, editor(desk).get_by_text("One"))

    desk.evaluate(
        """() => {
          const [words] = document.querySelectorAll("#panel-en .ProseMirror p:nth-child(2)")
          getSelection().selectAllChildren(words)
          document.querySelector("#panel-en [data-tool=bold]").click()
        }"""
    )

    assert written(desk) == "<p>One</p><p><strong>Two</strong></p>"


def test_a_click_on_a_tool_takes_the_focus_from_no_text(desk):
    open_story(desk, story(title_en="A", body_en="<p>One</p>"))
    click(desk, editor(desk))
    text = editor(desk).element_handle()
    text.evaluate("text => text.addEventListener('blur', () => (text.dataset.left = ''))")

    tool(desk, "Bold").click()

    expect(tool(desk, "Bold")).to_have_attribute("aria-pressed", "true")
    assert text.get_attribute("data-left") is None


def test_a_card_and_a_link_lead_to_own_stories(desk):
    other = story(title_en="Ferry strike", title_es="Huelga")
    article = story(title_en="A", body_en="<p>One</p>")
    open_story(desk, article)

    click(desk, editor(desk))
    desk.keyboard.press("Shift+Home")
    use(desk, "Link")
    desk.get_by_role("option", name="Ferry strike").click()
    expect(editor(desk).locator("a")).to_have_text("One")
    use(desk, "Read: card")
    desk.get_by_role("option", name="Ferry strike").click()
    expect(desk.locator("#panel-en .reference")).to_contain_text("Ferry strike")

    assert f'<p><a data-article="{other.pk}">One</a></p>' in written(desk)
    assert f'<aside data-article="{other.pk}"></aside>' in written(desk)


def test_an_embed_with_its_picture_and_a_link_take_an_address(desk):
    image = ImageFactory(description="Waves")
    article = story(title_en="A", body_en="<p>One</p>")
    open_story(desk, article)

    click(desk, editor(desk))
    desk.keyboard.press("Shift+Home")
    use(desk, "Link")
    expect(desk.get_by_role("button", name="Remove link")).to_have_count(0)
    desk.get_by_label("Web address").fill("https://example.org/a")
    desk.get_by_role("button", name="Insert").click()
    expect(editor(desk).locator("a")).to_have_text("One")
    use(desk, "Embed")
    desk.get_by_label("Address of the video, post or map").fill("https://example.org/v")
    desk.get_by_label("What it shows, in a few words").fill("The harbour")
    desk.get_by_role("button", name="Insert").click()
    desk.get_by_role("dialog").get_by_role("option", name="Waves").click()
    expect(desk.locator("#panel-en .reference--embed")).to_contain_text("https://example.org/v")

    assert '<a href="https://example.org/a">One</a>' in written(desk)
    picture = f'<figure data-image="{image.pk}"></figure>'
    assert (
        f'{picture}<div data-embed="https://example.org/v" data-title="The harbour"></div>'
        in written(desk)
    )

    click(desk, editor(desk).locator("a"))
    use(desk, "Link")
    desk.get_by_role("button", name="Remove link").click()
    assert "<p>One</p>" in written(desk)


def test_words_are_marked_with_their_language_and_a_quotation_with_who_said_it(desk):
    open_story(desk, story(title_en="A", body_en="<blockquote><p>Omar</p></blockquote><p>hola</p>"))

    click(desk, editor(desk).get_by_text("hola"))
    desk.keyboard.press("Shift+Home")
    use(desk, "Other language")
    desk.get_by_label("Language of these words").select_option("es")
    desk.get_by_role("button", name="Apply").click()
    expect(editor(desk).locator("span[lang=es]")).to_have_text("hola")
    click(desk, editor(desk).get_by_text("Omar"))
    use(desk, "Who said it")

    assert (
        written(desk)
        == '<blockquote><cite>Omar</cite></blockquote><p><span lang="es">hola</span></p>'
    )


def test_a_slash_offers_what_a_line_can_be_and_a_quotation_has_its_own_words(desk):
    open_story(desk, story(title_en="A", body_en="<p>It was us</p><p>No</p>"))
    menu = desk.get_by_role("menu", name="Insert here")

    click(desk, editor(desk).get_by_text("No"))
    desk.keyboard.press("End")
    desk.keyboard.type("/1")
    desk.keyboard.press("Enter")
    desk.keyboard.type("/")
    expect(menu.get_by_role("menuitem", name="Heading", exact=True)).to_be_focused()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    settle(desk)
    desk.keyboard.type("Why")
    desk.keyboard.press("Enter")
    desk.keyboard.type("/num")
    desk.keyboard.press("Enter")
    settle(desk)
    desk.keyboard.type("/")
    desk.keyboard.press("Escape")
    settle(desk)
    desk.keyboard.type("7")
    expect(menu).to_be_hidden()
    click(desk, editor(desk).get_by_text("It was us"))
    desk.keyboard.press("Control+Shift+b")
    dialog = desk.get_by_role("dialog", name="Quotation")
    dialog.get_by_label("Who said it").fill("Omar")
    dialog.get_by_label("The words in the original").fill("كنا نحن")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_text("Choose the language of these words.")).to_be_visible()
    dialog.get_by_label("Original language").select_option("ar")
    dialog.get_by_role("button", name="Apply").click()
    settle(desk)
    desk.keyboard.press("Control+Shift+b")
    expect(dialog.get_by_label("The words in the original")).to_have_value("كنا نحن")
    dialog.get_by_label("Who said it").fill("Ana")
    dialog.get_by_role("button", name="Apply").click()
    desk.keyboard.press("Alt+F10")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Shortcuts")).to_contain_text("Ctrl+Shift+B")
    desk.keyboard.press("Escape")

    assert desk.locator("#id_body_en").input_value() == (
        '<blockquote><p>It was us</p><p><span lang="ar">كنا نحن</span></p><cite>Ana</cite></blockquote>'
        "<p>No/1</p><h3>Why</h3><ol><li>/7</li></ol>"
    )


def test_a_table_is_made_with_a_head(desk):
    article = story(title_en="A", body_en="<p>One</p>")
    open_story(desk, article)

    click(desk, editor(desk))
    use(desk, "Table")
    desk.get_by_label("Rows").fill("2")
    desk.get_by_label("Columns").fill("1")
    desk.get_by_role("button", name="Insert").click()
    expect(editor(desk)).to_be_focused()
    desk.keyboard.type("Place")

    table = "<table><thead><tr><th>Place</th></tr></thead><tbody><tr><td></td></tr></tbody></table>"
    assert table in written(desk)


def test_what_is_put_in_takes_the_place_of_no_selected_words(desk):
    article = story(title_en="A", body_en="<p>One</p><p>Two</p>")
    open_story(desk, article)

    click(desk, editor(desk))
    desk.keyboard.press("Control+a")
    use(desk, "Table")
    desk.get_by_role("button", name="Insert").click()
    expect(editor(desk).locator("table")).to_be_visible()

    assert written(desk).startswith("<p>One</p><p>Two</p><table>")


def test_words_become_a_pull_quote(desk):
    article = story(title_en="A", body_en="<p>One</p>")
    open_story(desk, article)

    click(desk, editor(desk).get_by_text("One"))
    use(desk, "Pull quote")

    assert written(desk) == '<blockquote data-pull=""><p>One</p></blockquote>'


def test_signs_are_raised_and_lowered(desk):
    open_story(desk, story(title_en="A", body_en="<p>CO2, m2</p>"))

    click(desk, editor(desk).get_by_text("CO2"))
    desk.keyboard.press("End")
    desk.keyboard.press("Shift+ArrowLeft")
    use(desk, "x₂ Subscript")
    use(desk, "x² Superscript")
    expect(tool(desk, "x₂ Subscript")).to_have_attribute("aria-pressed", "false")
    desk.keyboard.press("Home")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Shift+ArrowRight")
    use(desk, "x₂ Subscript")

    assert written(desk) == "<p>CO<sub>2</sub>, m<sup>2</sup></p>"


@pytest.mark.parametrize("before", ["<p>One</p>", "<p>One</p><h2>End</h2>"])
def test_typing_goes_on_after_what_was_inserted(desk, before):
    other = story(title_en="Ferry strike")
    article = story(title_en="A", body_en=before)
    open_story(desk, article)

    click(desk, editor(desk).get_by_text("One"))
    desk.keyboard.press("End")
    use(desk, "Read: card")
    desk.get_by_role("option", name="Ferry strike").click()
    expect(desk.locator("#panel-en .reference")).to_be_visible()
    desk.keyboard.type("More")

    card = f'<aside data-article="{other.pk}"></aside>'
    assert written(desk) == before.replace("</p>", f"</p>{card}<p>More</p>")


def test_an_inserted_embed_keeps_the_rest_of_its_paragraph_behind_the_cursor(desk):
    article = story(title_en="A", body_en="<p>One</p>")
    image = ImageFactory(description="Waves at the pier")
    open_story(desk, article)

    click(desk, editor(desk).get_by_text("One"))
    desk.keyboard.press("Home")
    desk.keyboard.press("ArrowRight")
    use(desk, "Embed")
    desk.get_by_label("Address of the video, post or map").fill("https://example.org/v")
    desk.get_by_label("What it shows, in a few words").fill("Waves")
    desk.get_by_role("button", name="Insert").click()
    # It must have a picture of what is there.
    expect(desk.get_by_role("button", name="No picture")).to_have_count(0)
    desk.get_by_role("option", name="Waves at the pier").click()
    settle(desk)
    desk.keyboard.type("more ")

    embed = '<div data-embed="https://example.org/v" data-title="Waves"></div>'
    assert (
        written(desk) == f'<p>O</p><figure data-image="{image.pk}"></figure>{embed}<p>more ne</p>'
    )


def test_a_line_after_a_waiting_card_can_be_written_in_and_is_not_stored_before(desk):
    body_en = '<p>One</p><aside data-waiting="Raqqa now"></aside>'
    open_story(desk, story(title_en="A", body_en=body_en))
    expect(desk.locator("#panel-en .reference")).to_have_text("Waits for:Raqqa now")

    click(desk, editor(desk).get_by_text("One"))
    desk.keyboard.press("Control+End")
    assert desk.locator("#id_body_en").input_value() == body_en
    desk.keyboard.type("More")

    assert written(desk) == f"{body_en}<p>More</p>"


def test_a_click_under_the_last_card_begins_a_line(desk):
    body_en = '<p>One</p><aside data-waiting="Raqqa now"></aside>'
    open_story(desk, story(title_en="A", body_en=body_en))

    box = editor(desk).bounding_box()
    click(desk, editor(desk), position={"x": 40, "y": box["height"] - 8})
    desk.keyboard.type("More")

    assert written(desk) == f"{body_en}<p>More</p>"


def test_tabs_are_moved_through_with_the_arrow_keys_to_one_that_runs_from_right_to_left(desk):
    open_story(desk, story(title_en="A", title_ar="قصة"))

    desk.get_by_role("tab", name="English").focus()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_role("tab", name="Español")).to_be_focused()
    expect(desk.get_by_role("tab", name="Español")).to_have_attribute("aria-selected", "true")
    expect(desk.locator("#panel-es")).to_be_visible()
    desk.keyboard.press("End")
    expect(desk.get_by_role("tab", name="العربية")).to_be_focused()
    expect(editor(desk, "ar")).to_have_css("direction", "rtl")
    expect(editor(desk, "ar")).to_have_attribute("lang", "ar")
    expect(desk.locator("#id_title_ar")).to_have_css("direction", "rtl")
    expect(editor(desk, "en")).to_be_hidden()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_role("tab", name="English")).to_be_focused()
    desk.get_by_role("tab", name="العربية").click()
    expect(editor(desk, "ar")).to_be_visible()


def test_of_many_languages_those_of_the_story_come_first_and_the_others_on_demand(
    desk, monkeypatch
):
    monkeypatch.setattr(panels, "FEW", 3)
    open_story(desk, story(title_en="A", title_ar="B"))
    tabs = desk.get_by_role("tab")
    expect(desk.locator(".language-tab__name")).to_have_text(
        ["English", "العربية", "Español", "Português"]
    )
    expect(tabs).to_have_count(3)

    desk.get_by_role("tab", name="English").focus()
    desk.keyboard.press("End")
    expect(desk.get_by_role("tab", name="Español")).to_be_focused()
    desk.get_by_role("button", name="More languages").click()

    expect(desk.get_by_role("tab", name="Português")).to_be_focused()
    expect(tabs).to_have_count(4)
    expect(desk.get_by_role("button", name="More languages")).to_have_count(0)


def test_the_tab_of_the_source_opens_first_and_the_used_one_again(desk):
    article = story(title_es="B", source_language="es")
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(desk.locator("#panel-es")).to_be_visible()

    desk.get_by_role("tab", name="Português").click()
    desk.reload()
    expect(desk.locator("#panel-pt")).to_be_visible()

    # A new story, which gets another address when it is saved.
    desk.goto("/admin/articles/article/add/")
    desk.get_by_role("tab", name="Español").click()
    desk.locator("#id_title_es").fill("C")
    desk.locator("#id_source_language").select_option("es")
    desk.get_by_role("tab", name="العربية").click()
    desk.get_by_role("button", name="Save and continue editing").click()
    desk.wait_for_url("**/change/")
    expect(desk.locator("#panel-ar")).to_be_visible()


def test_the_first_tab_with_an_error_opens(desk):
    open_story(desk, story(title_en="A"))
    desk.get_by_role("tab", name="Português").click()
    desk.locator("#id_standfirst_pt").fill("Sem título")
    desk.get_by_role("tab", name="English").click()

    desk.get_by_role("button", name="Save and continue editing").click()

    expect(desk.get_by_role("tab", name="has errors")).to_have_attribute("aria-selected", "true")
    expect(desk.locator("#id_standfirst_pt")).to_have_value("Sem título")


def test_enter_in_the_headline_only_saves(desk):
    article = story(title_en="A", body_en="<p>One</p>")
    open_story(desk, article)

    desk.locator("#id_title_en").press_sequentially("Z")
    desk.locator("#id_title_en").press("Enter")
    expect(desk.get_by_text("was changed successfully")).to_be_visible()

    assert edition(article).status == "draft"


def test_a_page_with_unsaved_words_is_not_left_by_accident(desk):
    open_story(desk, story(title_en="A", body_en="<p>One</p>"))
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    click(desk, editor(desk))
    desk.keyboard.type("Typed ")
    desk.goto("/admin/")

    assert asked == ["beforeunload"]


def test_without_scripts_the_panels_are_stacked_and_the_body_is_html(new_profile, desk):
    article = story(title_en="A", body_en="<p>One</p>", title_es="B")
    plain = new_profile(java_script_enabled=False)
    plain.add_cookies(desk.context.cookies())
    page = plain.new_page()

    page.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(page.locator("#panel-en")).to_be_visible()
    expect(page.locator("#panel-ar")).to_be_visible()
    page.locator("#id_body_en").fill("<p>Two</p>")
    page.get_by_role("button", name="Publish English now").click()

    expect(page.get_by_text("English is published.")).to_be_visible()
    assert stored() == "<p>Two</p>"


def test_a_page_of_the_site_is_written_with_the_same_editor(desk):
    desk.goto("/admin/articles/ownpage/add/")
    desk.locator("#id_title_en").fill("About us")
    text = desk.locator(".form-row.field-body_en .ProseMirror[contenteditable=true]")
    text.click()
    settle(desk)
    desk.keyboard.type("Ten people, ")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("two towns")
    desk.locator("#id_is_published_en").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was added successfully")).to_be_visible()

    desk.goto("/en/about-us/")

    expect(desk.locator("main strong")).to_have_text("two towns")
    expect(desk.locator("main")).to_contain_text("Ten people, two towns")
