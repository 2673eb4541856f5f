import lxml.html
import pytest

from articles import roles
from articles.actions import writing
from articles.models import Article, Edition, ImageUse
from tests.articles.admin.conftest import Desk, FormReader, member_of
from tests.factories import AuthorFactory, ImageFactory, edition, story

# Forms and what they say; the verbs behind them are asked of both databases in tests/articles/actions/.
pytestmark = pytest.mark.once

PAGE, CHANGE = "articles_article_side_by_side_change", "articles_article_change"
ONE, TWO, THREE = "<p>One ferry.</p>", "<p>Two bridges.</p>", "<p>Three schools.</p>"
UNO, DOS = "<p>Un ferri.</p>", "<p>Dos puentes.</p>"


def translated(**texts):
    told = {"source_language": "en", "title_en": "A", "body_en": ONE + TWO}
    return story(**told | {"title_es": "B", "body_es": UNO + DOS} | texts)


def names(article, language="es"):
    """Return the HTML of each block of the source -> the name of its field."""
    record = writing.record_of(Article.objects.get(pk=article.pk))
    return {block.html: f"of-{name}" for name, block in record.of_source().items()}


def behind(article, language="es"):
    return Edition.objects.get(article=article, language=language).blocks_behind


def columns(article):
    """Return all that the row of a story holds, by column: `values()` knows one language."""
    row = Article.objects.get(pk=article.pk)
    return {field.attname: getattr(row, field.attname) for field in Article._meta.concrete_fields}


def body(article):
    return Article.objects.get(pk=article.pk).body_es


def sides(page):
    """Return what a page shows of a paragraph that two people have changed: what each side is called, and its words."""
    shown = lxml.html.fromstring(page).find_class("clash__side")
    return [" ".join(f"{side[0].text_content()}: {words(side[1])}".split()) for side in shown]


def words(side):
    changed = ((mark, mark.text_content()) for mark in side.iter("del", "ins"))
    return " ".join([side.text_content(), *(f"{mark.tag}={words}" for mark, words in changed)])


def test_each_block_has_a_field_and_opening_and_saving_changes_nothing(editor, said):
    picture = ImageFactory()
    figure = f'<figure data-image="{picture.pk}"></figure>'
    card = f'<aside data-article="{story(title_en="Another").pk}"></aside>'
    quote = "<blockquote><p>“Enough.”</p><cite>Ana</cite></blockquote>"
    article = translated(
        standfirst_en="S", body_en=ONE + figure + quote + card, body_es=UNO + figure
    )
    before = columns(article)

    response = editor.open(PAGE, article.pk, "es")
    form = FormReader(response.text)

    assert response.text.count("Untranslated") == 3
    assert "3 of 6 blocks translated, 0 behind" in " ".join(response.text.split())
    assert "Read: Another" in " ".join(response.text.split())
    use = ImageUse.objects.get(article=article)
    assert {f"caption-{use.pk}", f"alt-{use.pk}", *names(article).values()} - {
        names(article)[card]
    } <= form.values.keys()
    assert 'lang="es" dir="ltr"' in response.text

    response = editor.save(PAGE, article.pk, "es")

    assert "Nothing was changed, so nothing was saved." in said(response)
    assert columns(article) == before


def test_blocks_are_written_where_they_belong_and_the_rest_stays_untranslated(editor):
    picture = ImageFactory()
    figure = f'<figure data-image="{picture.pk}"></figure>'
    article = story(source_language="en", title_en="A", body_en=ONE + TWO + figure + THREE)
    of = names(article)

    editor.save(PAGE, article.pk, "ar", fields={"of-title": "قصة", of[THREE]: "<p>ثلاث مدارس.</p>"})
    page = editor.open(PAGE, article.pk, "ar").text
    assert "2 of 5 blocks translated, 0 behind" in " ".join(page.split())
    fields = {of[ONE]: "<p>عبّارة</p><p>واحدة.</p>", of[figure]: "on"}
    use = ImageUse.objects.get(article=article)
    editor.save(PAGE, article.pk, "ar", fields=fields | {f"alt-{use.pk}": "صورة"})

    assert Article.objects.get(pk=article.pk).body_ar == (
        f"<p>عبّارة</p><p>واحدة.</p>{figure}<p>ثلاث مدارس.</p>"
    )
    assert ImageUse.objects.get(article=article).alt_ar == "صورة"
    assert behind(article, "ar") == 0


