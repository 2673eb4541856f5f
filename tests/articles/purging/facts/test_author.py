"""What a change of an author purges."""

import pytest

from articles.models import Author
from tests import factories
from tests.articles.purging.purges import Purges

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_turns_out_to_be_an_organisation_is_another_one_for_machines_only():
    author, purges = factories.AuthorFactory(), Purges()

    author.kind = Author.Kind.ORGANISATION
    author.save()

    assert purges.now() == {f"kind:author:{author.pk}"}
