import pytest

from articles import roles
from newsroom.site import actions, reading
from newsroom.site.models import SiteTexts
from tests.articles.admin.conftest import Desk, member_of

pytestmark = pytest.mark.django_db
CHANGE = "site_sitesettings_change"


@pytest.fixture
def editor(db):
    return Desk(member_of(roles.EDITOR))


def test_one_form_holds_the_texts_of_every_language_of_the_site(editor):
    assert editor.client.get("/admin/site/sitesettings/").url.endswith("/sitesettings/1/change/")

    editor.save(CHANGE, 1, fields={"name_en": "The Post", "strapline_es": "Cada día"})

    assert reading.current("es").name == "The Post"
    assert reading.current("es").strapline == "Cada día"
    assert "The Post" in editor.client.get("/es/").text


def test_a_save_leaves_what_somebody_else_has_saved_meanwhile(editor):
    form = editor.form(CHANGE, 1)
    actions.say("es", name="El Correo")

    editor.save(CHANGE, 1, form=form, fields={"name_en": "The Post"})

    names = dict(SiteTexts.objects.values_list("language", "name"))
    assert (names["en"], names["es"]) == ("The Post", "El Correo")
