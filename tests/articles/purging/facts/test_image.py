"""What a change of the rights of an image purges: what shows them, and nothing else."""

import pytest

from tests import factories
from tests.articles.purging.purges import Purges

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("field", "value", "purged"),
    [
        ("copyright_notice", "© Sea", {"rights"}),
        ("licence_url", "https://l.example/", {"rights"}),
        ("creator", "B. Painter", {"creator"}),
        ("credit_line", "B. Painter", {"credit"}),
        ("source_url", "https://s.example/", set()),
        ("description", "The sea", set()),
    ],
)
def test_a_right_is_another_for_what_shows_it(field, value, purged):
    image = factories.ImageFactory(credit_line="A. Painter / Sea")
    purges = Purges()

    setattr(image, field, value)
    image.save()

    assert purges.now() == {f"{name}:{image.pk}" for name in purged}
