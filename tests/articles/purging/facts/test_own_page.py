"""What a change of a page of the site's own purges: what shows it, and nothing else."""

import pytest

from articles.actions import own_pages
from articles.actions.publishing import SYSTEM
from articles.models import OwnPage
from tests import factories
from tests.articles.purging.purges import Purges

pytestmark = pytest.mark.django_db(transaction=True)

Kind = OwnPage.Kind


def purged(page, kind):
    purges, page.kind = Purges(), kind
    own_pages.save(page, by=SYSTEM)
    return purges.now()


def test_a_kind_is_told_on_the_page_where_machines_have_a_word_for_it():
    page = factories.own_page(live=["en"], kind=Kind.OTHER)
    tag = f"own_page:{page.pk}:en"

    assert tag in purged(page, Kind.CONTACT)
    assert tag not in purged(page, Kind.CONTACT)
    assert tag in purged(page, Kind.IMPRINT)
    assert tag not in purged(page, Kind.ACCESSIBILITY)
