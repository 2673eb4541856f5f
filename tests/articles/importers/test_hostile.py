"""Whatever a file holds, the formats of others make stories of it, or say in a sentence why not."""

import json
import time
import warnings

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from articles.importers.formats import FORMATS
from articles.importers.story import BadFile, BadStory, Story
from tests import samples
from tests.articles.importers.conftest import CONTEXT, DATA

OTHERS = [name for name in FORMATS if name not in ("page", "jsonl", "wxr")]
TYPICAL = {name: next(DATA.glob(f"{name}/typical.*")).read_bytes() for name in OTHERS}
PIECES = [
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"\0", b"\xff", b"\xe2\x80\xae", b"{", b"[", b'"', b",", b"null",
    b"0000-00-00", b"9999-12-31T23:59:59Z", b"<script>x</script>", b"http://[", b"\n", b"../../etc/passwd",
    b'<!DOCTYPE a [<!ENTITY b "c">]>', b"-1e999", b"x" * 400, b"<p><b><i>" * 50, b"\xf0\x9f\x98\x80",
]  # fmt: skip


def answers(name, path):
    """Return what the format answers; nothing else than stories and sentences comes, and all of it soon."""
    begun, outcomes = time.monotonic(), []
    try:
        outcomes.extend(FORMATS[name].read(path, CONTEXT))
    except BadFile as error:
        outcomes.append(error)
    assert all(isinstance(outcome, Story | BadStory | BadFile) for outcome in outcomes)
    assert all("\n" not in str(outcome) for outcome in outcomes if not isinstance(outcome, Story))
    assert time.monotonic() - begun < 5  # a second, on a machine that does nothing else
    return outcomes


@pytest.mark.parametrize("name", OTHERS)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_file_is_stories_or_a_sentence(tmp_path, name, data):
    content = TYPICAL[name]
    for _count in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = start + data.draw(st.sampled_from([0, 0, 1, 9, 200]))
        piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        content = content[:start] + piece + content[end:]
    path = tmp_path / "a"
    path.write_bytes(content or b" ")

    answers(name, path)
    FORMATS[name].sniff(content.decode(errors="replace"))


@pytest.mark.parametrize("name", OTHERS)
def test_depth_and_repetition_cost_no_time(tmp_path, name):
    for depth in ("<a>", "<div>", "[", '{"a":', "<!--", "<![CDATA[", "&", "((", "a,"):
        path = tmp_path / "a"
        path.write_text(depth * 40_000)

        answers(name, path)
        FORMATS[name].sniff(depth * 16_000)


@samples.needed
@pytest.mark.parametrize("name", OTHERS)
def test_hostile_samples_are_refused_or_read(tmp_path, name):
    files = [file for file in samples.HOSTILE.rglob("*") if file.is_file()]
    naughty = json.loads(
        (samples.HOSTILE / "big-list-of-naughty-strings" / "blns.json").read_text()
    )
    path = tmp_path / "a"
    for start in range(0, len(naughty), 64):
        words = "\n".join(naughty[start : start + 64]).encode(errors="replace")
        path.write_bytes(TYPICAL[name].replace(b"ferry", words))
        answers(name, path)

    assert len(files) > 10
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for file in files:
            answers(name, file)
