"""The page of a story: its tabs, its fields, and what saving it does."""

from collections import Counter

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from reversion.models import Version

from articles import body
from articles.actions import publishing
from articles.body import cleaning
from articles.models import Article, Edition, Event, ImageUse, Tag
from tests.articles.admin.conftest import FormReader
from tests.bench import plans
from tests.factories import AuthorFactory, CategoryFactory, ImageFactory, edition, story

CHANGE = "articles_article_change"
ADD = "articles_article_add"

# Forms and what they say: whatever they ask of the database, the random changes of test_exactness.py ask of both.
pytestmark = pytest.mark.once


def test_a_new_story_is_written_with_a_tab_for_each_language(editor):
    page = editor.open(ADD).content.decode()

    assert [f'id="panel-{code}"' in page for code in ("en", "es", "pt", "ar")] == [True] * 4
    assert 'name="title_ar"' in page
    assert page.count("data-body") == 4


def test_a_save_cleans_each_body_once_and_none_that_was_not_touched(editor, monkeypatch):
    article, cleaned = story(live=["en", "es"], body_es="<p>untouched</p>"), []
    clean = cleaning._cleaned
    monkeypatch.setattr(
        cleaning, "_cleaned", lambda *given: cleaned.append(given[0]) or clean(*given)
    )
    form = editor.form(CHANGE, article.pk)
    cleaning._known.cache_clear()

    editor.save(CHANGE, article.pk, form=form, fields={"body_en": "<p>b<script>c</script></p>"})

    assert max(Counter(filter(None, cleaned)).values()) == 1
    assert "<p>b<script>c</script></p>" in cleaned
    assert "<p>untouched</p>" not in cleaned


def test_a_save_takes_as_many_statements_whatever_the_number_of_languages(editor):
    counts = []
    # The first one also loads what a process keeps.
    for languages in (["en"], ["en", "es"], ["en", "es", "pt", "ar"]):
        article = story(live=languages)
        form = editor.form(CHANGE, article.pk)
        with plans.recorded() as statements:
            editor.save(CHANGE, article.pk, form=form, fields={"title_en": "Another"})
        counts.append(len(statements))

    assert counts[1] == counts[2]


@pytest.mark.parametrize("button", [("_save", "1"), ("_verb", "publish:en")])
def test_the_same_form_sent_twice_makes_one_story_and_says_so(editor, said, button):
    form, fields = editor.form(ADD), {"title_en": "A", "body_en": "<p>x</p>"}

    first = editor.save(ADD, form=form, fields=fields, button=button)
    second = editor.save(ADD, form=form, fields=fields, button=button)

    article = Article.objects.get()
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == f"/admin/articles/article/{article.pk}/change/"
    assert "This form was sent twice. It was saved once, as “A”." in said(second)


def test_a_form_that_was_refused_is_sent_again_and_one_that_comes_back_with_other_words_asks(
    editor,
):
    form = editor.form(ADD)
    editor.save(ADD, form=form, fields={"standfirst_en": "S"})
    editor.save(ADD, form=form, fields={"title_en": "A & B"})
    article = Article.objects.get()

    asked = editor.save(ADD, form=form, fields={"title_en": "C", "body_en": "<p>x</p>"})

    assert Article.objects.get() == article
    link = f'<a href="/admin/articles/article/{article.pk}/change/"><bdi>A &amp; B</bdi></a>'
    assert f"This form has made “{link}” already" in asked.text
    again = FormReader(asked.text)
    assert again.values["title_en"] == ["C"]
    editor.save(ADD, form=again)
    assert sorted(Article.objects.values_list("title_en", flat=True)) == ["A & B", "C"]


def test_a_tag_that_no_database_can_hold_is_refused(editor):
    response = editor.save(ADD, fields={"title_en": "A", "tags": ["Raq\x00qa"]})

    assert "tags" in response.context_data["adminform"].form.errors
    assert not Tag.objects.exists()


def test_a_very_long_story_is_saved(editor):
    article = story(title_en="A")

    response = editor.save(CHANGE, article.pk, fields={"body_en": "<p>" + "word " * 600_000})

    assert response.status_code == 302
    assert len(Article.objects.get().body_en) > 2_900_000


