"""What a change of the settings of the site purges: what shows it, in the languages that show it, and nothing else."""

import pytest

from newsroom.site import actions, reading
from tests.articles.purging.purges import Purges

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # What is compared is read by one object; the rows are those of tests/newsroom/site/.
    pytest.mark.once,
]

CODES = ("en", "es", "pt", "ar")


def purged(save, *args, **values):
    purges = Purges()
    save(*args, **values)
    return purges.now() - {reading.TAG}


def everywhere(*names):
    return {f"{name}:{code}" for name in names for code in CODES}


def set_one(**values):
    site = actions.settings_row()
    for field, value in values.items():
        setattr(site, field, value)
    actions.save(site)


def test_a_word_is_told_where_it_stands_and_where_it_stands_in():
    assert purged(actions.say, "en", name="The Post") == everywhere("site", "site:name")
    assert purged(actions.say, "es", name="El Correo") == {"site:es", "site:name:es"}
    assert purged(actions.say, "es", strapline="Cada día") == {
        *("site:es", "site:strapline:es", "site:own_strapline:es")
    }
    assert purged(actions.say, "en", legal_name="Post Ltd") == everywhere("site:publisher")
    # Nobody is told what a picture shows that is not there.
    assert purged(actions.say, "en", sharing_alt="The sea") == set()


@pytest.mark.parametrize(
    ("field", "value", "names"),
    [
        ("contact", "desk@post.example", ["site:publisher"]),
        ("accounts", "https://social.example/@post", ["site"]),
        ("zone", "Asia/Tokyo", ["site"]),
        ("licence", "https://l.example/", ["site", "site:copyright"]),
        ("allows_training", False, ["site", "site:copyright"]),
        ("shows_changes", True, ["site:changes"]),
        ("counts_comments", True, ["site:counts"]),
        ("accent", "#7a1f1f", ["site"]),
    ],
)
def test_a_setting_is_told_to_what_shows_it(field, value, names):
    assert purged(set_one, **{field: value}) == everywhere(*names)
    assert purged(set_one, **{field: value}) == set()
