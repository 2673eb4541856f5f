from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings as example_settings, strategies as st
from hypothesis.extra.django import TestCase
from reversion.models import Version

from articles.actions import assigning, publishing, writing
from articles.actions.publishing import SYSTEM, PublishingError
from articles.derived import listings
from articles.models import Edition, Event, Listing, OldAddress
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOW = datetime(2020, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STATES = ("draft", "submitted", "scheduled", "live", "withdrawn")
ALLOWED = {
    "submit": {"draft"},
    "publish": {"draft", "submitted", "scheduled"},
    "schedule": {"draft", "submitted", "scheduled"},
    "withdraw": {"scheduled", "live"},
    "restore": {"withdrawn"},
    "send_back": {"submitted"},
    "redate": {"live"},
}
ARGUMENTS = {
    "schedule": {"at": NOW + 2 * HOUR},
    "withdraw": {"reason": "An error."},
    "redate": {"at": NOW - 72 * HOUR},
}
RESULT = {
    "submit": "submitted",
    "publish": "live",
    "schedule": "scheduled",
    "withdraw": "withdrawn",
    "restore": "live",
    "send_back": "draft",
    "redate": "live",
}


def in_state(state, language="en"):
    """Return an edition in a state as of NOW, brought there by the verbs."""
    words = {f"title_{language}": "A story", f"body_{language}": "<p>Words.</p>"}
    edition = factories.edition(factories.story(source_language=language, **words), language)
    if state == "submitted":
        publishing.submit(edition, by=SYSTEM, now=NOW - HOUR)
    if state == "scheduled":
        publishing.schedule(edition, by=SYSTEM, at=NOW + HOUR, now=NOW - HOUR)
    if state in {"live", "withdrawn"}:
        publishing.publish(edition, by=SYSTEM, now=NOW - 2 * HOUR)
    if state == "withdrawn":
        publishing.withdraw(edition, by=SYSTEM, reason="Wrong.", now=NOW - HOUR)
    return edition


def state_of(edition, *, at=NOW):
    if edition.status != "published":
        return edition.status
    return "live" if edition.is_live(at=at) else "scheduled"


def use(verb, edition, *, by=SYSTEM, now=NOW, **arguments):
    publishing.VERBS[verb](edition, by=by, now=now, **(ARGUMENTS.get(verb, {}) | arguments))


def records():
    """Return everything that a verb writes."""
    tables = [
        model.objects.order_by("pk") for model in (Edition, Event, Listing, OldAddress, Version)
    ]
    return [list(table.values()) for table in tables]


def user_who_may(*codenames):
    user = factories.UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


# --- What each verb does in each state ---


@pytest.mark.once  # what a verb allows is decided in Python; test_exactness.py calls all of them on both
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", ALLOWED)
def test_a_verb_works_in_its_states_and_is_refused_in_all_others(verb, state):
    edition = in_state(state)
    before = records()

    if state in ALLOWED[verb]:
        use(verb, edition)
        expected = "draft" if (verb, state) == ("withdraw", "scheduled") else RESULT[verb]
        assert state_of(edition) == state_of(Edition.objects.get(pk=edition.pk)) == expected
    else:
        with pytest.raises(PublishingError) as error:
            use(verb, edition)
        assert error.value.reasons
        assert records() == before
        assert state_of(edition) == state


@pytest.mark.parametrize("state", STATES)
def test_the_verbs_that_are_offered_are_those_that_work(state):
    offered = publishing.offered(in_state(state), user=SYSTEM, at=NOW)

    assert set(offered) == {verb for verb, states in ALLOWED.items() if state in states}


@pytest.mark.parametrize("verb", ALLOWED)
def test_a_refusal_for_want_of_permission_leaves_nothing_behind(verb):
    edition = in_state(next(iter(ALLOWED[verb])))
    is_writers = verb in publishing.WRITERS_VERBS
    other = "publish_article" if is_writers else "submit_article"
    before = records()

    with pytest.raises(PermissionDenied):
        use(verb, edition, by=user_who_may(other))

    assert records() == before


def test_who_has_one_language_in_hand_hands_in_that_and_no_other():
    words = {f"body_{code}": "<p>Words.</p>" for code in ("en", "es")}
    article = factories.story(title_en="A", title_es="B", **words)
    translator = user_who_may("change_article", "submit_article")
    assigning.claim(article, "es", by=translator)

    use("submit", factories.edition(article, "es"), by=translator)
    with pytest.raises(PermissionDenied):
        use("submit", factories.edition(article, "en"), by=translator)

    assert [factories.edition(article, code).status for code in ("en", "es")] == [
        "draft",
        "submitted",
    ]


def test_who_may_only_submit_is_offered_nothing_else():
    edition = in_state("draft")

    assert publishing.offered(edition, user=user_who_may("submit_article"), at=NOW) == ["submit"]
    assert publishing.offered(edition, user=user_who_may(), at=NOW) == []
    assert publishing.offered(edition, user=user_who_may("publish_article"), at=NOW) == [
        "publish",
        "schedule",
    ]


@pytest.mark.parametrize("at", [NOW + HOUR, NOW + timedelta(microseconds=1)])
def test_publishing_refuses_a_time_to_come(at):
    with pytest.raises(PublishingError):
        use("publish", in_state("draft"), at=at)


@pytest.mark.parametrize("at", [NOW - HOUR, NOW])
def test_scheduling_refuses_a_time_that_has_come(at):
    with pytest.raises(PublishingError):
        use("schedule", in_state("draft"), at=at)


@pytest.mark.parametrize(("verb", "year"), [("publish", 1), ("schedule", 9999)])
def test_no_time_is_taken_that_no_page_could_show(verb, year):
    edition = in_state("draft")

    with pytest.raises(PublishingError, match="between the years 1400 and 9000"):
        use(verb, edition, at=NOW.replace(year=year))

    assert state_of(edition) == "draft"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_readers_are_told_why_a_story_was_withdrawn(reason):
    edition = in_state("live")

    with pytest.raises(PublishingError):
        use("withdraw", edition, reason=reason)

    assert state_of(edition) == "live"


def test_what_no_reader_has_seen_is_taken_back_without_a_reason():
    edition = in_state("scheduled")

    use("withdraw", edition, reason="")

    assert (edition.status, edition.published_at, edition.withdrawn_reason) == ("draft", None, "")


# --- What stands in the way ---


def illustrated(*, language="en", lead=True, in_body=False, alt="A harbour", **image):
    picture = factories.ImageFactory(**({"credit_line": "A. Painter"} | image))
    html = (
        f'<p>Words.</p><figure data-image="{picture.pk}"></figure>' if in_body else "<p>Words.</p>"
    )
    article = factories.ArticleFactory(title_en="A story", body_en=html)
    factories.ImageUseFactory(article=article, image=picture, is_lead=lead, alt_en=alt)
    writing.save(article)
    return factories.edition(article, language)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ({"title_en": "A", "body_en": "<p>b</p>"}, 0),
        ({"title_en": "A", "body_en": ""}, 1),
        ({"title_en": "A", "body_en": '<figure data-image="1"></figure>'}, 1),
        ({"title_en": " ", "body_en": "<p>b</p>"}, 1),
        ({"title_en": " ", "body_en": ""}, 2),
        ({"title_en": "\u200b", "body_en": "<p>\u3164</p><p>\u2060</p>"}, 2),
    ],
)
def test_a_story_needs_a_headline_and_words(words, count):
    edition = factories.edition(factories.story(**({"standfirst_en": "x"} | words)))

    assert len(publishing.obstacles(edition, at=NOW)) == count