def test_only_enabled_languages_have_a_tab(editor, settings):
    settings.LANGUAGES = [("es", "Español"), ("pt", "Português")]
    settings.LANGUAGE_CODE = "es"

    page = editor.open(ADD).content.decode()

    assert 'id="panel-es"' in page
    assert 'id="panel-en"' not in page
    assert "title_en" not in page


def test_text_fields_name_their_language_and_direction(editor):
    page = editor.open(CHANGE, story(title_ar="قصة").pk).content.decode()

    for name in ("title_ar", "standfirst_ar", "body_ar", "slug_ar"):
        tag = page[page.index(f'name="{name}"') :].partition(">")[0]
        assert 'lang="ar"' in tag
        assert 'dir="rtl"' in tag


def test_saving_a_new_story_gives_each_headline_its_edition(editor):
    editor.save(ADD, fields={"title_en": "Ferry strike ends", "title_es": "Acaba la huelga"})

    article = Article.objects.get()
    assert {(e.language, e.slug, e.status) for e in article.editions.all()} == {
        ("en", "ferry-strike-ends", "draft"),
        ("es", "acaba-la-huelga", "draft"),
    }


def test_a_new_story_is_written_in_the_language_that_was_filled_in(editor):
    editor.save(ADD, fields={"title_es": "Acaba la huelga"})

    assert Article.objects.get().source_language == "es"


def test_a_source_without_a_word_names_the_way_out(editor):
    article = story(title_en="A", title_es="B")

    response = editor.save(CHANGE, article.pk, fields={"title_en": ""})

    assert "set “Written in” to Español" in response.content.decode()


def test_the_tab_of_the_editor_s_own_language_opens_first(editor):
    page = editor.client.get("/admin/articles/article/add/", headers={"accept-language": "es"})

    assert 'data-first="panel-es"' in page.content.decode()


def test_a_save_that_changes_nothing_leaves_no_trace(editor, said):
    article = story(live=["en"], title_en="A", tags=["Raqqa"], images=[ImageFactory()])
    before = Article.objects.filter(pk=article.pk).values().get()
    versions = Version.objects.count()

    response = editor.save(CHANGE, article.pk)

    assert Article.objects.filter(pk=article.pk).values().get() == before
    assert not LogEntry.objects.exists()
    assert Version.objects.count() == versions
    assert "Nothing was changed, so nothing was saved." in said(response)


def test_a_text_without_a_headline_is_refused_and_nothing_typed_is_lost(editor):
    response = editor.save(ADD, fields={"title_en": "A", "standfirst_es": "Solo un resumen"})

    assert response.status_code == 200
    assert "title_es" in response.context_data["adminform"].form.errors
    assert "Solo un resumen" in response.content.decode()
    assert Article.objects.count() == 0


def test_the_tab_with_the_error_says_so(editor):
    response = editor.save(ADD, fields={"title_en": "A", "standfirst_es": "Solo un resumen"})

    wrong = [panel.language for panel in response.context_data["panels"] if panel.has_errors]
    assert wrong == ["es"]


def test_opening_and_saving_changes_no_word(editor):
    article = story(
        live=["en"],
        standfirst_en="One line.\nAnother line.",
        body_en="<p>One</p>\n<ul><li>a</li><li><p>b</p></li></ul>",
    )
    before = edition(article)

    editor.save(CHANGE, article.pk)

    after = Article.objects.get(pk=article.pk)
    assert after.body_en == article.body_en
    assert edition(after).version == before.version


def test_a_hostile_body_is_cleaned(editor):
    hostile = '<p onclick="x()">Hi<script>alert(1)</script></p><img src=x onerror=alert(1)>'

    editor.save(ADD, fields={"title_en": "A", "body_en": hostile})

    assert Article.objects.get().body_en == "<p>Hi</p>"


def test_a_changed_slug_leaves_its_old_address_behind(editor):
    article = story(live=["en"], title_en="Ferry strike")
    old = edition(article).get_absolute_url()

    editor.save(CHANGE, article.pk, fields={"slug_en": "ferry-strike-ends"})

    changed = edition(article)
    assert changed.slug == "ferry-strike-ends"
    assert changed.old_addresses.get().path == old


