"""What wrk prints is read as numbers of one unit, and a failed request is never overlooked."""

import pytest

from tests.bench import wrk
from tests.bench.failures import NotMeasured

SAID = """Running 5s test @ http://127.0.0.1:8000/en/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.39ms    2.20ms  33.32ms   97.09%
    Req/Sec    57.50k     8.58k   67.91k    80.00%
  Latency Distribution
     50%  986.00us
     75%    1.35ms
     90%    1.95ms
     99%    1.02s
  286217 requests in 5.01s, 1.56GB read
{errors}Requests/sec:  57122.55
Transfer/sec:    318.54MB
"""


def test_times_are_milliseconds_whatever_unit_stands_there():
    load = wrk.parsed(SAID.format(errors=""))

    assert (load.requests, load.seconds) == (286217, 5.01)
    assert (load.p50, load.p99) == (0.986, 1020)
    assert load.rate == pytest.approx(286217 / 5.01)
    assert load.failed == 0


def test_socket_errors_and_bad_answers_are_counted_together():
    errors = "  Socket errors: connect 1, read 20, write 300, timeout 4000\n"
    errors += "  Non-2xx or 3xx responses: 50000\n"

    assert wrk.parsed(SAID.format(errors=errors)).failed == 54321


@pytest.mark.parametrize("said", ["", "unable to connect to 127.0.0.1:1 Connection refused"])
def test_anything_else_is_named(said):
    with pytest.raises(NotMeasured, match="did not say what was expected"):
        wrk.parsed(said)


def test_a_machine_without_wrk_is_told_where_it_comes_from(monkeypatch):
    monkeypatch.setattr(wrk, "is_here", lambda: False)

    with pytest.raises(NotMeasured, match="apt install wrk"):
        wrk.run("http://127.0.0.1:1/", seconds=1, connections=1)