@pytest.mark.both
@pytest.mark.parametrize(
    ("picture", "count"),
    [
        ({}, 0),
        ({"alt": ""}, 1),
        ({"alt": "  "}, 1),
        ({"alt": "\u200b"}, 1),
        ({"alt": "", "lead": False}, 0),
        ({"alt": "", "lead": False, "in_body": True}, 1),
        ({"alt": "", "file": ""}, 0),
        ({"creator": "", "credit_line": ""}, 1),
        ({"creator": " ", "credit_line": " "}, 1),
        ({"creator": "\u2800", "credit_line": "\ufeff"}, 1),
        ({"creator": "A", "credit_line": ""}, 0),
        ({"valid_until": NOW}, 1),
        ({"valid_until": NOW + HOUR}, 0),
        ({"valid_until": NOW - HOUR, "alt": "", "creator": "", "credit_line": ""}, 3),
    ],
)
def test_a_shown_image_needs_words_a_credit_and_a_right(picture, count):
    edition = illustrated(**picture)

    assert len(publishing.obstacles(edition, at=NOW)) == count
    if count:
        before = records()
        with pytest.raises(PublishingError) as error:
            use("publish", edition)
        assert len(error.value.reasons) == count
        assert records() == before


def test_the_right_to_an_image_must_last_until_the_story_appears():
    edition = illustrated(valid_until=NOW + HOUR)

    with pytest.raises(PublishingError):
        use("schedule", edition, at=NOW + HOUR)
    use("schedule", edition, at=NOW + HOUR / 2)


