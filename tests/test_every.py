import pytest

from tests.every import every


def test_all_that_fail_are_named_and_the_others_looked_at():
    seen = []

    @every([1, 2, 3, 4], name="number {}".format)
    def even(number):
        seen.append(number)
        assert number % 2 == 0

    with pytest.raises(ExceptionGroup) as raised:
        even()

    assert seen == [1, 2, 3, 4]
    assert [error.__notes__ for error in raised.value.exceptions] == [
        ["in number 1"],
        ["in number 3"],
    ]
    assert str(raised.value).startswith("2 of 4 fail")


def test_a_set_of_which_all_are_right_passes():
    @every([(1, 2), (3, 4)])
    def rising(first, second):
        assert first < second

    rising()
    assert rising.__name__ == "rising"


def test_an_empty_set_is_a_failure():
    @every([])
    def nothing(_thing):
        pass

    with pytest.raises(AssertionError, match="nothing to look at"):
        nothing()


@pytest.fixture
def made():
    return []


@every([(1, 2), (3, 4)])
def test_all_looks_share_what_is_asked_for_behind_the_thing(first, second, made):
    made.append(first)

    assert made[-1] == first
    assert made in ([1], [1, 3])
    assert second == first + 1
