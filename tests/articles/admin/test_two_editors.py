"""Two people at one form, of whatever kind: what one of them changed is merged, what both changed is shown, and nothing is lost."""

import json
import re
from dataclasses import dataclass

import lxml.html
import pytest
import reversion
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory

from articles.models import (
    Article,
    Author,
    Category,
    CommentRule,
    Image,
    MenuEntry,
    OwnPage,
    Partner,
    Promotion,
    Tag,
    Target,
)
from newsroom.forms.merging import MergingForm
from newsroom.forms.merging_rows import MergingRows
from newsroom.site import actions
from newsroom.site.models import SiteSettings
from newsroom.users.models import User
from tests.articles.admin.conftest import Desk, FormReader, messages_of
from tests.articles.admin.test_unchanged import as_a_browser_sends, rows
from tests.every import every
from tests.factories import (
    AuthorFactory,
    CategoryFactory,
    ImageFactory,
    TagFactory,
    UserFactory,
    menu_entry,
    own_page,
    promotion,
    story,
)

# Forms and what they say; who waits for whom is shown on both databases (tests/newsroom/db/test_locks.py).
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@dataclass
class Case:
    """A thing that `make` returns; what two people change of it, each by the name of a field; and a field that both change."""

    make: object
    mine: dict
    theirs: dict
    both: str
    values: tuple = ("Written by me", "Written by them")
    before: str = "Written before"


CASES = {
    Article: Case(
        lambda: story(title_en="A", title_es="B"),
        {"title_en": "Mine", "source_language": "es"},
        {"title_es": "Suyo", "standfirst_en": "Theirs"},
        "title_en",
    ),
    Author: Case(
        AuthorFactory,
        {"name_en": "Ana Duarte", "kind": "organisation"},
        {"name_es": "Ana D.", "bio_en": "Writes.", "slug": "ana"},
        "bio_en",
    ),
    Category: Case(
        CategoryFactory,
        {"name_en": "Old harbour", "position": "7"},
        {"name_es": "Puerto", "slug_en": "harbour", "description_pt": "Tudo"},
        "description_en",
    ),
    CommentRule: Case(
        CommentRule.objects.create, {"days": "5"}, {"hold": "links"}, "days", ("5", "9"), "7"
    ),
    Group: Case(lambda: Group.objects.create(name="Desk"), {"name": "Copy desk"}, {}, "name"),
    Image: Case(
        ImageFactory,
        {"description": "Harbour", "focal_x": "0.25"},
        {"licence": "CC BY", "credit_line": "An agency"},
        "copyright_notice",
    ),
    MenuEntry: Case(
        lambda: menu_entry(link="https://a.example/", label_en="A", label_es="B"),
        {"label_en": "Mine"},
        {"label_es": "Suyo", "position": "7"},
        "label_en",
    ),
    OwnPage: Case(
        lambda: own_page(live=("en", "es")),
        {"title_en": "Mine"},
        {"title_es": "Suyo", "position": "7"},
        "title_en",
    ),
    Partner: Case(
        lambda: Partner.objects.create(name="Agency"),
        {"name": "An agency", "languages": ["es"]},
        {"contact": "a@agency.example", "per_minute": "7"},
        "contact",
    ),
    Promotion: Case(
        lambda: promotion(live=("en", "es")),
        {"title_en": "Mine", "priority": "7"},
        {"title_es": "Suyo", "link": "https://a.example/"},
        "title_en",
    ),
    SiteSettings: Case(
        actions.settings_row, {"name_en": "The Post"}, {"name_es": "El Correo"}, "name_en"
    ),
    Tag: Case(
        TagFactory,
        {"label_en": "Harbour", "kind": "series"},
        {"label_es": "Puerto", "slug": "port"},
        "label_en",
    ),
    Target: Case(
        lambda: Target.objects.create(language="es", minutes=60),
        {"minutes": "30"},
        {"source_language": "en"},
        "minutes",
        ("31", "45"),
        "20",
    ),
    User: Case(
        UserFactory,
        {"last_name": "Ortiz"},
        {"first_name": "Eva", "email": "eva@post.example"},
        "first_name",
    ),
}
"""Every model that has a form in the admin."""