def test_a_story_is_restored_only_with_what_it_needs():
    edition = illustrated(valid_until=NOW + HOUR)
    use("publish", edition)
    use("withdraw", edition)

    with pytest.raises(PublishingError):
        use("restore", edition, now=NOW + 2 * HOUR)

    assert edition.status == "withdrawn"


# --- What is written with it ---


@pytest.mark.both
def test_a_verb_records_who_did_what_and_when():
    user = user_who_may("publish_article")
    edition = in_state("live")
    Event.objects.all().delete()

    use("withdraw", edition, by=user, reason="A wrong name.")

    event = Event.objects.get()
    assert (event.verb, event.language, event.by, event.at) == ("withdraw", "en", user, NOW)
    assert event.note == "A wrong name."
    revision = Version.objects.get_for_object(edition.article).first().revision
    assert (revision.user, revision.comment) == (user, "withdraw en")


def test_a_story_is_withdrawn_in_all_its_languages_or_in_none(monkeypatch):
    user = user_who_may("publish_article")
    article = factories.story(live=["en", "es"], title_pt="C", body_pt="<p>x</p>")

    with monkeypatch.context() as patch:
        patch.setattr(publishing.items, "refresh", failing_at(2))
        with pytest.raises(RuntimeError):
            publishing.withdraw_all(article, by=user, reason="Wrong.")
    assert set(states_of(article)) == {("en", "published"), ("es", "published"), ("pt", "draft")}

    publishing.withdraw_all(article, by=user, reason="Wrong.")

    assert set(states_of(article)) == {("en", "withdrawn"), ("es", "withdrawn"), ("pt", "draft")}
    with pytest.raises(PublishingError, match="No language of it is published"):
        publishing.withdraw_all(article, by=user, reason="Wrong.")
    with pytest.raises(PermissionDenied):
        publishing.withdraw_all(article, by=factories.UserFactory(), reason="Wrong.")


def states_of(article):
    return Edition.objects.filter(article=article).values_list("language", "status")


def failing_at(number):
    """Return a stand-in that fails when it is called for that time."""
    calls = count(1)

    def stand_in(*_told, **_named):
        if next(calls) == number:
            raise RuntimeError

    return stand_in


def test_publishing_fills_the_lists_and_withdrawing_empties_them():
    region = factories.CategoryFactory()
    article = factories.story(title_en="A", body_en="<p>b</p>", categories=[region])
    edition = factories.edition(article)

    use("publish", edition)
    assert list(Listing.objects.values_list("category", flat=True)) == [region.pk]

    use("withdraw", edition)
    assert not Listing.objects.exists()


def test_a_failure_in_the_middle_takes_everything_back(monkeypatch):
    edition = in_state("draft")
    before = records()

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(listings, "refresh", fail)
    with pytest.raises(RuntimeError):
        use("publish", edition)

    assert records() == before
    assert (edition.status, edition.published_at) == ("draft", None)


