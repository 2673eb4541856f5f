"""Two people at one story: each saves what they changed, and nobody saves over what they have not seen."""

import re

import pytest

from articles.derived import links
from articles.models import Article, Category
from tests.articles.admin.conftest import FormReader
from tests.factories import AuthorFactory, CategoryFactory, ImageFactory, edition, story

CHANGE = "articles_article_change"

# Forms and what they say: whatever they ask of the database, the random changes of test_exactness.py ask of both.
pytestmark = pytest.mark.once


@pytest.fixture
def article(db):
    """A story with something of each kind of field in it."""
    return story(
        title_en="A",
        standfirst_en="S",
        body_en="<p>One</p>",
        title_es="B",
        standfirst_es="T",
        body_es="<p>Uno</p>",
        tags=["Raqqa", "US"],
        categories=[CategoryFactory(name_en="Syria")],
        images=[ImageFactory(), ImageFactory()],
        authors=[AuthorFactory(name_en="Ana Duarte"), AuthorFactory(name_en="Rui Costa")],
    )


def shown(article):
    """Return what a story holds, each thing under a name of its own."""
    article = Article.objects.get(pk=article.pk)
    texts = [f"{name}_{code}" for name in ("title", "standfirst", "body") for code in ("en", "es")]
    uses = {use.image_id: use for use in article.uses.all()}
    words = ("is_lead", "position", "caption_en", "caption_es", "alt_en", "alt_es")
    return {
        **{name: getattr(article, name) or "" for name in (*texts, "source_language")},
        **{f"slug_{edition.language}": edition.slug for edition in article.editions.all()},
        "categories": set(article.categories.values_list("pk", flat=True)),
        "tags": set(article.tags.names()),
        "uses": uses.keys(),
        **{
            f"use {pk} {name}": getattr(use, name) or ""
            for pk, use in uses.items()
            for name in words
        },
        **{
            f"byline {b.author_id}": (b.role, b.language, b.position) for b in article.bylines.all()
        },
    }


CHANGES = {
    "title_en": {"title_en": "A2"},
    "standfirst_en": {"standfirst_en": "S2"},
    "body_en": {"body_en": "<p>Two</p>"},
    "title_es": {"title_es": "B2"},
    "slug_es": {"slug_es": "b3"},
    "source": {"source_language": "es"},
    "tags": {"tags": ["Raqqa", "Mosul"]},
    "categories": {"categories": []},
    "caption_en": {"uses-0-caption_en": "C"},
    "caption_es": {"uses-0-caption_es": "D"},
    "alt_es": {"uses-1-alt_es": "E"},
    "position": {"uses-1-position": "7"},
    "role": {"bylines-0-role": "translator"},
    "credit": {"bylines-1-language": "es"},
}
"""Name -> what changes one thing of `shown`."""


@pytest.mark.parametrize("half", [0, 1])
def test_a_save_changes_what_was_changed_in_it_and_nothing_that_others_saved_since(
    editor, second_editor, article, half
):
    opened, before = editor.form(CHANGE, article.pk), shown(article)
    ours = [dict(list(CHANGES.items())[start::2]) for start in (half, 1 - half)]
    mine, theirs = (
        {name: v for fields in part.values() for name, v in fields.items()} for part in ours
    )
    second_editor.save(CHANGE, article.pk, fields=theirs)
    between = shown(article)

    response = editor.save(CHANGE, article.pk, form=opened, fields=mine)

    after = shown(article)
    assert response.status_code == 302
    assert len([name for name in after if between[name] != before[name]]) == len(ours[1])
    assert len([name for name in after if after[name] != between[name]]) == len(ours[0])


def test_tags_and_categories_merge_item_by_item(editor, second_editor, article):
    kept, added = CategoryFactory(name_en="Syria"), CategoryFactory(name_en="Iraq")
    opened = editor.form(CHANGE, article.pk)
    fields = {"tags": ["US", "Mosul"], "categories": [str(kept.pk), str(added.pk)]}
    second_editor.save(CHANGE, article.pk, fields=fields)

    fields = {"tags": ["Raqqa", "US", "Aleppo"], "categories": []}
    editor.save(CHANGE, article.pk, form=opened, fields=fields)

    assert set(article.tags.names()) == {"US", "Mosul", "Aleppo"}
    assert list(article.categories.all()) == [added]