def test_an_emptied_slug_follows_the_headline(editor):
    article = story(title_en="Ferry strike")

    editor.save(CHANGE, article.pk, fields={"title_en": "Ferries sail again", "slug_en": ""})

    assert edition(article).slug == "ferries-sail-again"


@pytest.mark.parametrize(
    ("language", "typed", "slug"),
    [
        ("en", "Ferry Is Back", "ferry-is-back"),
        ("en", "fähre", "fahre"),
        ("es", "الشرق", "alshrq"),
        ("ar", "الشرق الأوسط", "الشرق-الأوسط"),
    ],
)
def test_a_typed_slug_becomes_one(editor, language, typed, slug):
    article = story(**{"title_en": "Ferry", f"title_{language}": "Ferry strike"})

    response = editor.save(CHANGE, article.pk, fields={f"slug_{language}": typed})

    assert response.status_code == 302
    assert article.editions.get(language=language).slug == slug


def test_a_typed_slug_that_another_story_has_is_refused_however_it_is_written(editor):
    story(title_en="Ferry strike")
    article = story(title_en="Other")

    response = editor.save(CHANGE, article.pk, fields={"slug_en": "Ferry Strike!"})

    assert "slug_en" in response.context_data["adminform"].form.errors


def test_a_slug_without_a_letter_or_digit_is_refused_in_plain_words(editor):
    article = story(title_en="Ferry strike")

    response = editor.save(CHANGE, article.pk, fields={"slug_en": "?!"})

    assert response.context_data["adminform"].form.errors["slug_en"] == [
        "“?!” holds no letter or digit."
    ]


def test_an_old_slug_that_would_not_be_made_today_stays(editor):
    article = story(title_en="Łódź")
    article.editions.update(slug="odz_łx")

    editor.save(CHANGE, article.pk, fields={"title_en": "Łódź again"})

    assert edition(article).slug == "odz_łx"


def test_a_slug_of_another_story_is_refused(editor):
    story(title_en="Ferry strike")
    article = story(title_en="Other")

    response = editor.save(CHANGE, article.pk, fields={"slug_en": "ferry-strike"})

    assert response.context_data["adminform"].form.errors["slug_en"] == [
        "Another story has this address."
    ]


def test_any_spelling_of_a_tag_finds_the_tag(editor):
    us = Tag.objects.create(name="US", slug="us", label_es="EE. UU.")
    article = story(title_en="A")

    editor.save(CHANGE, article.pk, fields={"tags": ["us", "ee uu", "Raqqa", "RAQQA"]})

    assert set(article.tags.names()) == {"US", "Raqqa"}
    assert us in article.tags.all()


@pytest.mark.parametrize("words", ["…", "x" * 101])
def test_words_that_cannot_be_a_tag_are_refused(editor, words):
    article = story(title_en="A")

    response = editor.save(CHANGE, article.pk, fields={"tags": [words]})

    assert "tags" in response.context_data["adminform"].form.errors
    assert Tag.objects.count() == 0


def test_categories_stand_in_the_order_of_the_tree(editor):
    page = editor.open(CHANGE, story(title_en="A").pk).content.decode()

    tree = page[page.index("data-category-tree") :]
    places = [
        tree.index(f"> {name}</label>") for name in ("Middle East", "Syria", "Africa", "News")
    ]
    assert places == sorted(places)


def test_ticked_categories_stand_on_top_each_as_one_checkbox(editor):
    parent = CategoryFactory(name_en="Levant", position=900)
    child = CategoryFactory(name_en="Tyre", parent=parent)
    page = editor.open(CHANGE, story(title_en="A", categories=[child]).pk).content.decode()

    tree = page[page.index("data-category-tree") :]
    assert tree.index("checked> Tyre</label>") < tree.index('role="group"')
    assert tree.count(f'name="categories" value="{child.pk}"') == 1
    assert tree.index("> Levant</label>") < tree.index('--1">Tyre</span>')


def test_categories_and_bylines_are_saved(editor):
    article, ana = story(title_en="A"), AuthorFactory(name_en="Ana Duarte")
    syria = CategoryFactory(name_en="Syria")
    fields = {
        "categories": [str(syria.pk)],
        "bylines-TOTAL_FORMS": "1",
        "bylines-0-author": str(ana.pk),
        "bylines-0-role": "author",
        "bylines-0-language": "",
        "bylines-0-position": "0",
    }

    editor.save(CHANGE, article.pk, fields=fields)

    assert list(article.categories.all()) == [syria]
    assert article.bylines.get().author == ana


