"""Start the real nginx, Varnish and site with the files of deploy/, on free ports of this machine.

What an operator changes by hand, such as names and folders, is changed here; a line that is no longer
in a file fails the test that wanted to change it.
"""

import http.client
import os
import random
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.house_rules.source import ROOT
from tests.waiting import wait_until

DEPLOY = ROOT / "deploy"
NGINX_CONF = Path("/etc/nginx/nginx.conf")
MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
HOST = "news.example"
TIMEOUT = 60
"""Seconds for what takes one or two where nobody else wants the processors."""

PORTS = range(10_000, 32_768)
"""Below those that Linux gives to whoever connects, so that no connection sits on one before its server does."""


def missing():
    """Return the Debian packages that these tests need and this machine lacks."""
    needed = {
        "nginx": program("nginx") and NGINX_CONF.exists(),
        "libnginx-mod-http-brotli-static": MODULE.exists(),
        "varnish": program("varnishd"),
        "varnish-modules": any(Path("/usr/lib").glob("*/varnish/vmods/libvmod_xkey.so")),
        "openssl": program("openssl"),
        "iproute2": program("ss"),
        "systemd": Path("/lib/systemd/systemd").exists(),
    }
    return [name for name, is_installed in needed.items() if not is_installed]


def program(name):
    """Return the path of a program; those of servers are not on everybody's PATH."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def free_ports(count):
    """Return ports that nobody listens on, each another one."""
    with ExitStack() as held:
        ports = (
            held.enter_context(_bound(port))
            for port in random.SystemRandom().sample(PORTS, len(PORTS))
        )
        return list(islice(filter(None, ports), count))


@contextmanager
def _bound(port):
    """Hold a port of this machine; yield it, or None if somebody has it."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            port = None
        yield port


def changed(text, changes):
    """Return a file of deploy/ as an operator would change it; each old line must be there."""
    for old, new in changes.items():
        assert old in text, f"{old!r} is not there any more"
        text = text.replace(old, new)
    return text


