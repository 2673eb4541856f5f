"""The table of what a story costs that is live in forty languages; the numbers are those of a run."""

import pytest
from django.core.management import CommandError, call_command

from newsroom.languages import LANGUAGES
from tests import factories
from tests.bench import report
from tests.bench.live import Cost
from tests.bench.management.commands.measure_live import Command
from tests.bench.parts import live


def test_the_ratio_is_that_of_two_stories_of_one_site():
    costs = {(4, 4): Cost(8, 20_000, [9.0]), (40, 4): Cost(8, 25_000, [10.0, 99.0, 10.0])}
    costs[40, 40] = Cost(8, 27_500, [11.0, 12.0, 99.0])

    rows = report.rows(live.table({"page": costs}))

    assert rows["page: statements"][1:] == ["8", "8", "8", "1.00"]
    assert rows["page: calls of functions"][1:] == ["20,000", "25,000", "27,500", "1.10"]
    assert rows["page: ms of the processor"][1:] == ["9.0", "10.0", "12.0", "1.20"]


def test_forty_languages_are_forty_that_a_page_names_to_machines():
    codes = live.codes(live.MANY)

    assert len(set(codes)) == live.MANY
    assert not [code for code in codes if LANGUAGES[code].main]


@pytest.mark.django_db
def test_a_site_with_stories_is_refused_in_one_line():
    factories.ArticleFactory(title_en="Ours")

    with pytest.raises(CommandError, match="Only an empty site is measured"):
        call_command(Command())