def test_a_gap_is_said_in_words_with_a_link_to_its_form(editor):
    gap = ImageFactory(file="", description="harbour.jpg")
    page = editor.open(CHANGE, story(title_en="A", images=[gap]).pk).content.decode()

    assert "The file is missing:" in page
    assert f'href="/admin/articles/image/{gap.pk}/change/"' in page


def test_the_lead_moves_from_one_image_to_another_in_one_save(editor):
    article = story(title_en="A", images=[ImageFactory(), ImageFactory()])
    first, second = article.uses.order_by("-is_lead")
    form = editor.form(CHANGE, article.pk)
    del form.values["uses-0-is_lead"]

    editor.save(CHANGE, article.pk, form=form, fields={"uses-1-is_lead": "on"})

    assert list(article.uses.filter(is_lead=True)) == [second]
    assert first != second


def rows_of(*images, **fields):
    """Return what a form sends of new rows of images."""
    rows = {f"uses-{place}-image": str(image.pk) for place, image in enumerate(images)}
    return {"uses-TOTAL_FORMS": str(len(images))} | rows | fields


def test_the_first_image_of_a_story_leads_it(editor):
    article, first, second = story(title_en="A"), ImageFactory(), ImageFactory()

    editor.save(CHANGE, article.pk, fields=rows_of(first, second))

    uses = [(use.image, use.is_lead, use.position) for use in article.uses.all()]
    assert uses == [(first, True, 1), (second, False, 2)]


def test_the_first_image_of_a_new_story_leads_it(editor):
    editor.save(ADD, fields={"title_en": "A"} | rows_of(ImageFactory()))

    assert ImageUse.objects.get().is_lead


def test_whoever_names_another_image_to_lead_is_obeyed(editor):
    article, first, second = story(title_en="A"), ImageFactory(), ImageFactory()

    editor.save(CHANGE, article.pk, fields=rows_of(first, second, **{"uses-1-is_lead": "on"}))

    assert article.uses.get(is_lead=True).image == second


def test_a_later_image_takes_no_lead_and_comes_last(editor):
    article = story(title_en="A", images=[ImageFactory()])
    article.uses.update(is_lead=False, position=4)
    fields = {"uses-TOTAL_FORMS": "2", "uses-1-image": str(ImageFactory().pk)}

    editor.save(CHANGE, article.pk, fields=fields)

    assert [(use.is_lead, use.position) for use in article.uses.all()] == [(False, 4), (False, 5)]


def test_an_image_that_stands_in_the_text_does_not_lead_as_well(editor):
    article, shown, other = story(title_en="A"), ImageFactory(), ImageFactory()
    figure = f'<p>One</p><figure data-image="{shown.pk}"></figure>'

    editor.save(CHANGE, article.pk, fields={"body_en": figure} | rows_of(shown, other))

    assert article.uses.get(is_lead=True).image == other


def test_two_leads_are_refused(editor):
    article = story(title_en="A", images=[ImageFactory(), ImageFactory()])

    response = editor.save(CHANGE, article.pk, fields={"uses-1-is_lead": "on"})

    assert "Only one image can lead the story." in response.content.decode()
    assert article.uses.filter(is_lead=True).count() == 1


def test_an_image_in_the_body_becomes_one_of_the_story(editor):
    image = ImageFactory()
    article = story(title_en="A")

    figure = f'<p>Look</p><figure data-image="{image.pk}"></figure>'
    editor.save(CHANGE, article.pk, fields={"body_en": figure})

    assert ImageUse.objects.get(article=article).image == image


def test_the_page_tells_what_was_done_and_what_is_missing(editor):
    article = story(
        live=["en"],
        title_en="A",
        body_en='<p>Hi</p><aside data-waiting="Raqqa after the war"></aside>',
    )
    article.origins.create(source="page", external_id="x1", report="A promotion.")
    publishing.withdraw(edition(article), by=editor.user, reason="A wrong number.")

    page = editor.open(CHANGE, article.pk).content.decode()

    assert "Raqqa after the war" in page
    assert "A promotion." in page
    assert "<strong>Eva Ortiz</strong> withdrew" in page
    assert "A wrong number." in page