def test_a_category_that_was_deleted_meanwhile_is_no_error(editor, article):
    opened = editor.form(CHANGE, article.pk)
    Category.objects.get(name_en="Syria").delete()

    response = editor.save(CHANGE, article.pk, form=opened, fields={"title_en": "A2"})

    assert response.status_code == 302


# --- Where both changed the same ---


CLASHES = {
    "title_es": ("Mine", "Theirs"),
    "body_en": ("<p>Mine</p>", "<p>Theirs</p>"),
    "slug_es": ("mine", "theirs"),
    "source_language": ("es", "pt"),
    "uses-0-caption_es": ("Mine", "Theirs"),
    "bylines-0-role": ("translator", "photographer"),
}
"""Field -> what one makes of it, and the other."""


@pytest.fixture
def clash(editor, second_editor, article):
    """Let both change the same fields, and one other each; return the page that is answered."""
    opened = editor.form(CHANGE, article.pk)
    theirs = {name: there for name, (_here, there) in CLASHES.items()}
    mine = {name: here for name, (here, _there) in CLASHES.items()}
    second_editor.save(CHANGE, article.pk, fields=theirs | {"title_pt": "C", "standfirst_en": "W"})
    fields = mine | {"standfirst_es": "Mine only"}
    return editor.save(CHANGE, article.pk, form=opened, fields=fields)


def choices(response):
    """Return (side, end of the field's name) -> (name, value) of the choices that a page offers."""
    page = response.content.decode()
    pairs = re.findall(r'name="(choice-[^"]+)" value="((?:mine|theirs):[^"]+)"', page)
    return {
        (value.partition(":")[0], re.split(r"-\d+-|choice-", name)[-1]): (name, value)
        for name, value in pairs
    }


def test_only_the_fields_that_both_changed_are_asked_about(article, clash):
    page = clash.content.decode()
    values = FormReader(page).values

    assert clash.status_code == 200
    assert page.count('class="clash"') == len(CLASHES)
    assert "Rui Lima has changed this, too" in page
    assert {name: values[name] for name in CLASHES} == {n: [m] for n, (m, _t) in CLASHES.items()}
    assert values["standfirst_es"] == ["Mine only"]
    assert (values["title_pt"], values["standfirst_en"]) == (["C"], ["W"])
    assert shown(article)["standfirst_es"] == "T"


def test_sending_a_clash_again_without_a_choice_is_refused_again(editor, article, clash):
    before = shown(article)

    again = editor.save(CHANGE, article.pk, form=FormReader(clash.content.decode()))

    assert again.status_code == 200
    assert shown(article) == before


@pytest.mark.parametrize("sides", [("mine", "theirs"), ("theirs", "mine")])
def test_the_chosen_sides_are_saved_with_the_rest(editor, article, clash, sides):
    chosen = {name: sides[place % 2] for place, name in enumerate(CLASHES)}
    offered = choices(clash)
    fields = dict(offered[side, name.split("-")[-1]] for name, side in chosen.items())

    again = editor.save(CHANGE, article.pk, form=FormReader(clash.content.decode()), fields=fields)

    assert again.status_code == 302
    saved = editor.form(CHANGE, article.pk).values
    for name, side in chosen.items():
        assert saved[name] == [CLASHES[name][side == "theirs"]]
    assert (saved["standfirst_es"], saved["standfirst_en"]) == (["Mine only"], ["W"])


def test_a_choice_holds_for_the_words_that_were_seen_and_for_no_later_ones(
    editor, second_editor, article
):
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"title_en": "Theirs"})
    response = editor.save(CHANGE, article.pk, form=opened, fields={"title_en": "Mine"})
    second_editor.save(CHANGE, article.pk, fields={"title_en": "Theirs again"})

    name, value = choices(response)["mine", "title_en"]
    form = FormReader(response.content.decode())
    again = editor.save(CHANGE, article.pk, form=form, fields={name: value})

    assert "Theirs again" in again.content.decode()
    assert shown(article)["title_en"] == "Theirs again"


def test_the_same_change_by_both_is_no_clash(editor, second_editor, article):
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"title_en": "Same"})

    response = editor.save(CHANGE, article.pk, form=opened, fields={"title_en": "Same"})

    assert response.status_code == 302


