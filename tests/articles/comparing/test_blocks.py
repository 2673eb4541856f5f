import pytest
from hypothesis import given, strategies as st

from articles.comparing.blocks import aligned

BLOCKS = st.lists(
    st.sampled_from(
        ["<p>One</p>", "<p>Two words</p>", "<p>Two more</p>", "<h2>One</h2>", "<hr>", ""]
    )
)


@given(BLOCKS, BLOCKS)
def test_each_place_stands_in_one_pair(old, new):
    pairs = aligned(old, new)

    assert sorted(one for one, _other in pairs if one is not None) == [*range(len(old))]
    assert [other for _one, other in pairs if other is not None] == [*range(len(new))]
    assert (None, None) not in pairs


@given(st.lists(st.text(min_size=1), unique=True).flatmap(lambda blocks: st.tuples(st.just(blocks), st.permutations(blocks))))  # fmt: skip
def test_what_has_only_moved_is_found(moved):
    old, new = moved

    assert all(old[one] == new[other] for one, other in aligned(old, new))


@st.composite
def equal_blocks_of_which_some_are_reworded(draw):
    """Return a text of few different blocks, and the same with some of them otherwise."""
    old = draw(
        st.lists(st.sampled_from(["<p>One two.</p>", "<p>Three four.</p>", "<hr>"]), max_size=8)
    )
    new = [
        block.replace(".</p>", f" {place}.</p>") if draw(st.booleans()) else block
        for place, block in enumerate(old)
    ]
    return old, new


@given(equal_blocks_of_which_some_are_reworded())
def test_of_equal_blocks_those_that_are_unchanged_keep_their_counterparts(texts):
    old, new = texts

    pairs = dict(aligned(old, new))

    same = [place for place, block in enumerate(old) if new[place] == block]
    assert [pairs[place] for place in same] == same


A, B, C = "<p>The troops are leaving.</p>", "<p>Nobody said when.</p>", "<p>Raqqa is quiet.</p>"


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([A, B], [A, B], [(0, 0), (1, 1)]),
        # Put in, taken out.
        ([A, B], [A, C, B], [(0, 0), (None, 1), (1, 2)]),
        ([A, C, B], [A, B], [(0, 0), (1, None), (2, 1)]),
        # Reworded where it stands, and elsewhere.
        ([A, B], [A.replace("are", "were"), B], [(0, 0), (1, 1)]),
        ([A, B, C], [B, C, A.replace("are", "were")], [(1, 0), (2, 1), (0, 2)]),
        # Nothing is left of it, and what stands in its place is of its kind, or not.
        ([A, B, C], [A, "<p>Something else</p>", C], [(0, 0), (1, 1), (2, 2)]),
        ([A, B, C], [A, "<h2>Something else</h2>", C], [(0, 0), (None, 1), (1, None), (2, 2)]),
        # Of two that are equal, each has its own.
        ([A, A], [A, B, A], [(0, 0), (None, 1), (1, 2)]),
        ([A, A], [A.replace("are", "were"), A], [(0, 0), (1, 1)]),
        (
            [B, A, A, C],
            [B, A.replace("are", "were"), A, A, C],
            [(0, 0), (None, 1), (1, 2), (2, 3), (3, 4)],
        ),
        ([], [A], [(None, 0)]),
        ([A], [], [(0, None)]),
    ],
)
def test_a_block_keeps_its_counterpart(old, new, pairs):
    assert aligned(old, new) == pairs
