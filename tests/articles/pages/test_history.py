"""The list of what was changed in a story, for readers."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.actions import publishing, writing
from articles.models import Article, Wording
from articles.pages import history as histories
from newsroom.site import actions
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site():
    site = actions.settings_row()
    site.shows_changes = True
    actions.save(site)
    return site


@pytest.fixture
def edition():
    article = factories.story(
        live=["en", "ar"],
        at=AT,
        title_en="The sea",
        body_en="<p>One bridge.</p><p>Two.</p>",
        title_ar="البحر",
    )
    return factories.edition(article)


def reword(edition, *, hours, **texts):
    article = Article.objects.get(pk=edition.article_id)
    for name, words in texts.items():
        setattr(article, name, words)
    writing.save(article, now=AT + timedelta(hours=hours))


def test_a_story_leads_to_what_was_changed_in_its_language(client, edition, site):
    user = factories.UserFactory(username="somebody")
    reword(edition, hours=2, title_en="The <tide>")
    reword(edition, hours=5, body_en="<p>One ferry.</p><p>Two.</p>")

    assert f'href="{edition.history_url}"' in client.get(edition.url).text
    answer = client.get(edition.history_url)
    page = answer.text
    assert (answer.status_code, '<meta name="robots" content="noindex">' in page) == (200, True)
    named = '<span class="visually-hidden">{}: </span>'.format
    removed, added = named("Removed"), named("Added")
    assert f"The <del>{removed}sea</del><ins>{added}&lt;tide&gt;</ins>" in page
    assert f"One <del>{removed}bridge</del><ins>{added}ferry</ins>." in page
    assert page.index('datetime="2019-06-15T17:00') < page.index('datetime="2019-06-15T14:00')
    assert ("Two." in page, user.username in page) == (False, False)
    arabic = client.get(factories.edition(edition.article, "ar").history_url).text
    assert ("<del>" in arabic, 'dir="rtl"' in arabic) == (False, True)
    assert "لم تتغيّر أي كلمة." in arabic

    site.shows_changes = False
    actions.save(site)
    assert edition.history_url not in client.get(edition.url).text
    assert client.get(edition.history_url).status_code == 404


def test_a_cosmetic_change_is_left_out_and_what_was_before_stands_beside_what_came_next(
    client, edition
):
    reword(edition, hours=2, title_en="The Sea")
    reword(edition, hours=5, title_en="The tide")
    Wording.objects.filter(words__0="The sea").update(is_cosmetic=True)

    page = client.get(edition.history_url).text
    assert page.count("<del>") == 1
    assert "Sea</del>" in page


def test_a_long_list_goes_on_where_it_ends(client, edition, monkeypatch):
    monkeypatch.setattr(histories, "SIZE", 2)
    for number in range(1, 4):
        reword(edition, hours=2 * number, title_en=f"Number {number}")

    first = client.get(edition.history_url).text
    older = f"{edition.history_url}?before={Wording.objects.order_by('pk')[1].pk}"
    assert ("Number</ins> 1" in first, f'href="{older}"' in first) == (False, True)
    last = client.get(older).text
    assert (last.count("<del>"), "Published" in last) == (1, True)
    assert "sea</del>" in last
    for wrong in ("0", "x", "99999", "9" * 30):
        answer = client.get(f"{edition.history_url}?before={wrong}")
        assert (answer.status_code, answer["Location"]) == (302, edition.history_url)


def test_a_former_address_leads_there_in_one_hop(client, edition):
    old = edition.history_url
    article = Article.objects.get(pk=edition.article_id)
    writing.save(article, slugs={"en": "tide"})
    edition = factories.edition(article)

    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, edition.history_url)
    lite = client.get(edition.history_url.replace("/en/", "/en/lite/", 1))
    assert (lite.status_code, edition.title in lite.text) == (200, True)


def test_who_may_not_read_the_story_may_not_read_what_was_changed(client, edition):
    reword(edition, hours=2, title_en="Embargoed words")
    publishing.withdraw(edition, by=publishing.SYSTEM, reason="It was wrong.")
    answer, story = client.get(edition.history_url), client.get(edition.url)
    assert (answer.status_code, "It was wrong." in answer.text) == (410, True)
    assert answer.text.count("<del>") == story.text.count("<del>") == 0

    scheduled = factories.story(live=["en"], at=datetime(2190, 1, 1, tzinfo=UTC))
    hidden = factories.edition(scheduled)
    assert client.get(hidden.history_url).status_code == 404
    assert client.get("/en/2019/06/15/no-such-story/history/").status_code == 404
