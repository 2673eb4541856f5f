"""A bare WSGI function that answers with the very bytes and headers of a kept page, and does nothing else.

BENCH_ANSWERS names a file of `keep`. What it costs is what the web server and Python cost.
"""

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path

OWN = ("date", "server", "connection", "transfer-encoding")
"""Headers that the web server writes itself."""


def keep(path, answers):
    """Write answers down: encoding -> targets.Answer."""
    by_encoding = {
        encoding: [
            [pair for pair in answer.headers.items() if pair[0] not in OWN],
            b64encode(answer.raw).decode(),
        ]
        for encoding, answer in answers.items()
    }
    path.write_text(json.dumps(by_encoding))


def kept(path):
    """Return encoding -> (headers, body)."""
    by_encoding = json.loads(Path(path).read_text())
    return {
        encoding: ([tuple(pair) for pair in headers], b64decode(body))
        for encoding, (headers, body) in by_encoding.items()
    }


def function(answers):
    """Return the WSGI function."""

    def application(environ, start_response):
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        encoding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else "identity"
        headers, body = answers[encoding]
        start_response("200 OK", headers)
        return [body]

    return application


if "BENCH_ANSWERS" in os.environ:
    application = function(kept(os.environ["BENCH_ANSWERS"]))