def test_a_block_that_is_behind_shows_what_is_other_and_is_caught_up_or_confirmed(editor):
    article = translated()
    editor.save(
        CHANGE, article.pk, fields={"title_en": "Z", "body_en": ONE.replace("One", "Two") + TWO}
    )
    assert behind(article) == 2
    of = names(article)
    one = of[ONE.replace("One", "Two")].removeprefix("of-")

    page = editor.open(PAGE, article.pk, "es").text
    assert "<del>One</del>" in page
    assert "<ins>Two</ins>" in page
    assert "<ins>Two</ins>" in editor.open(CHANGE, article.pk).text

    editor.save(PAGE, article.pk, "es", fields={"confirm": ["title"]})
    assert (behind(article), body(article)) == (1, UNO + DOS)
    editor.save(PAGE, article.pk, "es", fields={"cosmetic": [one]})
    assert behind(article) == 0


def test_what_changed_while_the_page_was_open_is_not_confirmed_nor_caught_up(editor, said):
    article = translated()
    editor.save(CHANGE, article.pk, fields={"body_en": ONE + TWO.replace("Two", "Three")})
    form = editor.form(PAGE, article.pk, "es")
    name = names(article)[TWO.replace("Two", "Three")]
    editor.save(CHANGE, article.pk, fields={"body_en": ONE + TWO.replace("Two", "Four")})

    fields = {name: "<p>Tres puentes.</p>", "confirm": [name.removeprefix("of-")]}
    response = editor.save(PAGE, article.pk, "es", form=form, fields=fields)

    assert (behind(article), body(article)) == (1, UNO + "<p>Tres puentes.</p>")
    assert any("changed again" in message for message in said(response))


def test_two_translators_lose_no_word(editor, writer):
    hers = AuthorFactory(name_en="Will Hart", user=writer.user)
    article = translated(body_es="<p>Uno.</p>" + DOS, authors=[hers])
    of = names(article)
    editor.save(PAGE, article.pk, "es", fields={of[ONE]: UNO})
    form = writer.form(PAGE, article.pk, "es")
    editor.save(PAGE, article.pk, "es", fields={of[ONE]: "<p>El ferri.</p>"})

    # Other blocks are merged; one that both have changed is asked about, and one that is gone is kept.
    writer.save(PAGE, article.pk, "es", form=form, fields={of[TWO]: "<p>Los dos puentes.</p>"})
    assert body(article) == "<p>El ferri.</p><p>Los dos puentes.</p>"
    both = writer.save(PAGE, article.pk, "es", form=form, fields={of[ONE]: "<p>Mi ferri.</p>"})
    assert both.status_code == 200
    assert sides(both.text) == [
        "As it was: Un ferri.",
        "Saved meanwhile: UnEl ferri. del=Un ins=El",
        "Yours: UnMi ferri. del=Un ins=Mi",
    ]
    assert "Eva Ortiz has changed this, too" in both.text

    editor.save(CHANGE, article.pk, fields={"body_en": ONE, "body_es": "<p>El ferri.</p>"})
    gone = writer.save(PAGE, article.pk, "es", form=form, fields={of[TWO]: "<p>Mis puentes.</p>"})
    assert "Mis puentes." in gone.text
    assert body(article) == "<p>El ferri.</p>"


def test_only_who_may_write_a_language_translates_it(editor, writer):
    reader = Desk(member_of(roles.MODERATOR))
    article = translated(authors=[AuthorFactory(name_en="Will Hart", user=writer.user)])
    other = translated()

    assert writer.open(PAGE, article.pk, "es").status_code == 200
    assert 'name="cosmetic"' not in writer.open(PAGE, article.pk, "es").text
    assert writer.open(PAGE, other.pk, "es").status_code == 403
    assert reader.open(PAGE, article.pk, "es").status_code == 403
    for language in ("en", "xx"):
        assert editor.open(PAGE, article.pk, language).status_code == 404

    editor.press(article, "publish:es")
    assert writer.open(PAGE, article.pk, "es").status_code == 403
    assert edition(article, "es").status == "published"


# --- Checks ---


