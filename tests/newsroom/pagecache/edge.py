"""A stand-in for an edge: an HTTP server on this machine that notes requests and answers as it is told."""

import json
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Request:
    method: str
    path: str
    headers: dict
    body: bytes

    @property
    def tags(self):
        """The tags that it names, wherever its kind of edge looks for them."""
        for name in ("xkey-purge", "xkey-softpurge", "Surrogate-Key"):
            if name in self.headers:
                return self.headers[name].split(" ")
        return json.loads(self.body)["tags"]


@dataclass
class StandIn:
    """`answer` maps a Request to (status, headers, body); each request is kept in `requests`."""

    answer: object
    requests: list = field(default_factory=list)
    base: str = ""
    seconds: float = 0

    @property
    def tags(self):
        return [tag for request in self.requests for tag in request.tags]


def has_heard(courier):
    """Return whether an edge has been told all that was purged, and that more than once."""
    return courier.is_started and not (courier.new or courier.left)


def fastly(request):
    """Answer as the documentation of Fastly's API says: an id for each key."""
    ids = {key: f"108-{number}" for number, key in enumerate(request.tags)}
    return 200, {"Content-Type": "application/json"}, json.dumps(ids)


def cloudflare(request):
    """Answer as the documentation of Cloudflare's API says."""
    body = {"success": True, "errors": [], "messages": [], "result": {"id": "023e"}}
    return 200, {"Content-Type": "application/json"}, json.dumps(body)


def varnish(request):
    return 200, {}, "<h1>200 purged</h1>"


def failing(status, *, headers=None, body=""):
    return lambda request: (status, headers or {}, body)


@contextmanager
def running(answer, *, port=0):
    """Run a StandIn on a free port, or on a given one."""
    stand_in = StandIn(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self):
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self.command, self.path, dict(self.headers), body)
            stand_in.requests.append(request)
            time.sleep(stand_in.seconds)
            self.reply(*stand_in.answer(request))

        def reply(self, status, headers, body):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            # Who has waited for too long is not there any more.
            with suppress(BrokenPipeError):
                self.end_headers()
                self.wfile.write(body.encode())

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    stand_in.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
