"""A post of a WordPress export as a Story: its facts, its state, its times, its people."""

from datetime import UTC, datetime

import pytest

from articles.importers.story import BadStory
from tests.articles.importers.test_formats import DATA
from tests.articles.importers.wxr.export import category, comment, post, read as read_file


def test_the_typical_file_is_read_as_its_site_shows_it():
    ferry, strike = read_file(DATA / "wxr" / "typical.xml")

    text = ferry.texts["en"]
    assert (ferry.external_id, text.title, text.slug) == (
        "12",
        "Ferry line & pier open again",
        "ferry-returns",
    )
    assert text.standfirst == "Two crossings a day."
    assert (text.status, text.published_at) == ("published", datetime(2017, 11, 30, 12, tzinfo=UTC))
    assert text.modified_at == datetime(2017, 12, 1, 8, tzinfo=UTC)
    assert '<a data-article="9">we reported</a>' in text.body
    assert '<img src="https://harbour.example/wp-content/uploads/2017/11/pier.jpg">' in text.body
    assert [byline.names[""] for byline in ferry.bylines] == ["Ana Duarte"]
    (subject,) = ferry.subjects
    assert (subject.names["en"], subject.slug) == ("The port & the ferry", "port")
    assert [parent.names["en"] for parent in subject.parents] == ["News"]
    assert [tag.name for tag in ferry.tags] == ["Ferries"]
    (picture,) = ferry.pictures
    assert (picture.lead, picture.caption, picture.alt) == (
        True,
        {"en": "The pier"},
        {"en": "A wooden pier"},
    )
    assert picture.credit_line == "Ana Duarte"
    assert ferry.old_addresses == {"en": ("/2017/11/ferry-returns/", "/?p=12")}
    assert [(remark.reference, remark.answers, remark.state) for remark in ferry.comments] == [
        ("3", "", "published"),
        ("4", "3", "pending"),
    ]
    assert ferry.comments[0].words == "At last!\nSee this (https://a.example/x)."
    assert [remark.name for remark in ferry.comments] == ["Bea", "—"]
    assert strike.texts["en"].status == "draft"
    assert strike.texts["en"].body.startswith("First paragraph,<br>second line.")
    assert strike.pictures[0].credit_line == "A. Rios"
    assert strike.decisions == ("posts in the trash left out", "items of the kind page left out")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "publish"}, "published"),
        ({"status": "future", "post_date_gmt": "2090-01-01 00:00:00"}, "published"),
        ({"status": "draft"}, "draft"),
        ({"status": "pending"}, "draft"),
        ({"status": "private"}, "draft"),
        ({"status": "auto-draft"}, "draft"),
        ({"status": "acf-disabled"}, "draft"),
        ({"status": "publish", "post_password": "x"}, "draft"),
        ({"status": "publish", "content": " &nbsp; "}, "draft"),
        ({"status": "publish", "post_date_gmt": "0000-00-00 00:00:00"}, "draft"),
    ],
)
def test_only_what_was_public_is_to_be_public(read, fields, status):
    (story,) = read(post(**fields))

    assert story.texts["en"].status == status
    assert (story.texts["en"].published_at is not None) == (status == "published")


def test_what_was_hidden_is_named(read):
    stories = read(
        post(1, post_password="x"),
        post(2, status="private"),
        post(3, status="pending"),
        post(4, status="archived"),
    )

    assert [story.notes[0].split(",")[0] for story in stories] == [
        "It asked for a password",
        "It was private",
        "It waited for review",
        "Its state was “archived”",
    ]


def test_a_time_without_gmt_is_by_the_clock_of_the_site_in_that_month(read):
    zero = "0000-00-00 00:00:00"
    *_, winter, summer = read(
        post(1, post_date="2017-12-01 13:00:00", post_date_gmt="2017-12-01 12:00:00"),
        post(2, post_date="2017-07-01 14:00:00", post_date_gmt="2017-07-01 12:00:00"),
        post(3, post_date="2016-12-02 13:00:00", post_date_gmt=zero),
        post(4, post_date="2016-07-02 14:00:00", post_date_gmt=zero),
    )

    assert [story.texts["en"].published_at.hour for story in (winter, summer)] == [12, 12]


