"""What is wrong with an installation, in sentences that name the remedy.

Each of the `parts` looks at one thing and yields a sentence for each fault. None changes anything that lasts.
"""

import fcntl
import os
import pwd
import shutil
import socket
import ssl
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.mail import get_connection
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from newsroom.i18n.catalogues import catalogues
from newsroom.management.worker import SILENCE
from newsroom.models import VerifiedBackup
from newsroom.users import last

TIMEOUT = 15
"""Seconds that a worker has for taking up a task, and a server for its answer."""

LEAST_SPACE = 0.05
LEAST_BYTES = 500_000_000
LEAST_FILES = 10_000
"""A disk with less than one of these left is nearly full."""

AGREEMENT = timedelta(seconds=10)
"""Clocks of two machines may differ by that much."""

NOTICE = timedelta(days=14)
"""So long before its end a certificate is named; certbot renews it a month before."""


UNPROVED = timedelta(days=7)
"""A site whose last backup that was verified is older may lose that much, or all."""

_OTHERS = []

NONE_VERIFIED = "No backup was ever verified"


def what_is_wrong():
    """Yield (part, sentence) for each fault. Without the database, the parts that need it are left out."""
    for name, look, needs_database in parts():
        if needs_database and not _answers():
            continue
        try:
            for sentence in look():
                yield name, sentence
        except Error as error:
            yield name, f"The database refuses an answer ({' '.join(str(error).split())})."


def parts():
    """Return all that is looked at, as PARTS has it."""
    return (*PARTS, *_OTHERS)


def look_also(name, look):
    """Add a part that asks the database: of an app, which the site does not know."""
    _OTHERS.append((name, look, True))


def _answers():
    with suppress(Error):
        connection.ensure_connection()
        return True
    return False


def in_settings():
    for message in checks.run_checks(include_deployment_checks=settings.HTTPS):
        if message.level >= checks.WARNING and not message.is_silenced():
            hint = f" {message.hint}" if message.hint else ""
            yield f"{message.id}: {message.msg}{hint}"
    path = settings.LOCAL_ENV
    if path.exists() and path.stat().st_mode & 0o077:
        yield f"{path} holds secrets and can be read by others: say chmod 600 {path}."
    if settings.DEBUG:
        yield "DEBUG is on: readers would see the insides of an error. Take it out of the settings."


def in_database():
    try:
        connection.ensure_connection()
    except Error as error:
        words = " ".join(str(error).split())
        yield f"The database does not answer ({words}): start it, or mend DATABASE_URL."


def in_migrations():
    waiting = waiting_migrations()
    if waiting:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration in waiting[:3])
        more = f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        yield f"The database lacks changes of this version ({names}{more}): run manage.py migrate."