def test_the_tab_of_a_clash_is_marked(editor, second_editor, article):
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"title_es": "Theirs"})

    response = editor.save(CHANGE, article.pk, form=opened, fields={"title_es": "Mine"})

    assert [panel.language for panel in response.context_data["panels"] if panel.has_errors] == [
        "es"
    ]


def test_what_is_shown_of_a_clash_is_clean(editor, second_editor, article):
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"body_en": "<p>Theirs</p>", "title_en": "<b>"})

    hostile = {"body_en": "<p>x<script>alert(1)</script></p>", "title_en": "<img src=x>"}
    page = editor.save(CHANGE, article.pk, form=opened, fields=hostile).content.decode()

    shown_text = re.findall(r'<div class="clash__text".*?</div>', page, re.DOTALL)
    assert len(shown_text) == 4
    assert not [words for words in shown_text if "<script" in words or "<img" in words]


def test_a_verb_beside_a_clash_does_nothing(editor, second_editor, article):
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"body_en": "<p>Theirs</p>"})

    fields = {"body_en": "<p>Mine</p>"}
    editor.save(CHANGE, article.pk, form=opened, fields=fields, button=("_verb", "publish:en"))

    assert edition(article).status == "draft"


def sides_of(page):
    """Return the words of each side of what two have changed, as a person reads them, with what is taken out and put in."""
    return [
        re.sub(r"\s+", " ", re.sub(r"<(?!/?(?:ins|del))[^>]*>", "", side)).strip()
        for side in re.findall(r'<div class="clash__text".*?</div>', page, re.DOTALL)
    ]


def test_a_headline_that_both_changed_is_shown_as_it_was_too(editor, second_editor, article):
    editor.save(CHANGE, article.pk, fields={"title_en": "As it was then"})
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"title_en": "As it is then"})

    response = editor.save(CHANGE, article.pk, form=opened, fields={"title_en": "As it was now"})

    assert sides_of(response.text) == [
        "As it was then",
        "As it <del>was</del><ins>is</ins> then",
        "As it was <del>then</del><ins>now</ins>",
    ]
    labels = re.findall(r'class="clash__label">([^<]+)<', response.text)
    assert labels == ["As it was", "Saved meanwhile", "Yours"]
    # The story is called as it is saved, and not as it would be.
    name = re.findall(r"<h1>.*?</h1>", response.text)[0]
    assert "As it is then" in name


def test_a_row_that_was_changed_in_another_window_of_ones_own_is_told_as_such(editor, article):
    opened = editor.form(CHANGE, article.pk)
    editor.save(CHANGE, article.pk, fields={"bylines-0-role": "translator"})

    response = editor.save(
        CHANGE, article.pk, form=opened, fields={"bylines-0-role": "photographer"}
    )

    assert "You have changed this, too, in another window" in response.text


PARAGRAPHS = ["<p>One is here.</p>", "<p>Two is here.</p>", "<p>Three is here.</p>"]


def body_with(**others):
    return "\n".join(others.get(f"at{place}", words) for place, words in enumerate(PARAGRAPHS))


def rewritten_by_both(editor, second_editor, article, mine, theirs):
    """Let both open a story that was saved once, and change its body and a caption; return the second answer."""
    editor.save(CHANGE, article.pk, fields={"body_en": body_with(), "uses-0-caption_en": "C\nD"})
    opened = editor.form(CHANGE, article.pk)
    fields = {"body_en": body_with(**theirs), "uses-0-caption_en": "C\nD2"}
    second_editor.save(CHANGE, article.pk, fields=fields)
    fields = {"body_en": body_with(**mine), "uses-0-caption_en": "C2\nD"}
    return editor.save(CHANGE, article.pk, form=opened, fields=fields)


def test_different_paragraphs_of_one_text_are_merged_and_it_is_said(
    editor, second_editor, article, said
):
    first, last = "<p>One was here.</p>", "<p>Three was here.</p>"

    response = rewritten_by_both(editor, second_editor, article, {"at0": first}, {"at2": last})

    assert response.status_code == 302
    assert Article.objects.get().body_en == body_with(at0=first, at2=last)
    assert article.uses.order_by("pk").first().caption_en == "C2\nD2"
    assert "one text now: Body (English), Caption" in " ".join(said(response))


WAITS = '<aside data-waiting="Tide"></aside>'


def ending(*, link=WAITS, **others):
    return f"{body_with(**others)}\n{link}"