def test_a_time_of_which_nothing_tells_the_offset_is_utc_and_noted(read):
    (story,) = read(post(post_date="2017-12-02 13:00:00", post_date_gmt=""))

    assert story.texts["en"].published_at == datetime(2017, 12, 2, 13, tzinfo=UTC)
    assert story.notes == ("Its time tells no offset, and is taken for UTC.",)


@pytest.mark.parametrize(
    "date", ["0001-01-01 00:00:00", "9999-12-31 23:59:59", "yesterday", "-0001-11-30 00:00:00"]
)
def test_a_date_that_no_calendar_has_publishes_nothing(read, date):
    (story,) = read(post(post_date_gmt=date, post_date=date, more=f"<pubDate>{date}</pubDate>"))

    assert story.texts["en"].published_at is None


def test_coauthors_take_the_place_of_the_author(read):
    authors = (
        "<wp:author><wp:author_login>ana</wp:author_login>"
        "<wp:author_display_name>Ana Duarte</wp:author_display_name></wp:author>"
    )
    guest = post(
        5,
        title="Omar Haddad",
        post_type="guest-author",
        meta={"cap-display_name": "Omar Haddad", "cap-user_login": "omar"},
    )
    creator = "<dc:creator>editor</dc:creator>"
    terms = category("author", "cap-ana", "ana") + category("author", "cap-omar", "omar")

    both, alone = read(guest, post(1, more=creator + terms), post(2, more=creator), head=authors)

    assert [byline.names[""] for byline in both.bylines] == ["Ana Duarte", "Omar Haddad"]
    assert [byline.names[""] for byline in alone.bylines] == ["editor"]


def test_categories_that_stand_in_each_other_end_somewhere(read):
    head = "".join(
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{slug}</wp:cat_name></wp:category>"
        for slug, parent in (("a", "b"), ("b", "c"), ("c", "a"))
    )
    (story,) = read(post(more=category("category", "a")), head=head)

    assert [ancestor.slug for ancestor in story.subjects[0].parents] == ["a", "c", "b"]


def test_a_post_without_a_headline_is_called_by_its_first_words(read):
    (story,) = read(post(content="<p>The ferry sails.</p>", title=""))

    assert story.texts["en"].title == "The ferry sails."
    assert "has no headline" in story.notes[0]


def test_a_headline_of_100_kb_is_cut_and_noted(read):
    (story,) = read(post(title="word " * 20_000))

    assert len(story.texts["en"].title) <= 300
    assert any("headline is cut" in note for note in story.notes)


def test_old_slugs_and_letters_of_other_scripts_in_addresses_are_kept(read):
    name = "%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1"
    (story,) = read(post(post_name=name, meta={"_wp_old_slug": "first"}))

    assert story.texts["en"].slug == "أخبار"
    assert story.old_addresses["en"] == (f"/{name}/", "/?p=1", "/first/")


def test_an_id_that_comes_twice_is_refused_the_second_time(read):
    first, second = read(post(1), post(1, title="B"))

    assert first.texts["en"].title == "A"
    assert isinstance(second, BadStory)
    assert "its id was used on line 7 already" in str(second)


def test_comments_keep_their_threads_states_and_words(read):
    (story,) = read(
        post(
            more=comment(1, "<p>One.</p>\n<p>Two &amp; three.</p>")
            + comment(
                2, comment_approved="spam", comment_parent="1", comment_author_email="no address"
            )
            + comment(3, comment_approved="trash", comment_author_email="a@b.example")
            + comment(4, "long " * 2000, comment_author="n" * 100)
            + comment(5, "ping", comment_type="trackback")
            + comment(1, "Again.")
            + comment(6, "")
        )
    )

    one, two, three, four = story.comments
    assert one.words == "One.\n\nTwo & three."
    assert (two.state, two.answers, two.email) == ("spam", "1", "")
    assert (three.state, three.email) == ("hidden", "a@b.example")
    assert len(four.words) <= 5000
    assert len(four.name) <= 80
    assert len(story.notes) == 2
