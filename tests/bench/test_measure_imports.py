"""What is measured of an import is a whole one, in an empty site."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Edition
from tests.bench import exports
from tests.bench.management.commands.measure_imports import Command

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", exports.FORMATS)
def test_each_part_is_measured_once_and_never_on_a_site_in_use(form):
    out = StringIO()
    call_command(Command(stdout=out), 2, format=form)

    names = [line.partition(":")[0] for line in out.getvalue().splitlines()]
    assert names == ["plan", "import", "again, unchanged", "verify"]
    assert Edition.objects.filter(status="published").count() == 2
    with pytest.raises(CommandError, match="has stories"):
        call_command(Command(), 2)
