"""What a change of words purges of the list of changes."""

import pytest

from articles.actions import publishing, writing
from articles.comparing.wordings import HEADLINE
from newsroom.site import actions
from tests import factories
from tests.articles.purging.purges import Purges

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition():
    return factories.live_edition(title_es="El mar")


def test_words_that_readers_see_and_what_is_called_cosmetic_are_told_to_the_list(edition):
    article, purges, tag = edition.article, Purges(), f"changes:{edition.pk}"
    article.title_en = "The tide"
    writing.save(article)
    assert tag in purges.now()

    editor, purges = factories.UserFactory(is_superuser=True), Purges()
    writing.call_cosmetic(article, [HEADLINE], by=editor)
    assert purges.now() == {tag}


def test_earlier_words_that_are_taken_out_must_not_be_seen_any_more(edition):
    edition.article.title_en = "The tide"
    writing.save(edition.article)
    purges = Purges()

    publishing.forget(edition, by=publishing.SYSTEM)

    assert purges.hard() == {f"changes:{edition.pk}"}


def test_a_picture_a_tag_and_another_language_leave_the_list(edition):
    article, purges = edition.article, Purges()
    article.tags.set(["Water"])
    article.title_es = "La marea"
    writing.save(article)

    assert f"changes:{edition.pk}" not in purges.now()


def test_the_setting_purges_stories_and_lists_of_changes_alone():
    site, purges = actions.settings_row(), Purges()
    site.shows_changes = True
    actions.save(site)

    purged = purges.now()
    assert {"site:changes:en", "site:changes:es"} <= purged
    assert {tag.rpartition(":")[0] for tag in purged} == {"site:changes", "site"}