def test_the_state_is_said_in_words_with_the_zone(editor):
    article = story(live=["en"], at=timezone.now())

    page = editor.open(CHANGE, article.pk).content.decode()

    assert "Since " in page
    assert "(UTC)" in page
    assert f'href="{edition(article).get_absolute_url()}"' in page


def test_a_page_costs_the_same_for_one_row_as_for_many(
    editor, django_assert_max_num_queries, django_assert_num_queries
):
    small = story(title_en="A", images=[ImageFactory()], authors=[AuthorFactory()], tags=["a"])
    large = story(
        title_en="B",
        images=[ImageFactory() for _ in range(6)],
        authors=[AuthorFactory() for _ in range(6)],
        tags=["b", "c", "d"],
    )
    with django_assert_max_num_queries(40) as few:
        editor.open(CHANGE, small.pk)

    with django_assert_num_queries(len(few)):
        editor.open(CHANGE, large.pk)


def test_what_bodies_refer_to_is_told_to_the_editor(editor):
    image, other = ImageFactory(description="Harbour"), story(title_en="Other", title_es="Otra")
    article = story(
        title_en="A",
        title_es="B",
        body_en=f'<figure data-image="{image.pk}"></figure>',
        body_es=f'<aside data-article="{other.pk}"></aside>',
    )

    known = editor.open(CHANGE, article.pk).context_data["references"]

    assert known["images"][image.pk]["title"] == "Harbour"
    assert known["articles"]["es"][other.pk]["title"] == "Otra"


def test_the_library_of_stories_finds_by_headline(editor):
    story(title_en="Ferry strike", title_es="Huelga")
    story(title_en="Other")

    rows = editor.open("articles_article_library", q="ferry", language="es").json()["results"]

    assert [row["title"] for row in rows] == ["Huelga"]


def test_the_body_is_stored_clean(editor):
    editor.save(ADD, fields={"title_en": "A", "body_en": "<b>x</b>"})

    stored = Article.objects.get().body_en
    assert stored == body.clean(stored).html == "<p><strong>x</strong></p>"


def test_what_is_left_out_of_a_body_is_told_for_its_language(editor, said):
    fields = {
        "title_en": "A",
        "body_en": "<p>He is <del>guilty</del> not guilty.</p><hr><p>End.</p>",
        "title_es": "B",
        "body_es": '<p>a <img src="b.jpg" alt="A pier"></p>',
    }

    response = editor.save(ADD, fields=fields)

    assert Article.objects.get().body_en == "<p>He is  not guilty.</p><p>End.</p>"
    told = said(response)
    assert [words for words in told if "left out" in words] == [
        "English: Words left out, because they are struck out (1): “guilty”.",
        "English: Dividing lines left out (1).",
        "Español: Pictures left out, because the story does not have them (1): “A pier” (b.jpg).",
    ]


def test_a_save_is_counted_once(editor):
    article = story(title_en="A")
    before = Article.objects.get(pk=article.pk).rev

    editor.save(CHANGE, article.pk, fields={"title_en": "B"})

    assert Article.objects.get(pk=article.pk).rev == before + 1


def test_saving_does_not_publish(editor):
    article = story(title_en="A", body_en="<p>x</p>")

    editor.save(CHANGE, article.pk, fields={"title_en": "B"})

    assert edition(article).status == Edition.Status.DRAFT
    assert Event.objects.count() == 0


def test_the_text_of_a_published_language_cannot_be_emptied(editor):
    article = story(live=["en"], body_en="<p>One</p>", title_es="Dos", body_es="<p>Dos</p>")

    response = editor.save(CHANGE, article.pk, fields={"body_en": "<p> </p>", "body_es": ""})

    article.refresh_from_db()
    assert "This language is published: withdraw it first" in response.content.decode()
    assert (article.body_en, article.body_es) == ("<p>One</p>", "<p>Dos</p>")


def test_a_category_that_was_deleted_while_it_was_ticked_keeps_nobody_from_saving(editor, said):
    kept, lost = CategoryFactory(), CategoryFactory()
    article = story(title_en="A", categories=[kept, lost])
    form, pk = editor.form(CHANGE, article.pk), lost.pk
    lost.delete()

    response = editor.save(CHANGE, article.pk, form=form, fields={"title_en": "B"})

    assert response.status_code == 302
    assert Article.objects.get().title_en == "B"
    assert list(article.categories.all()) == [kept]
    assert any(f"without it: “category {pk}”" in words for words in said(response))


