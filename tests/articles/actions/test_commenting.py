"""Comments: who may write when, what waits, what moderators do, and what is kept of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import roles
from articles.actions import commenting, publishing
from articles.comments import limits
from articles.models import Category, Comment, CommentEvent, CommentRule, Edition
from tests import factories
from tests.articles.admin.conftest import member_of

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = "The market on the river was closed for two days after that."


@pytest.fixture
def edition():
    CommentRule.objects.create()
    return factories.live_edition()


def write(edition, words=WORDS, **options):
    options = {"name": "Rana", "sender": "192.0.2.7"} | options
    return commenting.write(edition, words=words, **options)


def rule(**values):
    CommentRule.objects.all().delete()
    return CommentRule.objects.create(**values)


def test_without_a_rule_no_story_takes_comments():
    edition = factories.live_edition()

    with pytest.raises(commenting.CommentError):
        write(edition)
    assert not edition.is_discussed(at=timezone.now())


def test_a_comment_waits_for_a_moderator_by_default(edition):
    assert write(edition).state == "pending"
    assert Edition.objects.get(pk=edition.pk).comment_count == 0


def test_a_published_comment_is_counted_and_a_hidden_one_is_not(edition):
    comment = write(edition)

    commenting.moderate(comment, "publish", by=None)
    assert Edition.objects.get(pk=edition.pk).comment_count == 1
    commenting.moderate(comment, "hide", by=None)
    assert Edition.objects.get(pk=edition.pk).comment_count == 0


def test_a_story_takes_comments_for_the_days_of_its_rule():
    rule(days=2)
    edition = factories.live_edition(at=timezone.now() - timedelta(days=1))

    assert write(edition).pk
    later = timezone.now() + timedelta(days=1, hours=1)
    with pytest.raises(commenting.CommentError):
        write(edition, "And one thing more.", now=later)


def test_the_rule_of_a_category_goes_before_that_of_the_site_and_a_language_before_all():
    opinion = factories.CategoryFactory(name_en="Opinion", kind=Category.Kind.SECTION)
    rule(hold="none")
    CommentRule.objects.create(category=opinion, hold="all")
    CommentRule.objects.create(category=opinion, language="es", hold="none")
    story = factories.story(live=["en", "es"], categories=[opinion])

    assert write(factories.edition(story, "en")).state == "pending"
    assert write(factories.edition(story, "es"), "Dos días duró eso.").state == "published"
    assert write(factories.live_edition(), "Somewhere else altogether.").state == "published"


def test_where_links_are_held_other_comments_appear_at_once():
    rule(hold="links")
    edition = factories.live_edition()

    assert write(edition).state == "published"
    assert write(edition, "As www.example.org has it.").state == "pending"


def test_a_known_reader_need_not_wait_once_the_address_is_confirmed():
    rule(hold="first")
    edition = factories.live_edition()
    first = write(edition, email="rana@example.org")
    commenting.confirm(first)
    assert first.state == "pending"
    commenting.moderate(first, "publish", by=None)

    second = write(edition, "Another thing to say.", email="rana@example.org")
    assert second.state == "pending"
    commenting.confirm(second)
    assert second.state == "published"


@pytest.mark.both
def test_somebody_else_with_the_address_of_a_known_reader_waits():
    rule(hold="first")
    edition = factories.live_edition()
    first = write(edition, email="rana@example.org")
    commenting.confirm(first)
    commenting.moderate(first, "publish", by=None)

    assert write(edition, "I am Rana, too.", email="rana@example.org").state == "pending"


def test_a_held_word_makes_a_comment_wait_whatever_the_rule():
    rule(hold="none", held_words="traitor\nخائن")
    edition = factories.live_edition()

    assert write(edition, "They are Traitors, all of them.").state == "pending"
    assert write(edition, "They are neighbours, all of them.").state == "published"


def test_what_a_trap_has_caught_is_kept_as_spam(edition):
    assert write(edition, is_trapped=True).state == "spam"


@pytest.mark.both
def test_the_same_words_sent_twice_are_one_comment(edition):
    assert write(edition, form="one") == write(edition, f" {WORDS} ", form="one")
    assert Comment.objects.count() == 1


def test_the_words_of_somebody_else_are_another_comment_even_from_the_same_address(edition):
    assert write(edition, form="one") != write(edition, form="two")


def test_an_address_in_letters_that_look_alike_is_another_one(edition):
    comment = write(edition, email="Sam@Example.org")
    for other in ("\u017fam@example.org", "sam@exampl\u0435.org"):
        write(edition, f"I am {other}.", email=other, sender="192.0.2.8")

    assert list(commenting.written_with("sam@example.ORG")) == [comment]


@pytest.mark.both
def test_who_sends_spam_may_change_it_and_it_stays_spam(edition):
    comment = write(edition, is_trapped=True)

    commenting.edit(comment, words="Harmless words.")
    assert comment.state == "spam"


def test_the_same_long_words_by_somebody_else_are_spam(edition):
    write(edition)

    assert write(edition, sender="192.0.2.8").state == "spam"
    assert write(edition, "Thank you!", sender="192.0.2.8").state == "pending"


def test_one_address_writes_so_much_under_one_story_and_then_has_to_wait(edition):
    for number in range(3):
        write(edition, f"Number {number}")

    with pytest.raises(limits.TooMany) as refused:
        write(edition, "Number 3")
    assert 0 < refused.value.seconds <= 600
    assert write(edition, "Number 3", sender="192.0.2.8").pk
    assert write(edition, "Number 3", now=timezone.now() + timedelta(minutes=11)).pk


@pytest.mark.both
def test_nothing_is_kept_of_an_address_but_a_mark_that_is_forgotten(edition):
    comment = write(edition)
    assert "192.0.2.7" not in comment.sender
    later = write(edition, "Days later.", now=timezone.now() + timedelta(days=3))

    comment.refresh_from_db()
    assert comment.sender == ""
    assert later.sender != ""


@pytest.mark.both
def test_an_answer_to_an_answer_stands_in_the_same_thread(edition):
    head = write(edition)
    commenting.moderate(head, "publish", by=None)
    answer = write(edition, "So it was.", parent=head.pk)
    commenting.moderate(answer, "publish", by=None)

    assert write(edition, "Was it?", parent=answer.pk, sender="192.0.2.8").parent == head


def test_a_comment_of_another_story_or_language_cannot_be_answered():
    rule()
    story = factories.story(live=["en", "es"])
    other = write(factories.edition(story, "es"))
    commenting.moderate(other, "publish", by=None)

    with pytest.raises(commenting.CommentError):
        write(factories.edition(story, "en"), "What do you mean?", parent=other.pk)


def test_a_reader_may_change_a_comment_for_a_while_and_it_is_looked_at_again(edition):
    comment = write(edition)
    commenting.moderate(comment, "publish", by=None)

    commenting.edit(comment, words="Other words.")
    assert (comment.words, comment.state) == ("Other words.", "pending")
    with pytest.raises(commenting.CommentError):
        commenting.edit(comment, words="Late.", now=timezone.now() + timedelta(minutes=16))


@pytest.mark.both
def test_what_is_erased_is_gone_for_good(edition):
    comment = write(edition, email="rana@example.org")

    assert commenting.erase_all("Rana@example.org") == 1
    comment.refresh_from_db()
    assert (comment.state, comment.words, comment.email, comment.sender) == ("deleted", "", "", "")
    assert commenting.offered(comment) == []
    with pytest.raises(commenting.CommentError):
        commenting.moderate(comment, "restore", by=None)


@pytest.mark.both
def test_each_verb_of_a_moderator_is_in_the_log(edition):
    user, comment = member_of(roles.MODERATOR), write(edition)
    for verb in ("publish", "hide", "spam", "restore", "delete", "restore"):
        commenting.moderate(comment, verb, by=user)

    told = CommentEvent.objects.order_by("pk").values_list("verb", "by")
    assert list(told) == [
        (verb, user.pk) for verb in ("publish", "hide", "spam", "restore", "delete", "restore")
    ]


def test_a_verb_that_somebody_else_was_faster_with_is_refused_with_a_sentence(edition):
    comment = write(edition)
    commenting.moderate(Comment.objects.get(pk=comment.pk), "spam", by=None)

    with pytest.raises(commenting.CommentError, match="Spam"):
        commenting.moderate(comment, "spam", by=None)


@pytest.mark.parametrize(
    ("role", "may"), [("Writer", False), ("Moderator", True), ("Editor", True)]
)
def test_moderators_and_editors_decide_and_writers_do_not(edition, role, may):
    comment, user = write(edition), member_of(role)

    if may:
        commenting.moderate(comment, "publish", by=user)
        commenting.close_story(edition, by=user)
    else:
        with pytest.raises(PermissionDenied):
            commenting.moderate(comment, "publish", by=user)
        with pytest.raises(PermissionDenied):
            commenting.close_story(edition, by=user)


@pytest.mark.both
def test_a_closed_story_takes_none_and_an_opened_one_does(edition):
    commenting.close_story(edition, by=None)
    with pytest.raises(commenting.CommentError):
        write(edition)

    commenting.open_story(edition, until=timezone.now() + timedelta(days=1), by=None)
    assert write(edition).pk


def test_a_withdrawn_story_takes_none(edition):
    publishing.withdraw(edition, by=None, reason="Wrong.")

    with pytest.raises(commenting.CommentError):
        write(edition)
