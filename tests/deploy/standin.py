"""A web server with a page or two, in place of the site: for what nginx and Varnish do by themselves."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import ThreadingUnixStreamServer

from tests.deploy.programs import free_ports


@dataclass
class Reply:
    """What is answered under a path; `asked` holds the headers of the requests, of which the first `lost` get no answer."""

    body: bytes = b"a page\n"
    status: int = 200
    headers: dict = field(default_factory=dict)
    forms: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    lost: int = 0

    @property
    def count(self):
        return len(self.asked)


FOR_CLOUDFLARE = {"CDN-Cache-Control": "max-age=1000", "Cache-Tag": "settings"}
FOR_CACHES = {"surrogate-key", "surrogate-control"} | set(map(str.lower, FOR_CLOUDFLARE))
"""What no reader need get, and no cache without the rest: one without tags could not be purged there."""


def page(body=b"a page\n", *, tags="settings", life=1000, **more):
    """Return a reply with the headers of a page that may be kept."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "public, max-age=0, stale-if-error=86400",
        "Surrogate-Control": f"max-age={life}, stale-if-error=86400",
        "Surrogate-Key": tags,
        "ETag": '"one"',
        "Vary": "Accept-Encoding",
        "Cache-Status": "newsroom; hit",
    }
    return Reply(body, headers=headers, **more)


class StandIn:
    """Serves `pages`, a dictionary of paths with their queries, at a port or a socket; can be stopped and started again."""

    def __init__(self, socket=None):
        self.socket = socket
        self.port = None if socket else free_ports(1)[0]
        self.pages = {}
        self.server = None
        self.start()

    def start(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                outer.answer(self)

            do_GET = do_HEAD = do_POST = answer  # noqa: N815 - the names that the library calls

            def log_message(self, *_words):
                pass

        if self.socket:
            self.server = ThreadingUnixStreamServer(str(self.socket), Handler)
            self.socket.chmod(0o666)
        else:
            self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def stop(self):
        """Let nobody listen."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.thread.join()
            if self.socket:
                self.socket.unlink()
        self.server = None

    def answer(self, handler):
        handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        # A connection that stays would outlive the server that is stopped.
        handler.close_connection = True
        robots = Reply(b"robots") if handler.path == "/robots.txt" else Reply(b"none", 404)
        reply = self.pages.get(handler.path, robots)
        reply.asked.append({name.lower(): value for name, value in handler.headers.items()})
        if reply.count <= reply.lost:
            return
        encoding = handler.headers.get("Accept-Encoding", "")
        form = next((name for name in reply.forms if name in encoding), None)
        body = reply.forms.get(form, reply.body)
        handler.send_response_only(reply.status)
        extra = {"Content-Encoding": form} if form else {}
        for name, value in (reply.headers | extra).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Connection", "close")
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)