def test_withdrawing_and_restoring_keep_the_date_and_the_address():
    edition = in_state("live")
    address, date = edition.url, edition.published_at

    use("withdraw", edition)
    assert (edition.url, edition.withdrawn_reason) == (address, "An error.")

    use("restore", edition)
    assert (edition.url, edition.published_at, edition.withdrawn_reason) == (address, date, "")
    assert not OldAddress.objects.exists()


@pytest.mark.both
def test_a_scheduled_story_that_is_published_early_leaves_its_address_behind():
    edition = in_state("scheduled")
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW + timedelta(days=9))
    edition.refresh_from_db()
    planned = edition.url

    use("publish", edition)

    assert [(old.path, old.edition) for old in OldAddress.objects.all()] == [(planned, edition)]


def test_a_path_under_which_another_story_could_once_be_read_is_not_taken_over():
    first = in_state("live")
    publishing.publish(second := in_state("draft"), by=SYSTEM, now=NOW - 2 * HOUR)
    assert (first.slug, second.slug) == ("a-story", "a-story-2")

    writing.save(first.article, slugs={"en": "renamed"})

    third = in_state("live")
    assert third.slug not in {"a-story", "a-story-2"}
    assert OldAddress.objects.get().edition == first


# --- Who may see it, and when ---


@pytest.mark.both
def test_a_scheduled_story_appears_by_itself():
    edition = in_state("scheduled")

    live = [
        Edition.objects.live(language="en", at=at).filter(pk=edition.pk).exists()
        for at in (NOW, NOW + HOUR - timedelta(microseconds=1), NOW + HOUR, NOW + 2 * HOUR)
    ]

    assert live == [False, False, True, True]


@pytest.mark.both
def test_nothing_is_live_in_a_language_that_is_not_enabled(settings):
    edition = in_state("live", language="ar")
    settings.LANGUAGES = [("en", "English")]

    assert not edition.is_live(at=NOW)
    assert not Edition.objects.live(at=NOW).exists()
    assert not Edition.objects.live(language="ar", at=NOW).exists()


def test_what_is_published_in_a_disabled_language_is_not_published_again(settings):
    edition = in_state("live", language="ar")
    settings.LANGUAGES = [("en", "English")]

    assert publishing.offered(edition, user=SYSTEM, at=NOW) == ["redate", "withdraw"]
    with pytest.raises(PublishingError):
        use("publish", edition)
    use("withdraw", edition)
    assert edition.status == "withdrawn"


class LiveTest(TestCase):
    """`live()` and `is_live()` say the same of any edition at any moment."""

    moments = st.integers(min_value=-3, max_value=3).map(lambda hours: NOW + hours * HOUR)
    editions = st.lists(
        st.tuples(
            st.sampled_from(Edition.Status.values), st.sampled_from(["en", "es", "ar"]), moments
        ),
        max_size=5,
    )

    @pytest.mark.both
    @example_settings(max_examples=40)
    @given(editions=editions, at=moments, enabled=st.sets(st.sampled_from(["en", "es", "ar"])))
    def test_the_queryset_and_the_object_agree(self, editions, at, enabled):
        article = factories.ArticleFactory
        rows = [
            Edition(
                article=article(), status=status, language=language, published_at=when, slug=f"s{n}"
            )
            for n, (status, language, when) in enumerate(editions)
        ]
        Edition.objects.bulk_create(rows)

        with self.settings(LANGUAGES=[(code, code) for code in sorted(enabled)]):
            expected = {row.pk for row in rows if row.is_live(at=at)}
            assert set(Edition.objects.live(at=at).values_list("pk", flat=True)) == expected
            for code in ("en", "es", "ar"):
                live = Edition.objects.live(at=at, language=code).values_list("pk", flat=True)
                assert set(live) == {
                    row.pk for row in rows if row.pk in expected and row.language == code
                }
