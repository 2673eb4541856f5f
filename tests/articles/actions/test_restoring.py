from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from reversion import add_to_revision
from reversion.models import Version

from articles.actions import publishing, restoring, writing
from articles.admin.article.versions import Comparison
from articles.models import Article
from articles.roles import EDITOR, WRITER
from articles.texts import ARTICLE_TEXTS
from newsroom.db import locks
from tests.articles.admin.test_unchanged import rows
from tests.factories import AuthorFactory, ImageFactory, UserFactory, edition, story

pytestmark = pytest.mark.django_db

LATER = datetime(2099, 1, 1, tzinfo=UTC)


def member(group):
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def test_a_writer_goes_back_in_no_story_that_readers_see():
    writer, editor = member(WRITER), member(EDITOR)
    article = story(live=["en"], title_en="A", authors=[AuthorFactory(user=writer)])
    version = Version.objects.get_for_object(article).get()
    article.title_en = "B"
    writing.save(article)
    back = {"languages": ["en"], "shared": False, "comment": "Back."}

    with pytest.raises(PermissionDenied):
        restoring.go_back(article, version, by=writer, **back)
    assert Article.objects.get().title_en == "B"

    restoring.go_back(article, version, by=editor, **back)
    assert Article.objects.get().title_en == "A"


@pytest.mark.parametrize("verb", ["publish", "schedule"])
def test_what_was_published_meanwhile_loses_nothing_before_that_was_said(verb):
    article = story(live=["en"], title_en="A", title_es="B", title_pt="Uma", body_pt="<p>um</p>")
    version = Version.objects.get_for_object(article).latest("pk")
    article.body_es, article.title_en, article.title_pt = "<p>dos</p>", "A2", "Duas"
    writing.save(article)
    at = {"at": timezone.now() + timedelta(days=1)} if verb == "schedule" else {}
    for code in ("es", "pt"):
        getattr(publishing, verb)(edition(article, code), by=None, **at)
    editor, before = member(EDITOR), rows()

    def back(*languages, **told):
        chosen = {"languages": languages, "shared": False, "by": editor, "comment": "Back."}
        return restoring.go_back(article, version, **chosen, **told)

    with pytest.raises(restoring.RestoringError, match="Español") as refused:
        back("en", "es", "pt")
    assert "Português" not in str(refused.value)
    with pytest.raises(restoring.RestoringError):
        back("es", warned=["en"])
    assert rows() == before

    back("en", "pt")
    now = Article.objects.get(pk=article.pk)
    assert (now.title_en, now.title_pt, now.body_es) == ("A", "Uma", "<p>dos</p>")
    back("es", warned=["es"])
    assert not Article.objects.get(pk=article.pk).body_es


@pytest.mark.parametrize("shared", [False, True])
def test_going_back_takes_no_alternative_text_from_a_picture(shared):
    article = story(title_en="A", title_es="B", images=[ImageFactory()])
    article.uses.update(alt_en="", caption_en="Then", alt_es="Puerto")
    with locks.writing(by=None, comment="Kept."):
        writing.save(article)
        add_to_revision(article.uses.get())
    version = Version.objects.get_for_object(article).latest("pk")
    article.uses.update(alt_en="Harbour", caption_en="Now", alt_es="")
    article.title_en = "C"
    writing.save(article)
    editor = member(EDITOR)

    shown = {told.label for part in Comparison(article, version).parts for told in part.differences}
    restoring.go_back(article, version, languages=["en"], shared=shared, by=editor, comment="Back.")

    use = article.uses.get()
    assert (use.alt_en, use.caption_en, use.alt_es) == ("Harbour", "Then", "")
    assert Article.objects.get().title_en == "A"
    assert [label for label in shown if label.startswith("Alternative")] == [
        f"Alternative text: {use.image}"
    ]


@pytest.mark.parametrize("shared", [False, True])
def test_what_all_languages_share_goes_back_only_where_that_is_chosen(shared):
    article, other = story(title_en="A", title_es="B"), story(title_en="Other")
    with locks.writing(by=None, comment="Kept."):
        writing.save(article)
    version = Version.objects.get_for_object(article).get()
    article.related, article.title_en, article.active_at = [other.pk], "C", LATER
    writing.save(article)

    restoring.go_back(
        article, version, languages=["en"], shared=shared, by=member(EDITOR), comment="Back."
    )

    now = Article.objects.get(pk=article.pk)
    assert (now.title_en, now.related, now.active_at) == (
        "A",
        None if shared else [other.pk],
        LATER,
    )


def test_going_back_to_what_is_in_force_writes_nothing():
    images, tags = [ImageFactory()], ["Raqqa"]
    article = story(title_en="A", title_es="B", images=images, tags=tags, authors=[AuthorFactory()])
    with locks.writing(by=None, comment="Kept."):
        writing.save(article)
    version = Version.objects.get_for_object(article).latest("pk")
    back = {"languages": ["en", "es"], "shared": True, "by": member(EDITOR), "comment": "Back."}
    before = rows()

    assert restoring.go_back(article, version, **back) is None

    assert rows() == before


def test_every_column_of_a_story_is_a_text_or_shared_or_goes_only_on():
    columns = {field.attname for field in Article._meta.concrete_fields}
    texts = {name for name in columns if name.rpartition("_")[0] in ARTICLE_TEXTS} | {
        *ARTICLE_TEXTS
    }

    assert columns - texts == {"id", "modified_at", *restoring.SHARED, *restoring.ONWARD}


def test_a_picture_that_comes_back_with_a_text_has_its_words_of_then_in_that_language():
    image = ImageFactory()
    article = story(
        title_en="A", title_es="B", body_en=f'<p>x</p><figure data-image="{image.pk}"></figure>'
    )
    article.uses.update(alt_en="Harbour", alt_es="Puerto")
    with locks.writing(by=None, comment="Kept."):
        writing.save(article)
        add_to_revision(article.uses.get())
    version = Version.objects.get_for_object(article).latest("pk")
    article.body_en = "<p>x</p>"
    writing.save(article)
    article.uses.all().delete()

    restoring.go_back(
        article, version, languages=["en"], shared=False, by=member(EDITOR), comment="Back."
    )

    use = article.uses.get()
    assert (use.alt_en, use.alt_es) == ("Harbour", None)