def waiting_migrations():
    """Return the migrations of this version that the database has not had."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _backwards in plan]


def in_folders():
    for name in ("VAR_DIR", "MEDIA_ROOT", "PAGES_ROOT"):
        path = Path(getattr(settings, name))
        # Pictures come with the first upload, finished pages with the first reader.
        path = path if path.exists() else path.parent
        if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            yield f"{path} ({name}) cannot be written by {_user()}: give it to that user with chown."
    if not (settings.DEBUG or (settings.STATIC_ROOT / "staticfiles.json").exists()):
        yield f"{settings.STATIC_ROOT} lacks the stylesheets: run manage.py collectstatic."
    database = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and database.exists() and not os.access(database, os.W_OK):
        yield f"{database} cannot be written by {_user()}: give it to that user with chown."


def _user():
    with suppress(KeyError):
        return pwd.getpwuid(os.getuid()).pw_name
    return f"user {os.getuid()}"


@task()
def report():
    """Do nothing: that somebody did it is what the doctor wants to know."""


def in_worker():
    now = timezone.now()
    if not DBTaskResult.objects.running().filter(started_at__gt=now - SILENCE).exists():
        asked = report.enqueue()
        mine = DBTaskResult.objects.filter(pk=asked.id)
        if not _is_true_soon(mine.finished().exists):
            yield "No worker takes up tasks, so pictures are not made ready and no mail is sent: start manage.py db_worker (newsroom-worker)."
        mine.delete()
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - timedelta(days=1))
    for path in sorted(set(failed.values_list("task_path", flat=True))):
        last = failed.filter(task_path=path).order_by("finished_at").last()
        reason = (last.traceback.strip().splitlines() or [""])[-1].strip()[:200]
        number = failed.filter(task_path=path).count()
        yield f"{path} has failed {number} times since yesterday, at last with: {reason}"


def _is_true_soon(asks):
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        if asks():
            return True
        time.sleep(0.2)
    return asks()


def in_keeper():
    """Look for the keeper of finished pages, where something in front of the site shows them by itself."""
    lock = settings.PAGES_ROOT / "keeper.lock"
    if not (settings.BEHIND_PROXY or settings.EDGES) or _is_held(lock):
        return
    yield "Nobody takes finished pages away that are out of date: start manage.py keep_pages (newsroom-pages)."


def _is_held(path):
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def in_mail():
    if not settings.SENDS_MAIL:
        return
    try:
        server = get_connection(timeout=TIMEOUT)
        server.open()
        server.close()
    except OSError as error:
        yield f"The mail server of EMAIL_URL takes no mail ({error}): see whether it runs, and whether user and password hold."
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield "Mails come from newsroom@localhost, which others refuse: set EMAIL_FROM."


def in_disks():
    seen = set()
    for path in (settings.VAR_DIR, settings.MEDIA_ROOT, settings.PAGES_ROOT):
        if not path.exists() or path.stat().st_dev in seen:
            continue
        seen.add(path.stat().st_dev)
        space, files = shutil.disk_usage(path), os.statvfs(path).f_favail
        if space.free < max(LEAST_BYTES, space.total * LEAST_SPACE):
            yield f"The disk of {path} is nearly full: {space.free // 1_000_000:,} MB are left."
        elif 0 < files < LEAST_FILES:
            yield f"The disk of {path} takes only {files:,} more files."


def in_clock():
    installed = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if timezone.now() + AGREEMENT < installed:
        yield f"The clock of this machine says {timezone.now():%Y-%m-%d %H:%M} UTC, which is before this software was installed: set it by NTP."
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = cursor.fetchone()[0] - timezone.now()
    if abs(apart) > AGREEMENT:
        seconds = abs(apart).total_seconds()
        yield f"The clock of this machine and that of the database are {seconds:.0f} s apart: set both by NTP."


def in_catalogues():
    old = [path for path in catalogues() if not _is_compiled(path)]
    if old:
        names = ", ".join(sorted({path.parents[1].name for path in old}))
        yield f"Words of the interface are not compiled ({names}): run make install."


def _is_compiled(path):
    made = path.with_suffix(".mo")
    # A second more: an archive keeps whole seconds.
    return made.exists() and made.stat().st_mtime + 1 >= path.stat().st_mtime


def in_certificate():
    address = urlsplit(settings.SITE_URL)
    if not settings.HTTPS:
        return
    host, port = address.hostname, address.port or 443
    try:
        with socket.create_connection((host, port), timeout=TIMEOUT) as plain:
            context = ssl.create_default_context()
            with context.wrap_socket(plain, server_hostname=host) as secured:
                ends = secured.getpeercert()["notAfter"]
    except ssl.SSLCertVerificationError as error:
        yield f"Browsers refuse the certificate of {host} ({error.verify_message}): renew it, or name the right one to nginx."
        return
    except OSError as error:
        yield f"{settings.SITE_URL} does not answer here ({error}): see whether nginx runs, and whether {host} leads to this machine."
        return
    left = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) - timezone.now()
    if left < NOTICE:
        yield f"The certificate of {host} ends in {left.days} days: renew it (certbot renew)."


def in_logins():
    if not last.superusers().exists():
        yield "No superuser may log in, so nobody can invite or give rights: run manage.py createsuperuser."


def in_backups():
    last = VerifiedBackup.last()
    first_login = get_user_model().objects.order_by("date_joined").first()
    since = last.made_at if last else first_login and first_login.date_joined
    if since is None or timezone.now() - since < UNPROVED:
        return
    told = f"The last backup that was verified is of {since:%Y-%m-%d}" if last else NONE_VERIFIED
    yield f"{told}: start newsroom-backup.timer, or run manage.py backup and restore --verify."


PARTS = (
    ("settings", in_settings, False),
    ("folders", in_folders, False),
    ("disk", in_disks, False),
    ("catalogues", in_catalogues, False),
    ("mail", in_mail, False),
    ("certificate", in_certificate, False),
    ("database", in_database, False),
    ("migrations", in_migrations, True),
    ("clock", in_clock, True),
    ("keeper", in_keeper, False),
    ("worker", in_worker, True),
    ("logins", in_logins, True),
    ("backup", in_backups, True),
)
"""Name, what looks, and whether it asks the database."""