def questions(page):
    """Return the translation of each block -> what is asked about it."""
    by_translation = {}
    for block in lxml.html.fromstring(page).xpath("//section[.//textarea]"):
        asked = block.xpath(".//ul[@class='pair__checks']/li")
        words = block.xpath(".//textarea")[0].text_content().strip()
        by_translation[words] = [" ".join(item.text_content().split()) for item in asked]
    return by_translation


def test_a_question_stands_at_its_block_and_hinders_nothing(editor, said):
    article = translated(
        body_en=TWO + "<p>It takes 10 cars.</p>", body_es=DOS + "<p>Lleva diez coches.</p>"
    )
    name = names(article)["<p>It takes 10 cars.</p>"]

    response = editor.save(PAGE, article.pk, "es", fields={name: "<p>Lleva 12 coches.</p>"})

    assert "Español is saved." in said(response)
    assert body(article) == DOS + "<p>Lleva 12 coches.</p>"
    asked = questions(editor.open(PAGE, article.pk, "es").text)
    assert asked[DOS] == []
    assert asked["<p>Lleva 12 coches.</p>"] == [
        "In the source stands 10, and not here.",
        "Here stands 12, and not in the source.",
    ]

    editor.save(PAGE, article.pk, "es", fields={"of-title": "Ferri"})
    assert body(article) == DOS + "<p>Lleva 12 coches.</p>"


# --- Embeds ---

FILM = '<div data-embed="https://example.com/film" data-title="A film of the bridge"></div>'
PELI = '<div data-embed="https://example.com/film" data-title="Una película del puente"></div>'
BARE = '<div data-embed="https://example.com/film"></div>'


def test_the_title_of_an_embed_is_translated_and_no_other_language_is_touched(editor):
    article = translated(
        body_en=ONE + FILM + TWO,
        body_es=UNO + FILM + DOS,
        title_pt="C",
        body_pt="<p>Um ferry.</p>" + FILM,
    )
    before = columns(article)
    name = names(article)[FILM]
    page = editor.open(PAGE, article.pk, "es").text
    assert page.count("A film of the bridge") == 2
    assert "https://example.com/film" in page

    fields = {f"embed-{name}": "Una película del puente"}
    editor.save(PAGE, article.pk, "es", fields=fields)

    after = columns(article)
    dates = {"active_at", "modified_at", "rev"}
    changed = {key for key in before if before[key] != after[key]} - dates
    assert (changed, body(article)) == ({"body_es"}, UNO + PELI + DOS)
    assert behind(article) == 0


@pytest.mark.parametrize(
    ("fields", "block"),
    [
        ({"": "on", "title": "Una película del puente"}, PELI),
        ({"title": "Una película del puente"}, PELI),
        ({"": "on"}, BARE),
        ({}, ""),
    ],
)
def test_an_embed_comes_into_a_translation_under_a_title_of_its_language_alone(
    editor, fields, block
):
    article = translated(body_en=ONE + FILM + TWO)
    name = names(article)[FILM]
    sent = {"": name, "title": f"embed-{name}"}

    editor.save(PAGE, article.pk, "es", fields={sent[key]: value for key, value in fields.items()})

    assert body(article) == UNO + block + DOS


def test_an_embed_whose_title_changed_is_behind_until_its_own_is_written(editor):
    article = translated(body_en=ONE + FILM, body_es=UNO + PELI)
    longer = FILM.replace("A film", "The film")
    editor.save(CHANGE, article.pk, fields={"body_en": ONE + longer})
    assert behind(article) == 1
    assert "<ins>The</ins>" in editor.open(PAGE, article.pk, "es").text

    name = names(article)[longer]
    editor.save(PAGE, article.pk, "es", fields={f"embed-{name}": "La película"})

    assert behind(article) == 0
    assert 'data-title="La película"' in body(article)


def test_an_embed_is_taken_out_whatever_it_is_called(editor):
    article = translated(body_en=ONE + FILM, body_es=UNO + PELI)
    form = editor.form(PAGE, article.pk, "es")
    del form.values[names(article)[FILM]]

    editor.save(PAGE, article.pk, "es", form=form)

    assert body(article) == UNO


# --- What was made from what ---


