"""The front page of the admin, and what holds on every page of it."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from newsroom.models import VerifiedBackup
from tests.factories import UserFactory


@pytest.fixture
def administrator(db):
    client = Client()
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_front_page_is_in_the_order_of_a_working_day(administrator):
    sections = administrator.get("/admin/").context_data["app_list"]

    assert [str(section["name"]) for section in sections] == [
        "Write",
        "Pictures",
        "Organise",
        "Site",
        "Administration",
    ]
    assert [section["is_folded"] for section in sections] == [False] * 4 + [True]
    assert [model["object_name"] for model in sections[2]["models"]] == [
        "Category",
        "Tag",
        "Author",
        "ImportBatch",
    ]


def test_whoever_has_all_rights_is_told_how_old_the_last_good_backup_is(administrator):
    assert "No backup has been verified yet." in administrator.get("/admin/").content.decode()

    VerifiedBackup.note("a.tar", made_at=timezone.now() - timedelta(days=2))

    page = administrator.get("/admin/").content.decode()
    assert "The last backup that was verified is 2\xa0days old." in page


def test_a_section_without_anything_to_do_is_left_out(db):
    client = Client()
    client.force_login(
        UserFactory(is_staff=True), backend="django.contrib.auth.backends.ModelBackend"
    )

    response = client.get("/admin/")

    assert "backup" not in response.content.decode()
    assert response.context_data["app_list"] == []
    assert "ask an administrator" in response.content.decode()


def test_models_that_are_used_through_others_have_no_page(administrator):
    assert "taggit" not in {model._meta.app_label for model in admin.site._registry}
    assert administrator.get("/admin/taggit/tag/").status_code == 404


def pages():
    for model in admin.site._registry:
        yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


@pytest.mark.parametrize("path", sorted(pages()))
def test_every_list_opens(administrator, path):
    assert administrator.get(path, follow=True).status_code == 200


@pytest.mark.parametrize(
    "path", ["", "articles/article/add/", "articles/image/add/", "users/user/add/"]
)
def test_no_page_holds_a_script_or_style_that_the_policy_would_block(administrator, path):
    response = administrator.get(f"/admin/{path}")

    html, policy = response.content.decode(), response.headers["Content-Security-Policy"]
    assert "style=" not in html
    assert "onclick" not in html
    for script in html.split("<script")[1:]:
        tag = script.partition(">")[0]
        if "src=" not in tag and "application/json" not in tag:
            nonce = tag.partition('nonce="')[2].partition('"')[0]
            assert nonce
            assert f"'nonce-{nonce}'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "articles/article/?q=a%00",
        "articles/category/?kind__exact=%00",
        "articles/tag/words/?term=%00",
        "autocomplete/?app_label=articles&model_name=imageuse&field_name=image&term=%00",
    ],
)
def test_a_search_for_what_no_text_can_hold_is_refused(administrator, path):
    assert administrator.get(f"/admin/{path}").status_code == 400