def administrator(**attributes):
    return UserFactory(is_staff=True, is_superuser=True, **attributes)


def desk():
    return Desk(administrator())


def request():
    admin_request = RequestFactory().get("/")
    admin_request.user = User(is_staff=True, is_superuser=True, is_active=True)
    return admin_request


def changing():
    """Return the models of which something can be changed by a form of ours."""
    may = request()
    return {
        model
        for model, model_admin in admin.site._registry.items()
        if type(model_admin).__module__.startswith(("articles.", "newsroom."))
        and model_admin.has_change_permission(may)
    }


def address(model):
    return f"{model._meta.app_label}_{model._meta.model_name}_change"


def values(page, names):
    by_name = FormReader(page).values
    return {name: by_name.get(name) for name in names}


def sides_of(page):
    """Return (label, words) of each side of a clash; what was taken out is none of its words."""
    sides = lxml.html.fromstring(page).find_class("clash__side")
    for side in sides:
        for mark in side.findall(".//del"):
            mark.drop_tree()
    return [
        (side[0].text_content().strip(), " ".join(side[1].text_content().split())) for side in sides
    ]


def as_sent(fields):
    return {name: value if isinstance(value, list) else [value] for name, value in fields.items()}


def name_of(case):
    return case[0].__name__


def test_every_form_of_the_admin_has_a_case():
    assert {model.__name__ for model in changing()} == {model.__name__ for model in CASES}


@every(CASES.items(), name=name_of)
def test_every_form_says_what_each_of_its_fields_was_opened_with(model, case):
    thing = case.make()

    form = desk().form(address(model), thing.pk)

    opened = json.loads(form.values["opened"][0])
    assert {*case.mine, *case.theirs, case.both} <= opened.keys()


@every([(model,) for model in CASES], name=lambda case: case[0].__name__)
def test_the_rows_of_every_form_merge_too(model):
    may, model_admin = request(), admin.site._registry[model]
    for inline in model_admin.get_inline_instances(may):
        if inline.has_change_permission(may):
            formset = inline.get_formset(may)
            assert issubclass(formset, MergingRows)
            assert issubclass(formset.form, MergingForm)


@every(CASES.items(), name=name_of)
def test_what_only_one_of_two_changed_is_merged_without_a_question(model, case):
    thing, name, one, other = case.make(), address(model), desk(), desk()
    opened = one.form(name, thing.pk)
    assert other.save(name, thing.pk, fields=case.theirs).status_code == 302

    response = one.save(name, thing.pk, form=opened, fields=case.mine)

    assert response.status_code == 302, response.context_data["errors"]
    fields = as_sent(case.mine | case.theirs)
    assert values(one.open(name, thing.pk).text, fields) == fields


@every(CASES.items(), name=name_of)
def test_what_both_changed_is_shown_beside_what_it_was_and_neither_is_lost(model, case):
    thing, name, one, other = case.make(), address(model), desk(), desk()
    field, (mine, theirs) = case.both, case.values
    other.save(name, thing.pk, fields={field: case.before})
    opened = one.form(name, thing.pk)
    assert other.save(name, thing.pk, fields={field: theirs}).status_code == 302

    response = one.save(name, thing.pk, form=opened, fields={field: mine})

    assert response.status_code == 200
    (_as_it_was, was), *sides = sides_of(response.text)
    assert was == case.before
    assert {words for _label, words in sides} == {mine, theirs}
    assert values(response.text, [field]) == as_sent({field: mine})
    assert values(one.open(name, thing.pk).text, [field]) == as_sent({field: theirs})


