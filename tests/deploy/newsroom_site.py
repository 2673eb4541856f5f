"""The real site as deploy/ describes it: its settings, its units' commands, and a newsroom that publishes."""

import os
import secrets
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import cached_property

from django.db import connection

from tests import tables
from tests.deploy.desk import Desk
from tests.deploy.programs import DEPLOY, Program, ask, changed, commands, own_command
from tests.house_rules.source import ROOT

SETTINGS = DEPLOY / "newsroom.env"


def unit(name):
    return DEPLOY / "systemd" / f"{name}.service"


class Site:
    """Everything that the units start, on the database of a folder."""

    def __init__(self, folder, *, port, edges=""):
        self.folder, self.port, self.started = folder, port, []
        # As make install collects them.
        shutil.copytree(ROOT / "var" / "static", folder.path / "static")
        changes = {
            "postgresql:///newsroom": f"sqlite:///{folder.path}/newsroom.sqlite3",
            "SECRET_KEY=\n": f"SECRET_KEY={secrets.token_urlsafe(50)}\n",
            "/var/lib/newsroom": str(folder.path),
            "#EDGES=varnish://127.0.0.1:6081": f"EDGES={edges}",
        }
        self.settings = folder.write("newsroom.env", changed(SETTINGS.read_text(), changes))

    @cached_property
    def environment(self):
        """What systemd would make of EnvironmentFile."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        lines = shlex.split(self.settings.read_text(), comments=True)
        return kept | dict(line.split("=", 1) for line in lines)

    def begin(self):
        """Make the tables of its database."""
        if connection.vendor == "sqlite":
            tables.into_file(self.database)
        else:
            self.manage("migrate", "-v", "0")

    def manage(self, *arguments):
        """Run a command by deploy/manage, and return what it said."""
        text = changed(
            (DEPLOY / "manage").read_text(),
            {
                "/etc/newsroom.env": str(self.settings),
                "/usr/local/lib/newsroom": str(ROOT),
                "setpriv --reuid newsroom --regid newsroom --init-groups": "env",
                ".venv/bin/python": sys.executable,
            },
        )
        script = self.folder.write("manage", text)
        script.chmod(0o755)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        result = subprocess.run(
            [script, *arguments], env=kept, capture_output=True, text=True, check=False, timeout=300
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def run(self, name):
        """Start the one command of a unit."""
        (line,) = commands(unit(name))
        changes = {"--port 8000": f"--port {self.port}"} if "--port" in line else {}
        started = Program(
            own_command(line, **changes),
            log=self.folder.path / f"{name}.log",
            cwd=ROOT,
            env=self.environment,
        )
        self.started.append(started)
        return started

    def aside(self, name, moment):
        """Run what a unit does besides, such as its ExecStopPost."""
        for line in commands(unit(name), moment):
            command = changed(line, {"/var/lib/newsroom": str(self.folder.path)})
            subprocess.run(shlex.split(command), check=True)

    @property
    def database(self):
        return self.folder.path / "newsroom.sqlite3"

    @contextmanager
    def without_database(self):
        """Let something else lie in the place of the database for a while: no process can open it."""
        aside = self.database.rename(self.database.with_name("aside.sqlite3"))
        self.database.mkdir()
        try:
            yield
        finally:
            self.database.rmdir()
            aside.rename(self.database)

    @contextmanager
    def pages_kept(self):
        """Let newsroom-pages run for a while."""
        self.keeper = self.run("newsroom-pages")
        yield
        self.keeper.stop()
        self.aside("newsroom-pages", "ExecStopPost")

    @property
    def live(self):
        """The link by which nginx finds pages."""
        return self.folder.path / "pages" / "live"

    def run_web(self):
        return self.run("newsroom-web").wait_for(self.port)

    def ask(self, path, **options):
        """Return an answer of the web server, asked as a proxy does."""
        return ask(self.port, path, X_Forwarded_Proto="https", **options)

    @cached_property
    def desk(self):
        """A newsroom in its own process; see desk.py."""
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        command = [sys.executable, "-m", "tests.deploy.desk"]
        return Desk(command, cwd=ROOT, env=environment)

    def tell(self, words):
        """Let the newsroom do something; return the path of the story once it is done."""
        return self.desk.tell(words)

    def stop(self):
        """Stop all that was started."""
        for program in self.started:
            program.stop()
        if "desk" in self.__dict__:
            self.desk.close()
