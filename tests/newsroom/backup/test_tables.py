"""Which tables an archive has, and that every database says their rows alike."""

import json

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from articles.models import ImportBatch, MonthCount
from newsroom.backup import tables
from newsroom.backup.tables import LEFT_OUT, carried
from tests.docs.pages import code, rows, section, text_of
from tests.factories import UserFactory, menu_entry

PLAIN = {
    *("AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "CharField", "EmailField"),
    *("FileField", "FloatField", "ForeignKey", "IntegerField", "OneToOneField", "SlugField"),
    *("PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"),
    *("TextField", "URLField"),
}
"""Kinds of fields whose values JSON has as Python does."""


def told(heading):
    table_rows = rows(section(text_of("reference/backups.md"), heading))
    return {name for row in table_rows for name in code(row[0])}


def test_every_model_is_in_an_archive_or_left_out_for_a_reason_and_the_reference_says_which():
    """What is new is carried; whether it may be, somebody has to say."""
    assert told("What is in it") == carried().keys()
    assert told("What is not in it") == LEFT_OUT.keys()
    assert LEFT_OUT.keys() <= {model._meta.label for model in apps.get_models()}


def test_every_column_has_a_form_in_json_and_every_table_a_key_that_can_be_counted():
    for table in carried().values():
        kinds = {field.get_internal_type() for field in table.fields.values()}
        assert kinds <= PLAIN | tables.OF_JSON, table.name
        key = table.model._meta.pk.get_internal_type()
        assert key in {"AutoField", "BigAutoField", "BigIntegerField", "OneToOneField"}, table.name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "values", "others"),
    [
        (
            MonthCount,
            {"language": "es", "zone": "UTC", "month": "2017-11-01", "number": 3},
            {"month": "0999-12-01"},
        ),
        (
            ImportBatch,
            {
                "started_at": "2017-11-30T12:00:00.000123+00:00",
                "ended_at": None,
                "sources": ["Şanlıurfa 50 %s", "a\n“b” \\ العربية"],
                "by_id": None,
                "options": {"a": [1, 0.25, None, True], "b": {}},
                "counts": {},
                "taken_back_at": None,
            },
            {"ended_at": "2017-11-30T12:00:00+00:00"},
        ),
    ],
)
def test_a_row_is_said_alike_by_every_database(model, values, others, monkeypatch):
    monkeypatch.setattr(tables, "BATCH", 1)
    table = carried()[model._meta.label]
    wanted = [values | {"id": 7}, values | {"id": 1 << 40} | others]
    for wanted_row in wanted:
        model.objects.create(**wanted_row)

    lines = list(table.lines())
    rows = [json.loads(line) for line in lines]
    table.empty()
    table.insert([row[::-1] for row in rows], table.columns[::-1])

    read_rows = [dict(zip(table.columns, json.loads(line), strict=True)) for line in lines]
    assert [row | told for row, told in zip(read_rows, wanted, strict=True)] == read_rows
    assert list(table.lines()) == lines


@pytest.mark.django_db
def test_texts_of_languages_that_the_site_does_not_show_are_rows_too():
    entry = menu_entry(link="https://a.example/", label_en="Links")
    columns = carried()["articles.MenuEntry"].columns

    assert {"label_en", "label_sw", "label_zh_hans"} <= set(columns)
    line = next(carried()["articles.MenuEntry"].lines())
    assert dict(zip(columns, json.loads(line), strict=True))["label_en"] == "Links", entry


def test_nobody_becomes_somebody_else_with_an_archive():
    assert Session._meta.label in LEFT_OUT
    assert "users.LostPassword" in LEFT_OUT
    assert UserFactory._meta.model._meta.label in carried()
