"""Load in turn on real servers: right answers are counted, a wrong one ends the measurement of its server."""

import gzip
import os
import shutil

import brotli
import pytest

from tests.bench import bare, rounds, servers, wrk
from tests.bench.failures import NotMeasured
from tests.bench.servers import Server
from tests.bench.targets import Answer, Target

PAGE = b"<p>A page.</p>" * 100
HEADERS = {"content-type": "text/html; charset=utf-8", "date": "yesterday"}


@pytest.fixture
def answers(tmp_path):
    """The file that a bare function answers from."""
    forms = {
        "identity": Answer(200, HEADERS, PAGE),
        "gzip": Answer(200, HEADERS | {"content-encoding": "gzip"}, gzip.compress(PAGE)),
        "br": Answer(200, HEADERS | {"content-encoding": "br"}, brotli.compress(PAGE)),
    }
    bare.keep(tmp_path / "answers.json", forms)
    return tmp_path / "answers.json"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", None), (None, None)],
)
def test_a_bare_function_answers_with_the_bytes_and_headers_it_was_given(
    answers, accepted, encoding
):
    said = []
    application = bare.function(bare.kept(answers))

    environ = {} if accepted is None else {"HTTP_ACCEPT_ENCODING": accepted}
    [body] = application(environ, lambda status, headers: said.extend([status, dict(headers)]))

    status, headers = said
    assert status == "200 OK"
    assert headers.get("content-encoding") == encoding
    assert "date" not in headers
    assert Answer(200, headers, body).body == PAGE


@pytest.mark.skipif(not wrk.is_here(), reason="needs wrk (Debian: apt install wrk)")
def test_servers_are_measured_in_turn_and_a_wrong_answer_is_named(answers, tmp_path):
    server = start(answers, tmp_path)
    right = Target("right", "/", [server], PAGE)
    wrong = Target("wrong", "/", [server], b"something else")
    said = []
    try:
        measured = rounds.measured(
            [right, wrong], rounds=1, seconds=1, connections=2, say=said.append
        )
    finally:
        server.stop()

    assert said == ["Round 1 of 1: right …", "Round 1 of 1: wrong …"]
    assert measured["right"].rate > 10
    assert measured["right"].checks > 0
    assert measured["right"].cpu[0] > 0
    assert not measured["wrong"].is_whole
    assert "other bytes" in measured["wrong"].failure
    assert server.process.poll() is not None


def start(answers, folder):
    command, port = servers.granian("tests.bench.bare:application", workers=1)
    variables = os.environ | {"BENCH_ANSWERS": str(answers)}
    return Server("bare", command, port=port, folder=folder, environment=variables).wait()


def test_a_server_that_does_not_start_is_named_with_what_it_said(tmp_path):
    command = [shutil.which("sh"), "-c", "echo no such application; exit 1"]
    server = Server("site", command, port=servers.free_port(), folder=tmp_path)

    with pytest.raises(NotMeasured, match="site does not start: no such application"):
        server.wait()
