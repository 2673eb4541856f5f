"""nginx and Varnish with the files of deploy/, as targets: without TLS, which all would pay for alike."""

import re
import shutil

from tests.bench import procfs
from tests.bench.failures import NotMeasured
from tests.bench.servers import HOST, Server, free_port
from tests.deploy import programs

SUFFIXES = {"br": ".br", "gzip": ".gz", "identity": ""}
TLS = re.compile(r"^\s*ssl_\w+ .*;\n", re.MULTILINE)
ADDRESSES = {"listen 80;": "", "listen [::]:80;": "", "listen [::]:443 ssl http2;": ""}
STATIC = """
server {{
    listen {host}:{port};
    root {root};
    access_log off;
    gzip_static on;
    brotli_static on;
    gzip_vary on;
    location / {{ try_files $uri$is_args$args $uri/index.html =404; }}
}}
"""


def _wanted():
    if lacking := programs.missing():
        raise NotMeasured(f"Debian's packages {', '.join(lacking)} are not installed")


class Nginx:
    """One nginx that serves plain files on `static` and the page store of a site on `store`.

    `folder` has to be the site's VAR_DIR and open to nginx's own user. Logs of access are off.
    """

    def __init__(self, folder, *, site_port, name):
        _wanted()
        self.etc = folder / f"nginx-{name}"
        self.files = self.etc / "files"
        self.static, self.store = free_port(), free_port()
        self._configure(folder, site_port)
        configuration = programs.main_configuration(self.etc)
        self._quieten(configuration)
        command = [programs.program("nginx"), "-c", configuration, "-g", "daemon off;"]
        self.server = Server("nginx", command, port=self.store, folder=self.etc, cwd="/").wait()

    def _quieten(self, configuration):
        text = configuration.read_text()
        configuration.write_text(re.sub(r"access_log \S+;", "access_log off;", text))

    def _configure(self, folder, site_port):
        shutil.copytree(programs.DEPLOY / "nginx" / "snippets", self.etc / "snippets")
        shutil.copytree(programs.DEPLOY / "pages", self.etc / "pages")
        for path in (self.etc / "snippets").iterdir():
            text = path.read_text().replace("127.0.0.1:8000", f"{HOST}:{site_port}")
            text = text.replace("/usr/local/lib/newsroom/deploy/pages", f"{self.etc}/pages")
            path.write_text(text.replace("/var/lib/newsroom/", f"{folder}/"))
        sites = self.etc / "sites"
        sites.mkdir()
        (sites / "store.conf").write_text(self._store(folder))
        static = STATIC.format(host=HOST, port=self.static, root=self.files)
        (sites / "static.conf").write_text(static)

    def _store(self, folder):
        text = (programs.DEPLOY / "nginx" / "newsroom.conf").read_text()
        text = TLS.sub("", text)
        changes = ADDRESSES | {
            "listen 443 ssl http2;": f"listen {HOST}:{self.store};",
            "server_name news.example;": f"server_name {HOST};",
            "/var/lib/newsroom/": f"{folder}/",
        }
        text = programs.changed(text, changes)
        # The redirect to https would otherwise listen on a port that only root may have.
        return text.replace("server {", f"server {{ listen {HOST}:{free_port()};", 1)

    def put(self, path, answers):
        """Put a page among the plain files, in each of its forms."""
        place = self.files / path.strip("/")
        place.mkdir(parents=True, exist_ok=True)
        for encoding, answer in answers.items():
            (place / f"index.html{SUFFIXES[encoding]}").write_bytes(answer.raw)

    def stop(self):
        self.server.stop()


class Varnish:
    """Varnish in front of a site, with the parameters of its unit."""

    def __init__(self, folder, *, site_port, name):
        _wanted()
        self.port = free_port()
        place = folder / f"varnish-{name}"
        place.mkdir()
        ports = {"varnish": self.port, "site": site_port}
        try:
            program = programs.varnish(_Folder(place), ports=ports)
        except AssertionError as error:
            raise NotMeasured(f"Varnish does not start: {error}") from error
        self.process, self._program = program.process, program

    @property
    def family(self):
        return procfs.family(self.process.pid)

    def stop(self):
        self._program.stop()


class _Folder:
    """What programs.py asks of a folder."""

    def __init__(self, path):
        self.path = path

    def write(self, name, content):
        target = self.path / name
        target.write_text(content)
        return target