def test_two_blocks_made_from_one_are_both_kept(editor):
    article = translated(body_es="")
    of = names(article)
    editor.save(PAGE, article.pk, "es", fields={of[ONE]: "<p>Un</p><p>ferri.</p>"})
    assert body(article) == "<p>Un</p><p>ferri.</p>"

    editor.save(PAGE, article.pk, "es", fields={of[TWO]: DOS})
    assert body(article) == "<p>Un</p><p>ferri.</p>" + DOS

    editor.save(PAGE, article.pk, "es", fields={of[ONE]: "<p>Uno</p>"})
    assert body(article) == "<p>Uno</p><p>ferri.</p>" + DOS


TRES = "<p>Tres escuelas.</p>"


def chosen(article, html, source):
    """Return what a form sends to say that a Spanish block was made from one of the source, or from none ("")."""
    record = writing.record_of(Article.objects.get(pk=article.pk))
    block = next(block for block in record.texts["es"] if block.html == html)
    return {f"source-{block.id}": names(article)[source].removeprefix("of-") if source else ""}


def rows(article):
    """Return what each block of the source is in Spanish, and whether it is behind."""
    record = writing.record_of(Article.objects.get(pk=article.pk))
    return [
        (row.target.html if row.target else "", row.is_behind)
        for row in record.rows("es")
        if row.source and not row.source.is_line
    ]


def test_what_a_block_was_made_from_is_mended_by_hand_and_no_text_changes(editor, said):
    article = translated(body_en=ONE + TWO + THREE, body_es=UNO + TRES, title_pt="C", body_pt=ONE)
    assert rows(article) == [(UNO, False), (TRES, False), ("", False)]
    before = columns(article)

    response = editor.save(PAGE, article.pk, "es", fields=chosen(article, TRES, THREE))

    assert "Español is saved." in said(response)
    assert rows(article) == [(UNO, False), ("", True), (TRES, False)]
    assert (behind(article), columns(article)) == (1, before)
    assert "Eva Ortiz" in editor.open("articles_article_history", article.pk).text
    assert Edition.objects.get(article=article, language="pt").blocks_behind == 0
    assert (
        f'value="{names(article)[THREE].removeprefix("of-")}" selected'
        in editor.open(PAGE, article.pk, "es").text
    )


def test_two_blocks_change_places_with_what_each_was_made_from(editor):
    article = translated(body_es=DOS + UNO)
    changed_source = ONE.replace("One", "Another")
    editor.save(CHANGE, article.pk, fields={"body_en": changed_source + TWO})
    assert rows(article) == [(DOS, True), (UNO, False)]

    fields = chosen(article, DOS, TWO) | chosen(article, UNO, changed_source)
    editor.save(PAGE, article.pk, "es", fields=fields)

    assert rows(article) == [(UNO, True), (DOS, False)]
    assert body(article) == DOS + UNO


def test_a_block_without_a_source_stays_without_one(editor):
    article = translated()

    editor.save(PAGE, article.pk, "es", fields=chosen(article, DOS, ""))
    assert rows(article) == [(UNO, False), ("", True)]
    assert "It stands in this language only." in editor.open(PAGE, article.pk, "es").text
    editor.save(CHANGE, article.pk, fields={"body_es": UNO + DOS.replace("Dos", "Tres")})

    assert rows(article) == [(UNO, False), ("", True)]


def test_a_block_is_mended_and_written_anew_in_one_save(editor):
    article = translated(body_en=ONE + TWO + THREE, body_es=UNO + TRES)
    of = names(article)
    fields = {of[TWO]: "<p>Tres colegios.</p>", of[THREE]: ""}

    editor.save(PAGE, article.pk, "es", fields=fields | chosen(article, TRES, THREE))

    assert rows(article) == [(UNO, False), ("", True), ("<p>Tres colegios.</p>", False)]


def test_what_was_not_seen_of_a_source_is_not_taken_as_known(editor):
    article = translated(body_es=UNO)
    editor.save(CHANGE, article.pk, fields={"body_en": ONE + TWO + THREE, "body_es": UNO + TRES})
    editor.save(PAGE, article.pk, "es", fields=chosen(article, TRES, ""))
    form, fields = editor.form(PAGE, article.pk, "es"), chosen(article, TRES, THREE)
    other = THREE.replace("Three", "Four")
    editor.save(CHANGE, article.pk, fields={"body_en": ONE + TWO + other})

    editor.save(PAGE, article.pk, "es", form=form, fields=fields)

    assert rows(article)[-1] == (TRES, True)
