import gc

from newsroom.db.handed import HandedOn
from newsroom.models import SentForm


def test_what_is_put_for_an_object_is_taken_once_and_by_no_equal_one():
    handed, form, same = HandedOn(), SentForm(pk=1), SentForm(pk=1)

    handed.put(form, ["before"])

    assert form == same
    assert handed.take(same, "none") == "none"
    assert handed.take(form) == ["before"]
    assert handed.take(form, "none") == "none"


def test_what_is_put_for_an_object_is_read_as_often_as_it_is_asked_for():
    handed, form = HandedOn(), SentForm(pk=1)

    assert handed.put(form, 0) == 0
    assert [handed.read(form), handed.read(form, 1), handed.read(SentForm(pk=1), 1)] == [0, 0, 1]


def test_what_nobody_takes_goes_with_its_object():
    handed = HandedOn()

    for number in range(100):
        handed.put(SentForm(pk=number), number)
    gc.collect()

    assert handed._values == {}
