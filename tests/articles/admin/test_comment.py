"""The queue of comments, its verbs one by one and for many, the log, and the rules."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import roles
from articles.actions import commenting
from articles.admin.comment import SIGNS
from articles.comments import spam as judging
from articles.models import Comment, CommentEvent, CommentRule, Edition
from tests import factories
from tests.articles import spam
from tests.articles.admin.conftest import Desk, member_of

# Forms and what they say; the verbs behind them are asked of both databases in tests/articles/actions/.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

QUEUE = "/admin/articles/comment/"
LOG = "/admin/articles/commentevent/"


@pytest.fixture
def moderator():
    return _staff(roles.MODERATOR)


def _staff(role):
    return Desk(member_of(role)).client


@pytest.fixture
def edition():
    CommentRule.objects.create()
    return factories.live_edition("en", title_en="A headline", standfirst_en="In short.")


def write(edition, words="My words.", number=7):
    return commenting.write(edition, name="Rana", words=words, sender=f"192.0.2.{number}")


def state(comment):
    return Comment.objects.get(pk=comment.pk).state


def test_the_queue_has_words_for_every_sign_that_a_thousand_samples_of_spam_give():
    given = {
        sign
        for sample in spam.samples()
        for sign, _weight in judging.judge(sample.words, sample.name, language=sample.language)
    }

    assert len(given) > 9
    assert given <= set(SIGNS)


def test_the_queue_shows_what_waits_beside_its_story(moderator, edition):
    write(edition, "Waits, with www.example.org in it.")
    commenting.moderate(write(edition, "Out already.", 8), "publish", by=None)

    page = moderator.get(QUEUE).text
    assert "<p>Waits, with" in page
    assert "Held because of: links" in page
    assert "A headline" in page
    assert "In short." in page
    assert "Out already." not in page
    assert "Out already." in moderator.get(f"{QUEUE}?state=published").text
    assert "Out already." in moderator.get(f"{QUEUE}?state=all").text


def test_the_queue_can_be_of_one_language(moderator):
    CommentRule.objects.create()
    story = factories.story(live=["en", "es"])
    write(factories.edition(story, "en"), "In English.")
    write(factories.edition(story, "es"), "En español.")

    page = moderator.get(f"{QUEUE}?language=es").text
    assert "En español." in page
    assert "In English." not in page


def test_a_button_does_its_verb_and_says_so(moderator, edition):
    comment = write(edition)

    response = moderator.post(QUEUE, {"verb": f"publish:{comment.pk}"}, follow=True)
    assert state(comment) == "published"
    assert "is now: Published." in response.text


def test_a_verb_that_somebody_else_was_faster_with_is_told(moderator, edition):
    comment = write(edition)
    commenting.moderate(comment, "publish", by=None)

    response = moderator.post(QUEUE, {"verb": f"publish:{comment.pk}"}, follow=True)
    assert "meanwhile" in response.text


@pytest.mark.parametrize("value", ["burn:1", "publish:x", "publish:999999", "publish", "close:x"])
def test_a_made_up_button_does_nothing(moderator, edition, value):
    comment = write(edition)

    response = moderator.post(QUEUE, {"verb": value}, follow=True)
    assert "There is no such button." in response.text
    assert state(comment) == "pending"


def test_many_are_done_at_once(moderator, edition):
    comments = [write(edition, f"Number {number}", number) for number in range(3)]
    chosen = {"action": "spam", "_selected_action": [comment.pk for comment in comments]}

    response = moderator.post(QUEUE, chosen, follow=True)
    assert "3 comments were changed." in response.text
    assert {state(comment) for comment in comments} == {"spam"}


def test_a_story_is_closed_from_the_queue_and_opened_from_the_list_of_stories(moderator, edition):
    comment = write(edition)

    moderator.post(QUEUE, {"verb": f"close:{comment.pk}"})
    assert Edition.objects.get(pk=edition.pk).comments_until is None
    action = {"action": "open_for_comments", "_selected_action": [edition.article_id]}
    _staff(roles.EDITOR).post("/admin/articles/article/", action)
    assert Edition.objects.get(pk=edition.pk).takes_comments(at=timezone.now() + timedelta(days=29))


def test_every_verb_stands_in_the_log_which_nobody_changes(moderator, edition):
    comment = write(edition)
    moderator.post(QUEUE, {"verb": f"hide:{comment.pk}"})

    assert "hidden" in moderator.get(LOG).text
    event = CommentEvent.objects.get()
    assert moderator.post(f"{LOG}{event.pk}/change/", {"verb": "x"}).status_code == 403
    assert moderator.post(f"{LOG}{event.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", [roles.WRITER])
def test_who_may_not_moderate_sees_no_queue_and_presses_nothing(edition, role):
    comment, client = write(edition), _staff(role)

    assert client.get(QUEUE).status_code == 403
    assert client.post(QUEUE, {"verb": f"publish:{comment.pk}"}).status_code == 403
    assert state(comment) == "pending"


def test_what_a_reader_wrote_is_no_html_here(moderator, edition):
    write(edition, "<script>alert(1)</script><b>x</b>")

    page = moderator.get(f"{QUEUE}?state=all").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_queue_costs_the_same_however_long_it_is(moderator, edition):
    counts = []
    for number in range(12):
        write(edition, f"Number {number}", number)
        if number in {0, 11}:
            with CaptureQueriesContext(connection) as captured:
                moderator.get(QUEUE)
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_there_is_one_rule_for_the_same_stories(edition):
    client = _staff(roles.EDITOR)
    form = {"language": "", "category": "", "days": "30", "hold": "all", "held_words": ""}

    response = client.post("/admin/articles/commentrule/add/", form)
    assert "There is a rule for this already" in response.text
    assert CommentRule.objects.count() == 1