@pytest.mark.parametrize("when", ["before both", "between both"])
def test_paragraphs_are_merged_round_a_link_that_has_found_its_story(
    editor, second_editor, article, when
):
    editor.save(CHANGE, article.pk, fields={"body_en": ending()})
    early = editor.form(CHANGE, article.pk)
    target = story(title_en="Tide")
    opened = early if when == "between both" else editor.form(CHANGE, article.pk)
    led = f'<aside data-article="{target.pk}"></aside>'
    assert led in Article.objects.get(pk=article.pk).body_en
    theirs = ending(at2="<p>Three was here.</p>", link=led)
    second_editor.save(CHANGE, article.pk, fields={"body_en": theirs})

    mine = ending(at0="<p>One was here.</p>", link=WAITS if opened is early else led)
    response = editor.save(CHANGE, article.pk, form=opened, fields={"body_en": mine})

    assert response.status_code == 302
    both = ending(at0="<p>One was here.</p>", at2="<p>Three was here.</p>", link=led)
    assert Article.objects.get(pk=article.pk).body_en == both


def test_paragraphs_are_merged_round_a_link_to_a_story_that_was_joined_with_another(
    editor, second_editor, article
):
    old, new = story(title_en="Old"), story(title_en="New")
    before, after = (f'<aside data-article="{linked.pk}"></aside>' for linked in (old, new))
    editor.save(CHANGE, article.pk, fields={"body_en": ending(link=before)})
    links.lead(old.pk, new.pk, languages=["en"])
    opened = editor.form(CHANGE, article.pk)
    theirs = ending(at2="<p>Three was here.</p>", link=after)
    second_editor.save(CHANGE, article.pk, fields={"body_en": theirs})

    mine = ending(at0="<p>One was here.</p>", link=after)
    response = editor.save(CHANGE, article.pk, form=opened, fields={"body_en": mine})

    assert response.status_code == 302
    both = ending(at0="<p>One was here.</p>", at2="<p>Three was here.</p>", link=after)
    assert Article.objects.get(pk=article.pk).body_en == both


@pytest.fixture
def collision(editor, second_editor, article):
    """Return the answer to who rewrote a paragraph that another did, and one that nobody did."""
    mine = {"at0": "<p>One was here.</p>", "at1": "<p>Two was here.</p>"}
    return rewritten_by_both(
        editor, second_editor, article, mine, {"at1": "<p>Two is <em>gone</em>.</p>"}
    )


def test_a_paragraph_that_both_changed_is_shown_as_it_was_and_as_both_made_it(collision, article):
    page = collision.content.decode()

    assert sides_of(page) == [
        "Two is here.",
        "Two is <del>here</del><ins>gone</ins>.",
        "Two <del>is</del><ins>was</ins> here.",
    ]
    standing = body_with(at0="<p>One was here.</p>", at1="<p>Two was here.</p>")
    assert FormReader(page).values["body_en"] == [standing]
    assert FormReader(page).values["uses-0-caption_en"] == ["C2\nD2"]


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("mine", "<p>Two was here.</p>"),
        ("theirs", "<p>Two is <em>gone</em>.</p>"),
        ("both", "<p>Two is <em>gone</em>.</p>\n<p>Two was here.</p>"),
        ("", "<p>Two is <em>gone</em>.</p>"),
    ],
)
def test_a_side_is_chosen_for_each_paragraph(editor, collision, article, side, words):
    page = collision.content.decode()
    values = re.findall(r'name="choice-body_en-0" value="((\w+):\w+)"', page)
    chosen = {"choice-body_en-0": [value for value, name in values if name == side]}

    again = editor.save(CHANGE, article.pk, form=FormReader(page), fields=chosen)

    first = "<p>One was here.</p>" if side else PARAGRAPHS[0]
    assert (again.status_code, len(values)) == (302 if side else 200, 3)
    assert Article.objects.get().body_en == body_with(at0=first, at1=words)


@pytest.mark.parametrize("sent", [None, "", "[]", "{", '{"title_en": 7}'])
def test_a_form_that_does_not_say_what_it_was_opened_with_overwrites_nothing(editor, article, sent):
    form = editor.form(CHANGE, article.pk)
    form.values["opened"] = [sent] if sent is not None else []

    response = editor.save(CHANGE, article.pk, form=form, fields={"title_en": "B"})

    assert response.status_code == 200
    assert shown(article)["title_en"] == "A"