@every(CASES.items(), name=name_of)
def test_a_side_is_chosen(model, case):
    thing, name, one, other = case.make(), address(model), desk(), desk()
    field, (mine, theirs) = case.both, case.values
    opened = one.form(name, thing.pk)
    other.save(name, thing.pk, fields={field: theirs})
    refused = one.save(name, thing.pk, form=opened, fields={field: mine})
    choice = re.search(rf'name="(choice-{field}(?:-0)?)"\s+value="(mine:[^"]+)"', refused.text)

    form = FormReader(refused.text)
    one.save(name, thing.pk, form=form, fields={choice[1]: choice[2]})

    assert values(one.open(name, thing.pk).text, [field]) == as_sent({field: mine})


@every(CASES.items(), name=name_of)
def test_what_somebody_saved_in_another_window_of_their_own_is_told_as_such(model, case):
    thing, name, one = case.make(), address(model), Desk(administrator(first_name="Eva"))
    field, (mine, theirs) = case.both, case.values
    opened = one.form(name, thing.pk)
    one.save(name, thing.pk, fields={field: theirs})

    page = one.save(name, thing.pk, form=opened, fields={field: mine}).text

    told = "You have changed this, too, in another window"
    assert (told if reversion.is_registered(model) else "This was changed, too") in page
    assert "Eva has changed" not in page
    assert "omebody else" not in re.search(r'class="clash".*?</div>', page, re.DOTALL)[0]


# What is purged is decided when a transaction ends.
@pytest.mark.django_db(transaction=True)
@every(CASES.items(), name=name_of)
def test_a_form_that_is_saved_as_it_was_opened_changes_no_row_and_adds_none(model, case):
    thing, name, one = case.make(), address(model), desk()
    form = as_a_browser_sends(one.form(name, thing.pk))
    before = rows()

    assert one.save(name, thing.pk, form=form).status_code == 302

    assert {table for table, after in rows().items() if after != before[table]} == set()


def test_a_password_that_was_set_meanwhile_is_no_question():
    person, one = UserFactory(), desk()
    opened = one.form(address(User), person.pk)
    person.set_password("another password")
    person.save()

    response = one.save(address(User), person.pk, form=opened, fields={"last_name": "Ortiz"})

    assert response.status_code == 302
    person.refresh_from_db()
    assert person.check_password("another password")


def test_a_spelling_that_somebody_else_took_out_stays_out_and_is_no_question():
    tag, one, other = TagFactory(name="Raqqa"), desk(), desk()
    tag.learn("Al Raqqa")
    tag.learn("Rakka")
    opened = one.form(address(Tag), tag.pk)
    page = FormReader(other.open(address(Tag), tag.pk).text)
    place = next(
        place
        for place in range(3)
        if page.values[f"aliases-{place}-id"] == [str(tag.aliases.get(text="Rakka").pk)]
    )
    assert (
        other.save(
            address(Tag), tag.pk, form=page, fields={f"aliases-{place}-DELETE": "on"}
        ).status_code
        == 302
    )
    assert not tag.aliases.filter(text="Rakka").exists()

    fields = {"label_en": "Raqqa city", "aliases-3-text": "Ar-Raqqa"}
    response = one.save(address(Tag), tag.pk, form=opened, fields=fields)

    assert response.status_code == 302, response.context_data["errors"]
    spellings = set(tag.aliases.values_list("text", flat=True))
    assert spellings == {"Raqqa", "Al Raqqa", "Ar-Raqqa", "Raqqa city"}


def test_lines_that_each_changed_alone_are_one_text_which_is_told_to_who_saved():
    category, one, other = CategoryFactory(description_en="One\nTwo"), desk(), desk()
    opened = one.form(address(Category), category.pk)
    other.save(address(Category), category.pk, fields={"description_en": "First\nTwo"})

    sent = {"description_en": "One\nSecond"}
    response = one.save(address(Category), category.pk, form=opened, fields=sent)

    assert response.status_code == 302
    category.refresh_from_db()
    assert category.description_en == "First\nSecond"
    assert any("are one text now: Description" in said for said in messages_of(response))
