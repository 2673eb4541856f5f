"""A machine as Debian leaves it, with a project in /srv/newsroom that nobody has installed yet."""

import shutil
import sys
from pathlib import Path

from tests import postgres
from tests.deploy.machine import Machine

PLACE = "srv/newsroom"

BARE = Path(__file__).with_name("bare")
"""Programs that stand in for those that would ask the network."""

OUTSIDE = ("/etc/nginx", "/lib/systemd/system/nginx.service")
COPIED = ("/etc/pam.d", "/etc/security", "/etc/ssl/openssl.cnf")
ACCOUNTS = {
    "passwd": "www-data:x:33:33::/var/www:/usr/sbin/nologin\npostgres:x:101:104::/var/lib/postgresql:/bin/sh\n",
    "group": "www-data:x:33:\npostgres:x:104:\nadm:x:4:\n",
}


def start(tables):
    """Return it, running; its databases have these tables from the beginning."""
    machine = Machine(place=PLACE)
    for name, lines in ACCOUNTS.items():
        path = machine.path(f"/etc/{name}")
        there = [line for line in path.read_text().splitlines() if not line.startswith("newsroom")]
        path.write_text("\n".join([*there, lines]))
    machine.path("/etc/os-release").write_text("ID=debian\nVERSION_ID=12\n")
    machine.path("/var/log").mkdir(exist_ok=True)
    for program in BARE.iterdir():
        shutil.copy(program, machine.path("/usr/local/bin"))
    for source in map(Path, (*OUTSIDE, *COPIED)):
        target = machine.path(
            f"/opt/outside/{source.name}" if str(source) in OUTSIDE else str(source)
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, target)
    machine.path("/opt/outside/postgresql").write_text(inside(next(postgres.installations())))
    machine.path("/opt/outside/tables.sql").write_text(tables)
    return machine


def inside(folder):
    """Return where the machine has a folder of /usr, or one of the libraries of this process."""
    return str(folder).replace(sys.prefix, f"/{PLACE}/.venv")
