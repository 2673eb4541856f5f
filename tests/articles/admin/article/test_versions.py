"""Going back to an older text: the words return, the state of no language changes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import reversion
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from reversion.models import Revision, Version

from articles.actions import organising, publishing, writing
from articles.admin.article import revisions
from articles.models import Article, Author, Category, Event, Image, Tag, Wording
from tests.factories import (
    AuthorFactory,
    CategoryFactory,
    ImageFactory,
    UserFactory,
    edition,
    live_edition,
    story,
)

CHANGE = "articles_article_change"
REVISION = "articles_article_revision"

# Forms and what they say: whatever they ask of the database, the random changes of test_exactness.py ask of both.
pytestmark = pytest.mark.once


def remember(article):
    """Keep a version of a story as it is."""
    with reversion.create_revision():
        reversion.add_to_revision(article)


def versions(article):
    return list(Version.objects.get_for_object(article).order_by("pk"))


EVERYTHING = (
    *("en", "es", "pt", "ar", "shared"),
    *("pictures-en", "pictures-es", "pictures-pt", "pictures-ar"),
)


def go_back(desk, article, number, *parts):
    version, fields = versions(article)[number].pk, {"part": list(parts or EVERYTHING)}
    return desk.save(REVISION, article.pk, version, fields=fields, button=("_save", "1"))


def test_the_history_lists_each_save(editor):
    article = story(title_en="A")
    for title in ("B", "C"):
        editor.save(CHANGE, article.pk, fields={"title_en": title})

    page = editor.open("articles_article_history", article.pk).content.decode()

    assert len(versions(article)) == 2
    assert page.count(f"/admin/articles/article/{article.pk}/history/") >= 2


def test_the_history_names_in_plain_words_what_was_changed(editor):
    article = story(title_en="A", standfirst_en="One\nTwo", body_en="<p>x</p>\n<p>y</p>")
    unchanged = {"standfirst_en": "One\r\nTwo", "body_en": "<p>x</p>\r\n<p>y</p>"}

    editor.save(CHANGE, article.pk, fields=unchanged | {"title_en": "B", "reason_en": "None"})

    version = versions(article)[-1]
    assert version.revision.get_comment() == "Changed Headline (English)."


def test_the_history_says_when_as_the_rest_of_the_newsroom_does(editor):
    article = story(title_en="A")
    remember(article)
    moment = datetime(2026, 11, 22, 17, 20, tzinfo=UTC)
    Revision.objects.update(date_created=moment)

    page = editor.open("articles_article_history", article.pk).content.decode()

    assert "22 November 2026, 17:20" in page


def test_going_back_brings_text_tags_and_pictures_back(editor):
    article = story(title_en="A", title_es="Uno", tags=["Raqqa"], images=[ImageFactory()])
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_es": "Dos", "tags": ["Mosul"]})

    go_back(editor, article, 0)

    after = Article.objects.get(pk=article.pk)
    assert after.title_es == "Uno"
    assert list(after.tags.names()) == ["Raqqa"]
    assert after.uses.count() == 1


def test_looking_at_an_older_text_changes_nothing(editor):
    article = story(title_en="A")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_en": "B"})

    page = editor.open(REVISION, article.pk, versions(article)[0].pk).content.decode()

    assert "<p><del>A</del></p>" in page
    assert Article.objects.get(pk=article.pk).title_en == "B"


def test_going_back_neither_publishes_nor_withdraws(editor):
    article = story(title_en="A", body_en="<p>x</p>")
    remember(article)
    editor.press(article, "publish:en")
    slug = edition(article).slug

    form = editor.form(REVISION, article.pk, versions(article)[0].pk)
    assert not [button for button in form.buttons if button[0] == "_verb"]
    go_back(editor, article, 0)

    assert edition(article).status == "published"
    assert edition(article).slug == slug


def test_a_forged_verb_while_going_back_does_nothing(editor):
    article = story(title_en="A", body_en="<p>x</p>")
    remember(article)

    editor.save(REVISION, article.pk, versions(article)[0].pk, button=("_verb", "publish:en"))

    assert edition(article).status == "draft"


def test_going_back_counts_as_a_save_for_everybody_else(editor, second_editor):
    article = story(title_en="A")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_en": "B"})
    theirs = second_editor.form(CHANGE, article.pk)
    before = Article.objects.get(pk=article.pk).rev

    go_back(editor, article, 0)

    assert Article.objects.get(pk=article.pk).rev == before + 1
    response = second_editor.save(CHANGE, article.pk, form=theirs, fields={"title_en": "C"})
    assert "Eva Ortiz has changed this, too" in response.content.decode()
    assert Article.objects.get(pk=article.pk).title_en == "A"


def test_an_older_text_counts_as_a_new_version_of_the_words(editor):
    article = story(title_en="A", body_en="<p>x</p>")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_en": "B"})
    version = edition(article).version

    go_back(editor, article, 0)

    assert edition(article).version == version + 1


def test_going_back_leaves_a_younger_language_as_it_is(editor):
    article = story(title_en="A", body_en="<p>x</p>", images=[ImageFactory()])
    remember(article)
    fields = {"title_es": "B", "standfirst_es": "C", "body_es": "<p>y</p>", "uses-0-alt_es": "D"}
    editor.save(CHANGE, article.pk, fields=fields | {"title_en": "Other"})
    editor.press(article, "publish:es")
    before = edition(article, "es")

    response = go_back(editor, article, 0)

    after = Article.objects.get(pk=article.pk)
    assert response.status_code == 302
    assert (after.title_en, after.title_es, after.body_es) == ("A", "B", "<p>y</p>")
    assert after.standfirst_es == "C"
    assert after.uses.get().alt_es == "D"
    kept = edition(article, "es")
    assert (kept.status, kept.slug, kept.version) == ("published", before.slug, before.version)


def test_a_younger_language_keeps_the_pictures_and_credits_of_its_own(editor):
    inline, translator = ImageFactory(), AuthorFactory(name_en="Ana Duarte")
    article = story(title_en="A", body_en="<p>x</p>")
    remember(article)
    body_es = f'<p>y</p><figure data-image="{inline.pk}"></figure>'
    editor.save(CHANGE, article.pk, fields={"title_es": "B", "body_es": body_es})
    article.bylines.create(author=translator, role="translator", language="es")
    article.bylines.create(author=AuthorFactory(name_en="Rui Lima"))
    article.uses.update(alt_es="D")

    go_back(editor, article, 0)

    use = article.uses.get()
    assert (use.image, use.alt_es) == (inline, "D")
    assert [byline.author for byline in article.bylines.all()] == [translator]


def test_going_back_restores_an_older_text_of_a_language_that_existed(editor):
    article = story(title_en="A", title_es="B", standfirst_es="C")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_es": "D", "standfirst_es": ""})

    go_back(editor, article, 0)

    after = Article.objects.get(pk=article.pk)
    assert (after.title_es, after.standfirst_es) == ("B", "C")


def held(article):
    """Return what a story holds, by the part of it that can be chosen."""
    article, uses = Article.objects.get(pk=article.pk), article.uses.order_by("image")
    names = ("title", "standfirst", "body")
    languages = {
        code: [getattr(article, f"{name}_{code}") or "" for name in names] for code in ("en", "es")
    }
    pictures = {
        f"pictures-{code}": [
            (getattr(use, f"caption_{code}") or "", getattr(use, f"alt_{code}") or "")
            for use in uses
        ]
        for code in ("en", "es")
    }
    shared = (
        article.source_language,
        [(use.image_id, use.is_lead, use.position) for use in uses],
        set(article.bylines.values_list("author__name_en", "role", "language")),
        set(article.categories.values_list("name_en", flat=True)),
        set(article.tags.names()),
    )
    return languages | pictures | {"shared": shared}


CHOICES = [
    ("en",),
    ("pictures-es",),
    ("en", "pictures-en", "es"),
    ("shared",),
    ("pictures-es", "shared"),
]


@pytest.mark.parametrize("parts", CHOICES)
def test_going_back_changes_what_is_chosen_and_nothing_else(editor, parts):
    article = story(
        title_en="A",
        body_en="<p>x</p>",
        title_es="B",
        tags=["Raqqa"],
        images=[ImageFactory(), ImageFactory()],
        authors=[AuthorFactory()],
    )
    article.uses.update(alt_en="One", alt_es="Uno", caption_es="Pie")
    remember(article)
    then = held(article)
    fields = {"title_en": "A2", "body_en": "<p>y</p>", "title_es": "B2", "tags": ["Mosul"]}
    fields |= {f"uses-{row}-{name}": "New" for row in (0, 1) for name in ("alt_en", "alt_es")}
    fields |= {"uses-1-position": "9", "source_language": "es", "bylines-0-role": "translator"}
    editor.save(CHANGE, article.pk, fields=fields)
    now = held(article)
    assert not [part for part in now if now[part] == then[part]]

    response = go_back(editor, article, 0, *parts)

    assert response.status_code == 302
    assert held(article) == now | {part: then[part] for part in parts}


def test_what_was_changed_next_is_ticked(editor):
    article = story(title_en="A", title_es="B", body_en="<p>x</p>", body_es="<p>y</p>")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"body_en": "<p>wrong</p>"})
    editor.save(CHANGE, article.pk, fields={"body_es": "<p>right</p>"})

    form = editor.form(REVISION, article.pk, versions(article)[0].pk)

    assert form.values["part"] == ["en"]


def test_what_would_empty_a_live_language_is_said_and_is_not_ticked(editor):
    article = story(title_en="A", title_es="", body_en="<p>x</p>", body_es="<p>y</p>")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_es": "B", "body_es": "<p>z</p>"})
    version = versions(article)[0].pk
    draft = editor.form(REVISION, article.pk, version)
    publishing.publish(edition(article, "es"), by=editor.user)

    assert draft.values["part"] == ["es"]
    assert "part" not in editor.form(REVISION, article.pk, version).values
    page = editor.open(REVISION, article.pk, version).text
    assert "published or scheduled, and this would be empty: Headline." in page


def test_what_went_live_since_the_page_was_opened_is_asked_about_again(editor, second_editor, said):
    article = story(title_en="A", title_es="", body_en="<p>x</p>", body_es="<p>y</p>")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_es": "B", "body_es": "<p>z</p>"})
    version = versions(article)[0].pk
    opened = editor.form(REVISION, article.pk, version)
    publishing.publish(edition(article, "es"), by=second_editor.user)

    refused = editor.save(REVISION, article.pk, version, form=opened, button=("_save", "1"))

    assert refused.url == reverse(f"admin:{REVISION}", args=[article.pk, version])
    assert said(refused) == [
        "Nothing was changed, because the headline or the body would be empty in Español, published or scheduled since you opened this page: "
        "look again, and choose anew."
    ]
    assert Article.objects.get(pk=article.pk).title_es == "B"

    go_back(editor, article, 0, "es")

    assert Article.objects.get(pk=article.pk).title_es == ""


def test_going_back_in_nothing_asks_for_a_choice(editor, said):
    article = story(title_en="A")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_en": "B"})

    response = go_back(editor, article, 0, "xx")

    assert "Choose at least one language." in said(response)
    assert Article.objects.get(pk=article.pk).title_en == "B"


def test_a_source_that_is_younger_than_the_version_keeps_its_text(editor):
    article = story(title_es="B", source_language="es")
    remember(article)
    editor.save(CHANGE, article.pk, fields={"title_en": "A", "body_en": "<p>x</p>"})

    go_back(editor, article, 0)

    after = Article.objects.get(pk=article.pk)
    assert (after.title_en, after.body_en, after.title_es) == ("A", "<p>x</p>", "B")


def test_a_deleted_story_can_be_had_back_as_a_draft(editor):
    article = story(title_en="A", body_en="<p>x</p>")
    editor.press(article, "publish:en")
    version = versions(article)[-1].pk
    article.delete()

    editor.save("articles_article_recover", version, button=("_save", "1"))

    assert Article.objects.get().title_en == "A"
    assert edition(Article.objects.get()).status == "draft"


def test_the_page_of_a_deleted_story_says_of_no_text_that_nothing_is_written(editor):
    article = story(title_en="A", body_en="<p>x</p>", title_es="B")
    remember(article)
    article.delete()
    version = Version.objects.get_deleted(Article).get().pk

    page = editor.open("articles_article_recover", version).text

    states = dict(re.findall(r'data-panel="(\w+)".*?data-state="(\w+)"', page, re.DOTALL))
    assert states == {"en": "draft", "es": "draft", "pt": "none", "ar": "none"}
    assert page.count("Nothing is written in this language yet.") == 2


def test_who_may_not_have_a_story_back_is_not_offered_it(editor, writer):
    article = story(title_en="A", body_en="<p>x</p>")
    remember(article)
    article.delete()
    version = Version.objects.get_deleted(Article).get().pk

    button = 'value="Have it back"'
    assert button in editor.open("articles_article_recover", version).text
    assert writer.open("articles_article_recover", version).status_code == 403
    assert "recover/" in editor.open("articles_article_changelist").text
    assert "recover/" not in writer.open("articles_article_changelist").text


def test_verbs_of_the_page_are_versions_too(editor):
    article = story(title_en="A", body_en="<p>x</p>")
    publishing.publish(edition(article), by=editor.user)

    assert len(versions(article)) == 1


# --- What has gone since ---


LOSSES = {
    "tag": (lambda: Tag.objects.get(name="Raqqa").delete(), "Raqqa"),
    "author": (lambda: Author.objects.all().delete(), "Ana Cruz"),
    "picture": (lambda: Image.objects.all().delete(), "Flood"),
    "category": (lambda: Category.objects.get(name_en="Gone").delete(), "1 category"),
}


def furnished(editor):
    """Return a story with one thing of each kind, and a version that has them all."""
    article = story(
        title_en="A", body_en="<p>x</p>", tags=["Raqqa"], images=[ImageFactory(description="Flood")]
    )
    article.categories.add(CategoryFactory(name_en="Gone"))
    article.bylines.create(author=AuthorFactory(name_en="Ana Cruz"))
    remember(article)
    return article


def stripped(article):
    """Take everything off a story again, so that it can be deleted."""
    article.tags.clear()
    article.uses.all().delete()
    article.bylines.all().delete()
    article.categories.clear()


def parts(article):
    return {
        "tag": article.tags.count(),
        "author": article.bylines.count(),
        "picture": article.uses.count(),
        "category": article.categories.count(),
    }


@pytest.mark.parametrize("kind", LOSSES)
def test_going_back_leaves_out_what_is_gone_and_names_it(editor, said, kind):
    article, (lose, name) = furnished(editor), LOSSES[kind]
    stripped(article)
    lose()
    version = versions(article)[0].pk

    assert name in editor.open(REVISION, article.pk, version).content.decode()
    response = go_back(editor, article, 0)

    assert response.status_code == 302
    assert any("no longer exists" in words and name in words for words in said(response))
    assert parts(article) == dict.fromkeys(LOSSES, 1) | {kind: 0}
    connection.check_constraints()


@pytest.mark.parametrize("kind", LOSSES)
def test_a_deleted_story_comes_back_without_what_is_gone(editor, kind):
    article = furnished(editor)
    version = versions(article)[-1].pk
    article.delete()
    LOSSES[kind][0]()

    response = editor.save("articles_article_recover", version, button=("_save", "1"))

    assert response.status_code == 302
    assert parts(Article.objects.get()) == dict.fromkeys(LOSSES, 1) | {kind: 0}
    connection.check_constraints()


def test_a_merged_tag_comes_back_as_the_one_it_is_now(editor, said):
    article = story(title_en="A", tags=["Rakka", "Raqa"])
    remember(article)
    kept = Tag.objects.create(name="Raqqa")
    organising.merge_tags(Tag.objects.exclude(pk=kept.pk), into=kept)
    article.tags.clear()

    response = go_back(editor, article, 0)

    assert list(article.tags.names()) == ["Raqqa"]
    assert not any("no longer exists" in words for words in said(response))
    connection.check_constraints()


def test_who_may_not_change_a_story_is_offered_no_older_text(editor, writer):
    article = story(title_en="A")
    editor.save("articles_article_change", article.pk, fields={"title_en": "B"})
    editor.save("articles_article_change", article.pk, fields={"title_en": "C"})
    version = Version.objects.get_for_object(article).last()

    pages = [
        desk.open("articles_article_revision", article.pk, version.pk) for desk in (editor, writer)
    ]

    offered = ["Go back in what is chosen" in page.content.decode() for page in pages]
    assert offered == [True, False]


# --- The history, and any two versions word by word ---

HISTORY, COMPARE = "articles_article_history", "articles_article_compare"


def lines(page):
    """Return the words of each entry of a history."""
    entries = re.findall(r'<div class="history__words">(.*?)</div>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", entry).split()) for entry in entries]


def test_each_entry_says_who_did_what_in_the_language_of_its_reader(editor, second_editor):
    body = "<p>One.</p><p>Two.</p>"
    article = story(title_en="A", body_en=body, title_es="B", images=[ImageFactory()])
    editor.save(
        CHANGE, article.pk, fields={"title_en": "A2", "uses-0-alt_en": "x", "tags": ["Raqqa"]}
    )
    editor.press(article, "publish:en")
    second_editor.save(CHANGE, article.pk, fields={"uses-0-caption_es": "Pie"})

    page = editor.open(HISTORY, article.pk).content.decode()
    spanish = editor.client.get(
        reverse(f"admin:{HISTORY}", args=[article.pk]), headers={"accept-language": "es"}
    ).content.decode()

    newest, published, first = lines(page)
    assert "Rui Lima Español : Captions" in newest
    assert "Eva Ortiz published English" in published
    assert "Eva Ortiz" in first
    assert "No fields changed" not in page
    assert "Eva Ortiz publicó: English" in lines(spanish)[1]
    assert "What changed" not in spanish


def test_saves_of_one_person_in_short_succession_are_one_entry(editor, second_editor):
    article = story(title_en="A", body_en="<p>x</p>")
    for number in range(4):
        remember_as(editor.user, article, title_en=f"A{number}")
    remember_as(second_editor.user, article, title_en="B")
    address = reverse(f"admin:{HISTORY}", args=[article.pk])
    with CaptureQueriesContext(connection) as few:
        page = editor.client.get(address).content.decode()
    for number in range(60):
        remember_as(editor.user, article, title_en=f"C{number}")

    with CaptureQueriesContext(connection) as many:
        longer = editor.client.get(address).content.decode()

    assert ["4 saves" in line for line in lines(page)] == [False, True]
    assert len(lines(editor.client.get(f"{address}?all").text)) == revisions.LISTED
    assert "?p=2" in longer
    assert "Rui Lima" in editor.client.get(f"{address}?p=2").text
    assert len(many) == len(few)


def remember_as(user, article, **texts):
    for name, words in texts.items():
        setattr(article, name, words)
    with reversion.create_revision():
        article.save()
        reversion.set_user(user)


def test_any_two_versions_stand_beside_each_other_word_by_word(editor):
    image = ImageFactory(description="A bridge")
    figure = f'<figure data-image="{image.pk}"></figure>'
    article = story(
        title_en="A",
        body_en=f"<p>They left on Friday.</p>{figure}",
        title_es="B",
        images=[image],
        tags=["Raqqa"],
    )
    remember(article)
    article = Article.objects.get(pk=article.pk)
    article.title_es = "B2"
    article.save()
    remember(article)
    fields = {"body_en": "<p>They left on Sunday.</p>", "uses-0-caption_en": "A crossing"}
    editor.save(CHANGE, article.pk, fields=fields | {"tags": []})
    first, second, third = (version.pk for version in versions(article))

    last = editor.open(COMPARE, article.pk, new=third).content.decode()
    whole = editor.open(COMPARE, article.pk, new=first, old=third).content.decode()

    assert "<del>Friday</del><ins>Sunday</ins>" in last
    assert "<del>Image: A bridge</del>" in last
    assert "Caption: A bridge" in last
    assert "<ins>A crossing</ins>" in last
    assert "<del>Raqqa</del>" in last
    assert "<ins>B2</ins>" not in last
    assert ("<del>B</del><ins>B2</ins>" in whole, "<ins>Sunday</ins>" in whole) == (True, True)
    assert f"/revision/{first}" in whole or f"/history/{first}/" in whole
    assert editor.open(COMPARE, article.pk, new=first).status_code == 404
    assert editor.open(COMPARE, article.pk, new="x", old=second).status_code == 404


def test_what_did_not_change_folds_and_changed_links_and_cells_are_shown_as_such(editor):
    table = "<table><tbody><tr><td>Raqqa</td><td>{}</td></tr></tbody></table>"
    link = '<p>See <a href="https://{}.example/">the list</a>.</p>'
    rest = "".join(f"<p>Paragraph {number}.</p>" for number in range(6))
    article = story(title_en="A", body_en=table.format(12) + rest + link.format("old"))
    remember(article)
    then = versions(article)[-1].pk
    article = Article.objects.get(pk=article.pk)
    article.body_en = table.format(13) + rest + link.format("new")
    article.save()
    remember(article)

    changed = editor.open(COMPARE, article.pk, new=versions(article)[-1].pk).content.decode()
    older = editor.open(REVISION, article.pk, then).content.decode()

    assert "<td><del>12</del><ins>13</ins></td>" in changed
    assert "Link of “the list”:" in changed
    assert "<del>https://old.example/</del><ins>https://new.example/</ins>" in changed
    assert "Same words, in another form" not in changed
    assert "4 unchanged paragraphs" in changed
    assert older.count("4 unchanged paragraphs") == 2
    assert ("<td><ins>13</ins></td>" in older, "<td><del>12</del></td>" in older) == (True, True)


def test_versions_of_one_minute_are_told_apart_by_their_seconds(editor):
    article = story(title_en="A")
    moments = [
        datetime(2026, 6, 5, 14, minute, second, tzinfo=UTC)
        for minute, second in ((0, 7), (0, 9), (5, 0))
    ]
    for _moment in moments:
        remember(article)
    for version, moment in zip(versions(article), moments, strict=True):
        Revision.objects.filter(pk=version.revision_id).update(date_created=moment)
    first, second, third = (version.pk for version in versions(article))

    page = editor.open(HISTORY, article.pk, all="1").content.decode()
    assert re.findall(r"<time [^>]*>([^<]*)</time>", page) == [
        "5 June 2026, 14:05",
        "5 June 2026, 14:00:09",
        "5 June 2026, 14:00:07",
    ]
    page = editor.open(COMPARE, article.pk, old=second, new=third).content.decode()
    assert "From 5 June 2026, 14:00:09 (UTC) to 5 June 2026, 14:05 (UTC)" in page
    assert "14:00:07 (UTC)" in editor.open(REVISION, article.pk, first).content.decode()


def test_the_history_is_for_who_may_see_the_story(client, writer, editor):
    article = story(title_en="A")
    for _each in range(2):
        remember(article)
    addresses = [
        reverse(f"admin:{HISTORY}", args=[article.pk]),
        reverse(f"admin:{COMPARE}", args=[article.pk]) + f"?new={versions(article)[1].pk}",
    ]
    nobody = Client()
    nobody.force_login(
        UserFactory(is_staff=True), backend="django.contrib.auth.backends.ModelBackend"
    )

    assert [writer.client.get(address).status_code for address in addresses] == [200, 200]
    assert [nobody.get(address).status_code for address in addresses] == [403, 403]
    assert [client.get(address).status_code for address in addresses] == [302, 302]
    assert editor.open(HISTORY, 10**9).status_code == 404


def test_who_may_publish_hides_from_readers_what_a_language_said_before(editor, writer, said):
    article = live_edition(title_en="The sea", title_es="El mar").article
    article.title_en = "The tide"
    writing.save(article, now=timezone.now() + timedelta(days=1))
    forget = reverse("admin:articles_article_forget", args=[article.pk])
    page = editor.open(HISTORY, article.pk).content.decode()

    assert page.count('name="language"') == 1
    assert "Hide the earlier words of English" in page
    assert forget not in writer.open(HISTORY, article.pk).content.decode()
    assert writer.client.post(forget, {"language": "en"}).status_code == 403
    assert editor.client.post(forget, {"language": "es"}).status_code == 404
    assert editor.client.get(forget).status_code == 405
    assert Wording.objects.count() == 1

    response = editor.client.post(forget, {"language": "en"})

    assert said(response) == ["Readers are not shown any more what English said before."]
    assert not Wording.objects.exists()
    assert "Hide the earlier words" not in editor.open(HISTORY, article.pk).content.decode()
    assert editor.client.post(forget, {"language": "en"}).status_code == 404
    assert Event.objects.filter(verb="forget", language="en", by=editor.user).exists()