def test_what_was_deleted_in_the_admin_while_it_was_chosen_is_named(editor, second_editor, said):
    syria, sudan = CategoryFactory(name_en="Syria"), CategoryFactory(name_en="Sudan")
    article = story(title_en="A", categories=[syria], tags=["Raqqa", "Aleppo"])
    stories = [story(title_en=f"Ferry {number}") for number in range(3)]
    ferry, harbour, bridge = (story.pk for story in stories)
    Article.objects.filter(pk=article.pk).update(related=[ferry, harbour])
    form = editor.form(CHANGE, article.pk)
    sent = {"nowhere": "on", "post": "yes"}
    for pk in (ferry, bridge):
        second_editor.client.post(f"/admin/articles/article/{pk}/delete/", sent)
    second_editor.client.post(f"/admin/articles/category/{syria.pk}/delete/", sent)
    second_editor.client.post(f"/admin/articles/category/{sudan.pk}/delete/", sent)
    tag = Tag.objects.get(name="Raqqa")
    second_editor.client.post(f"/admin/articles/tag/{tag.pk}/delete/", {"post": "yes"})
    assert not Tag.objects.filter(pk=tag.pk).exists()

    fields = {"title_en": "B", "categories": [str(syria.pk), str(sudan.pk)]}
    fields["related"] = [str(pk) for pk in (harbour, ferry, bridge)]
    response = editor.save(CHANGE, article.pk, form=form, fields=fields)

    article.refresh_from_db()
    assert (article.title_en, article.related) == ("B", [harbour])
    assert [tag.name for tag in article.tags.all()] == ["Aleppo"]
    (told,) = [words for words in said(response) if "Deleted meanwhile" in words]
    assert all(f"“{name}”" in told for name in ("Syria", "Sudan", "Raqqa", "Ferry 0", "Ferry 2"))
    assert not any("Deleted" in words for words in said(editor.save(CHANGE, article.pk)))


def test_a_related_story_that_is_gone_is_no_change_of_who_saves(editor, second_editor, said):
    kept, lost = story(title_en="Kept"), story(title_en="Lost")
    article = story(title_en="A")
    Article.objects.filter(pk=article.pk).update(related=[lost.pk, kept.pk])
    form, before = editor.form(CHANGE, article.pk), Version.objects.count()
    Article.objects.filter(pk=lost.pk).delete()

    response = editor.save(CHANGE, article.pk, form=form)
    editor.save(CHANGE, article.pk)

    assert any(f"without it: “article {lost.pk}”" in words for words in said(response))
    assert Version.objects.count() == before


def test_a_tag_that_a_colleague_took_off_the_story_is_not_called_deleted(
    editor, second_editor, said
):
    article = story(title_en="A", tags=["Raqqa"])
    form = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"tags": []})

    response = editor.save(CHANGE, article.pk, form=form, fields={"title_en": "B"})

    assert not article.tags.exists()
    assert not any("Deleted meanwhile" in words for words in said(response))


@pytest.mark.parametrize(
    ("rows", "name", "model", "make"),
    [
        ("uses", "image", "image", lambda: ImageFactory(description="The harbour")),
        ("bylines", "author", "author", lambda: AuthorFactory(name_en="The harbour")),
    ],
)
def test_a_row_of_something_that_was_deleted_says_its_name_and_keeps_the_rest(
    editor, second_editor, rows, name, model, make
):
    article, thing = story(title_en="A"), make()
    form = editor.form(CHANGE, article.pk)
    address = f"/admin/articles/{model}/{thing.pk}/delete/"
    assert second_editor.client.post(address, {"post": "yes"}).status_code == 302

    fields = {"title_en": "B", f"{rows}-TOTAL_FORMS": "1", f"{rows}-0-{name}": str(thing.pk)}
    response = editor.save(CHANGE, article.pk, form=form, fields=fields)

    assert response.status_code == 200
    assert "“The harbour” has been deleted meanwhile. Choose another, or" in response.text
    assert 'value="B"' in response.text