# --- Rows ---


def test_a_row_that_somebody_added_is_kept_and_one_of_mine_is_added(editor, second_editor, article):
    theirs, mine = ImageFactory(), ImageFactory()
    opened = editor.form(CHANGE, article.pk)
    new = {"uses-TOTAL_FORMS": "3", "uses-2-position": "5"}
    second_editor.save(CHANGE, article.pk, fields=new | {"uses-2-image": str(theirs.pk)})

    response = editor.save(
        CHANGE, article.pk, form=opened, fields=new | {"uses-2-image": str(mine.pk)}
    )

    assert response.status_code == 302
    assert {theirs.pk, mine.pk} < shown(article)["uses"]


def test_a_row_that_somebody_took_out_stays_out(editor, second_editor, article):
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"uses-0-DELETE": "on", "bylines-0-DELETE": "on"})

    fields = {"title_en": "A2", "uses-1-alt_en": "Words"}
    response = editor.save(CHANGE, article.pk, form=opened, fields=fields)

    assert response.status_code == 302
    assert article.bylines.count() == 1
    assert article.uses.get().alt_en == "Words"


def test_a_row_that_was_changed_here_and_taken_out_there_is_asked_about(
    editor, second_editor, article
):
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"uses-1-DELETE": "on"})

    fields = {"uses-1-caption_en": "Words"}
    response = editor.save(CHANGE, article.pk, form=opened, fields=fields)
    assert "What you changed here was taken out meanwhile" in response.content.decode()
    assert article.uses.count() == 1

    form = FormReader(response.content.decode())
    assert editor.save(CHANGE, article.pk, form=form).status_code == 302
    assert [use.caption_en or "" for use in article.uses.order_by("pk")] == ["", "Words"]


def test_a_row_that_was_changed_there_is_not_taken_out_unseen(editor, second_editor, article):
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"uses-1-caption_en": "Words"})

    response = editor.save(CHANGE, article.pk, form=opened, fields={"uses-1-DELETE": "on"})
    assert response.status_code == 200
    assert "Words" in response.content.decode()

    form = FormReader(response.content.decode())
    editor.save(CHANGE, article.pk, form=form, fields={"uses-1-DELETE": "on"})
    assert article.uses.count() == 1


def test_two_who_make_different_images_lead_are_told(editor, second_editor, article):
    opened, third = editor.form(CHANGE, article.pk), ImageFactory()
    theirs = second_editor.form(CHANGE, article.pk)
    del theirs.values["uses-0-is_lead"], opened.values["uses-0-is_lead"]
    new = {"uses-TOTAL_FORMS": "3", "uses-2-image": str(third.pk), "uses-2-is_lead": "on"}
    second_editor.save(CHANGE, article.pk, form=theirs, fields=new | {"uses-2-position": "2"})

    response = editor.save(CHANGE, article.pk, form=opened, fields={"uses-1-is_lead": "on"})

    assert "Only one image can lead the story." in response.content.decode()
    assert article.uses.get(is_lead=True).image == third


def test_related_stories_keep_the_order_in_which_they_are_chosen(editor):
    first, second, article = (story(title_en=title) for title in ("One", "Two", "A"))

    editor.save(
        "articles_article_change",
        article.pk,
        fields={"related": [str(second.pk), str(first.pk), "999999"]},
    )
    article.refresh_from_db()
    assert article.related == [second.pk, first.pk]

    editor.save(
        "articles_article_change", article.pk, fields={"related": [str(first.pk), str(second.pk)]}
    )
    article.refresh_from_db()
    assert article.related == [first.pk, second.pk]

    shown = editor.form("articles_article_change", article.pk).values["related"]
    assert shown == [str(first.pk), str(second.pk)]


def test_a_clash_of_related_stories_tells_their_headlines(editor, second_editor):
    first, second, article = (story(title_en=title) for title in ("One", "Two", "A"))
    opened = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"related": [str(first.pk)]})

    values = [str(second.pk), str(first.pk)]
    page = editor.save(CHANGE, article.pk, form=opened, fields={"related": values})
    sides = re.findall(
        r'class="clash__text".*?>([^<>]+(?:<br>[^<>]+)?)</div>', page.content.decode(), re.DOTALL
    )
    assert sides == ["One", "Two<br>One"]
