"""The table of what known languages cost a site that does not enable them; the numbers are those of a run."""

import pytest
from django.core.management import CommandError, call_command

from newsroom import languages
from tests import factories
from tests.bench import known, report
from tests.bench.management.commands.measure_known import Command
from tests.bench.parts import known as part


def test_the_ratio_is_that_of_all_languages_to_these_four():
    few = {"calls": {"page": 1_000}, "start": 100, "columns": 22, "whole": 9_999, "own": 9_999}
    whole = {"calls": {"page": 1_100}, "start": 105, "columns": 22, "whole": 1_030, "own": 1_000}

    rows = report.rows(part.table({known.FEW: few, known.ALL: whole}))

    assert rows["calls: page"][1:] == ["1,000", "1,100", "1.10"]
    assert rows["calls: start of a web process"][1:] == ["100", "105", "1.05"]
    assert rows["bytes of all stories in the database"][1:] == ["1,000", "1,030", "1.03"]


def test_code_that_knows_few_languages_knows_those_of_the_demo(monkeypatch):
    monkeypatch.setattr(languages, "LANGUAGES", dict(languages.LANGUAGES))

    known.forget_others()

    assert set(languages.LANGUAGES) == set(languages.OF_THE_DEMO)


@pytest.mark.django_db
def test_a_site_with_stories_is_refused_in_one_line():
    factories.ArticleFactory(title_en="Ours")

    with pytest.raises(CommandError, match="Only an empty site is measured"):
        call_command(Command())