class Folder:
    """A folder below /tmp that nginx's own user may enter, unlike those of pytest."""

    def __init__(self):
        self.path = Path(tempfile.mkdtemp(prefix="newsroom-deploy-", dir="/tmp"))
        self.path.chmod(0o755)

    def write(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Program:
    """A program that runs until it is stopped; what it says is kept in a file."""

    def __init__(self, command, *, log, **options):
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                list(map(str, command)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **options,
            )

    def wait_for(self, port):
        """Return when somebody listens; fail with what the program said if it ends before."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return self
            time.sleep(0.02)
        said = self.log.read_text(errors="replace")
        self.stop()
        raise AssertionError(f"nobody listens on {port}: {said[-3000:]}")

    def stop(self):
        """Stop it and whatever it started."""
        end(self.process)


def end(process):
    """Stop a process that leads a session, and all that it started, and nothing else."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# --- nginx ---


def nginx(folder, site, *, ports):
    """Start nginx with one of the sites; the folder is VAR_DIR, too.

    `ports` names those for http, https, the site and, for that one of the sites, varnish.
    """
    etc = folder.path / f"etc-{Path(site).stem}"
    certificate(etc)
    # A checkout may lie where nginx's user cannot look.
    shutil.copytree(DEPLOY / "pages", etc / "pages")
    places = {
        "/var/lib/newsroom/": f"{folder.path}/",
        "/var/lib/nginx/": f"{etc}/",
        "/usr/local/lib/newsroom/deploy/pages": f"{etc}/pages",
    }
    for path in (DEPLOY / "nginx" / "snippets").iterdir():
        text = path.read_text()
        moved = {old: new for old, new in places.items() if old in text}
        text = text.replace("127.0.0.1:8000", f"127.0.0.1:{ports['site']}")
        text = text.replace("/run/newsroom-beside/socket", str(folder.path / "beside"))
        folder.write(f"{etc.name}/snippets/{path.name}", changed(text, moved))
    text = (DEPLOY / "nginx" / site).read_text()
    changes = {
        "listen 80;": f"listen 127.0.0.1:{ports['http']};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports['https']} ssl http2;",
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/newsroom/": f"{etc}/",
    }
    if "varnish" in ports:
        changes["127.0.0.1:6081"] = f"127.0.0.1:{ports['varnish']}"
        changes["127.0.0.1:8000"] = f"127.0.0.1:{ports['site']}"
    else:
        changes["/var/lib/newsroom/pages"] = f"{folder.path}/pages"
    folder.write(f"{etc.name}/sites/site.conf", changed(text, changes))
    started = Program(
        [program("nginx"), "-c", main_configuration(etc), "-g", "daemon off;"],
        log=etc / "nginx.log",
    )
    return started.wait_for(ports["https"])


def main_configuration(etc):
    """Write Debian's own nginx.conf, with nothing changed but where things lie."""
    text = NGINX_CONF.read_text()
    text = text.replace("user www-data;", "user nobody nogroup;" if os.geteuid() == 0 else "")
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    changes = {
        "/run/nginx.pid": f"{etc}/nginx.pid",
        "/var/log/nginx/access.log": f"{etc}/access.log",
        "/var/log/nginx/error.log": f"{etc}/error.log",
        "/etc/nginx/sites-enabled/*": f"{etc}/sites/*.conf",
        "include /etc/nginx/conf.d/*.conf;": "\n".join(
            f"{name}_temp_path {etc}/temp_{name};" for name in names
        ),
    }
    (etc / "mime.types").write_bytes(NGINX_CONF.with_name("mime.types").read_bytes())
    (etc / "nginx.conf").write_text(changed(text, changes))
    return etc / "nginx.conf"


def certificate(folder):
    """Make a certificate that nobody need believe."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "fullchain.pem").exists():
        return
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    command += ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


# --- Varnish ---


def varnish(folder, *, ports, name="varnish"):
    """Start Varnish with the parameters of its unit. `ports`: varnish and site."""
    text = (DEPLOY / "varnish" / "newsroom.vcl").read_text()
    changes = {
        '.port = "8000"': f'.port = "{ports["site"]}"',
        "/etc/varnish/newsroom-unavailable.html": str(DEPLOY / "pages/newsroom-unavailable.html"),
        ".interval = 2s": ".interval = 100ms",
        "/run/newsroom-beside/socket": str(folder.path / "beside"),
    }
    vcl = folder.write(f"{name}.vcl", changed(text, changes))
    command = changed(
        commands(DEPLOY / "systemd/varnish.service.d/newsroom.conf")[-1],
        {
            "/usr/sbin/varnishd": program("varnishd"),
            "-j unix,user=vcache": f"-j none -n {folder.path / name}",
            "127.0.0.1:6081": f"127.0.0.1:{ports['varnish']}",
            "-T 127.0.0.1:6082": "-T none",
            "/etc/varnish/newsroom.vcl": str(vcl),
            "-S /etc/varnish/secret": "-S none",
            "malloc,1g": "malloc,32m",
        },
    )
    started = Program(shlex.split(command), log=folder.path / f"{name}.log")
    return started.wait_for(ports["varnish"])


def varnish_lives(folder, url, *, name="varnish"):
    """Return the seconds for which Varnish keeps what it last fetched of an address: its life, and its grace."""
    command = [program("varnishlog"), "-n", folder.path / name, "-d", "-b", "-i", "TTL"]
    command += ["-q", f'BereqURL eq "{url}"']
    lives = []

    def is_written():
        said = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
        lives[:] = re.findall(r"TTL\s+VCL (\d+) (\d+)", said.stdout)
        return lives

    # The answer may be here before the line about it.
    wait_until(is_written)
    return tuple(map(int, lives[-1]))


# --- Units ---


def commands(unit, name="ExecStart"):
    """Return the commands that a unit has under a name; an empty one only clears those before it."""
    return re.findall(rf"^{name}=(.+)$", unit.read_text(), re.MULTILINE)


def own_command(line, **changes):
    """Return a command of a unit as this checkout runs it."""
    places = {"/usr/local/lib/newsroom/.venv/bin/python": sys.executable}
    return shlex.split(changed(line, places | changes))


# --- Asking ---


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    body: bytes
    lines: tuple = ()
    """(name, value) of each header as it came: one may come twice."""


def ask(port, path, *, method="GET", tls=False, host=HOST, body=None, **headers):
    """Return the answer to one request; names of headers are written with underscores."""
    if tls:
        context = ssl._create_unverified_context()  # noqa: S323, its certificate is made by the test
        connection = http.client.HTTPSConnection(
            "127.0.0.1", port, timeout=TIMEOUT, context=context
        )
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body=body, headers={"Host": host} | named)
        response = connection.getresponse()
        lines = tuple((name.lower(), value) for name, value in response.getheaders())
        return Answer(response.status, dict(lines), response.read(), lines)
    finally:
        connection.close()


def ask_over_http2(port, headers):
    """Return the frames of the answer to one request as they come, headers packed and the body as it is."""
    context = ssl._create_unverified_context()  # noqa: S323, its certificate is made by the test
    context.set_alpn_protocols(["h2"])
    # Each a literal that is not packed (RFC 7541, section 6.2.2).
    fields = (bytes([0, len(name)]) + name + bytes([len(value)]) + value for name, value in headers)
    packed = b"".join(fields)
    settings = bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
    request = len(packed).to_bytes(3) + bytes([1, 4, 0, 0, 0, 1]) + packed
    with (
        socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as plain,
        context.wrap_socket(plain) as connection,
    ):
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings + request)
        return _frames(connection.makefile("rb"))


def _frames(answer):
    """Return the payloads of stream 1 until it ends."""
    payloads = b""
    while head := answer.read(9):
        payload = answer.read(int.from_bytes(head[:3]))
        if head[8] == 1:
            payloads += payload
            if head[4] & 1:
                break
    return payloads
