"""A verb that changes nothing changes nothing: no row of any table, whether it says so or refuses."""

import contextlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.actions import (
    assigning,
    commenting,
    menu,
    organising,
    own_pages,
    promoting,
    publishing,
)
from articles.actions.access import partnering, previewing
from articles.models import CommentRule, Partner, PreviewLink, Promotion, Token
from newsroom.site import actions as site
from tests.articles.admin.test_unchanged import rows
from tests.factories import (
    AuthorFactory,
    CategoryFactory,
    TagFactory,
    UserFactory,
    live_edition,
    menu_entry,
    own_page,
    promotion,
    story,
)

# About what the verbs write; what a purge sends is decided when a transaction ends.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

NOW = timezone.now().replace(microsecond=0)
REFUSALS = (ValidationError, publishing.PublishingError, commenting.CommentError)


def chief():
    return UserFactory(is_staff=True, is_superuser=True)


def comment():
    CommentRule.objects.create()
    return commenting.write(
        live_edition(), name="Rana", words="The market is open.", sender="192.0.2.7"
    )


def erased():
    made = comment()
    commenting.erase(made)
    return made


def hidden():
    made = comment()
    commenting.moderate(made, "hide", by=None)
    return made


def claimed():
    article, user = story(title_en="A"), chief()
    assigning.claim(article, "es", by=user)
    return article, user


def filed():
    tag, category = TagFactory(), CategoryFactory()
    return story(title_en="A", tags=[tag], categories=[category]), [tag], [category], chief()


def places():
    parent = CategoryFactory()
    return [
        CategoryFactory(parent=parent, slug_en=slug, position=position)
        for slug, position in (("first", 3), ("second", 4))
    ]


def entries():
    return [
        menu_entry(link=f"https://{name}.example/", label_en=name, position=place)
        for place, name in enumerate("ab")
    ]


def revoked_link():
    article, user = story(title_en="A"), chief()
    previewing.make_link(article, "en", days=7, by=user, now=NOW)
    link = PreviewLink.objects.get()
    previewing.revoke(link, by=user, now=NOW)
    return link, user


def revoked_token():
    user = chief()
    partnering.make_token(Partner.objects.create(name="Agency"), by=user, now=NOW)
    token = Token.objects.get()
    partnering.revoke(token, by=user, now=NOW)
    return token, user


def dated():
    return live_edition(at=NOW - timedelta(days=3))


def named():
    site.say("en", name="The Post")


def again(page):
    languages = [own_pages.edition_of(page, code) for code in ("en", "es")]
    own_pages.save(page, by=publishing.SYSTEM, editions=languages)


CASES = {
    "publish": (live_edition, lambda it: publishing.publish(it, by=None)),
    "withdraw a draft": (
        lambda: story(title_en="A").editions.get(),
        lambda it: publishing.withdraw(it, by=None, reason="Wrong."),
    ),
    "redate": (dated, lambda it: publishing.redate(it, by=None, at=it.published_at)),
    "claim": (claimed, lambda it: assigning.claim(it[0], "es", by=it[1])),
    "assign": (claimed, lambda it: assigning.assign(it[0], "es", to=it[1], by=it[1])),
    "release": (
        lambda: (story(title_en="A"), chief()),
        lambda it: assigning.release(it[0], "es", by=it[1]),
    ),
    "file": (
        filed,
        lambda it: organising.file_under(it[0], tags=it[1], categories=it[2], by=it[3]),
    ),
    "move the first category": (places, lambda it: organising.move_categories(it[:1], up=True)),
    "move the last category": (places, lambda it: organising.move_categories(it[1:], up=False)),
    "move the first entry": (entries, lambda it: menu.move(it[:1], up=True)),
    "move the last entry": (entries, lambda it: menu.move(it[1:], up=False)),
    "move all entries": (entries, lambda it: menu.move(it, up=True)),
    "begin a menu that there is": (entries, lambda _it: menu.begin(["en"])),
    "merge no tag": (TagFactory, lambda it: organising.merge_tags([], into=it)),
    "merge no author": (AuthorFactory, lambda it: organising.merge_authors([], into=it)),
    "merge no category": (CategoryFactory, lambda it: organising.merge_categories([], into=it)),
    "hide": (hidden, lambda it: commenting.moderate(it, "hide", by=None)),
    "edit": (comment, lambda it: commenting.edit(it, words=it.words)),
    "confirm": (comment, commenting.confirm),
    "erase": (erased, commenting.erase),
    "erase all of nobody": (comment, lambda _it: commenting.erase_all("a@reader.example")),
    "close": (live_edition, lambda it: commenting.close_story(it, by=None)),
    "end a preview": (revoked_link, lambda it: previewing.revoke(it[0], by=it[1], now=NOW)),
    "revoke a token": (revoked_token, lambda it: partnering.revoke(it[0], by=it[1], now=NOW)),
    "save a page": (own_page, again),
    "save a promotion": (
        promotion,
        lambda it: promoting.save(
            Promotion.objects.get(), by=None, editions=list(it.editions.all())
        ),
    ),
    "say of the site": (named, lambda _it: site.say("en", name="The Post")),
}


@pytest.mark.parametrize("name", CASES)
def test_a_verb_that_changes_nothing_leaves_every_row_as_it_was(name):
    make, do = CASES[name]
    thing = make()
    before = rows()

    with contextlib.suppress(*REFUSALS):
        do(thing)

    assert {table for table, after in rows().items() if after != before[table]} == set()
