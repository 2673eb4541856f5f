"""What is wrong with an installation is said in a sentence, and nothing else is."""

import fcntl
import os
import shutil
import ssl
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus

from newsroom.management import doctor
from newsroom.models import VerifiedBackup
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def impatient(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(doctor, "TIMEOUT", 0)


def said(look):
    return " ".join(look())


def test_every_look_is_taken():
    looks = [look for name, look in vars(doctor).items() if name.startswith("in_")]

    assert {look for _name, look, _needs_database in doctor.PARTS} == set(looks)


def test_an_installation_without_a_fault_is_well(capsys, monkeypatch):
    monkeypatch.setattr(doctor, "PARTS", [("disk", list, False)])

    call_command("doctor")

    assert capsys.readouterr().out == "All is well.\n"


def test_each_fault_is_a_line_and_the_status_tells_a_monitor(capsys, monkeypatch):
    parts = [("disk", lambda: ["It is full."], False), ("mail", lambda: ["It waits."], False)]
    monkeypatch.setattr(doctor, "PARTS", parts)

    with pytest.raises(CommandError, match="2 things are wrong"):
        call_command("doctor")

    assert capsys.readouterr().out == "disk: It is full.\nmail: It waits.\n"


def test_without_a_database_the_other_parts_are_looked_at(monkeypatch):
    def refuse():
        raise OperationalError("could not connect\n to server")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(doctor, "in_disks", list)

    faults = dict(doctor.what_is_wrong())

    assert "could not connect to server" in faults["database"]
    assert not faults.keys() & {"worker", "migrations", "clock"}


def test_what_the_database_lacks_is_named(monkeypatch):
    plan = [(type("M", (), {"app_label": "articles", "name": f"000{n}"}), False) for n in range(5)]
    assert said(doctor.in_migrations) == ""

    monkeypatch.setattr(doctor.MigrationExecutor, "migration_plan", lambda *_targets: plan)

    assert "(articles.0000, articles.0001, articles.0002 and 2 more)" in said(doctor.in_migrations)


def test_secrets_that_others_can_read_are_named(settings, tmp_path):
    settings.LOCAL_ENV = tmp_path / "local.env"
    settings.LOCAL_ENV.touch(mode=0o600)
    assert said(doctor.in_settings) == ""

    settings.LOCAL_ENV.chmod(0o640)

    assert f"chmod 600 {settings.LOCAL_ENV}" in said(doctor.in_settings)


def test_a_folder_that_cannot_be_written_is_named(settings, tmp_path, monkeypatch):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.PAGES_ROOT, settings.STATIC_ROOT = tmp_path / "pages", tmp_path
    (tmp_path / "staticfiles.json").touch()
    assert said(doctor.in_folders) == ""

    settings.MEDIA_ROOT.mkdir()
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: "media" not in str(path) and access(path, mode)
    )

    assert f"{settings.MEDIA_ROOT} (MEDIA_ROOT) cannot be written by" in said(doctor.in_folders)


def test_a_worker_that_does_nothing_is_named_and_one_that_works_is_not(monkeypatch):
    assert "No worker takes up tasks" in said(doctor.in_worker)
    assert not doctor.DBTaskResult.objects.exists()

    def works(asks):
        doctor.DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
        return asks()

    monkeypatch.setattr(doctor, "_is_true_soon", works)

    assert said(doctor.in_worker) == ""
    assert not doctor.DBTaskResult.objects.exists()


def test_a_worker_that_is_busy_is_not_asked():
    task = doctor.report.enqueue()
    rows = doctor.DBTaskResult.objects.filter(pk=task.id)
    rows.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())

    assert said(doctor.in_worker) == ""


def test_what_has_failed_today_is_told_with_its_reason(monkeypatch):
    monkeypatch.setattr(doctor, "_is_true_soon", lambda _asks: True)
    task = doctor.report.enqueue()
    failed = {"status": TaskResultStatus.FAILED, "traceback": "Traceback\n  OSError: no mail\n"}
    rows = doctor.DBTaskResult.objects.filter(pk=task.id)
    rows.update(finished_at=timezone.now(), **failed)

    assert (
        "doctor.report has failed 1 times since yesterday, at last with: OSError: no mail"
        in said(doctor.in_worker)
    )


def test_a_keeper_is_missed_only_where_something_shows_pages_by_itself(settings, tmp_path):
    settings.PAGES_ROOT, settings.BEHIND_PROXY = tmp_path, False
    assert said(doctor.in_keeper) == ""

    settings.BEHIND_PROXY = True
    assert "keep_pages" in said(doctor.in_keeper)

    with (tmp_path / "keeper.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert said(doctor.in_keeper) == ""


def test_a_mail_server_that_is_away_is_named(settings, monkeypatch):
    assert said(doctor.in_mail) == ""

    class Away:
        def open(self):
            raise ConnectionRefusedError("Connection refused")

    settings.SENDS_MAIL = True
    monkeypatch.setattr(doctor, "get_connection", lambda **_options: Away())

    assert "takes no mail (Connection refused)" in said(doctor.in_mail)
    assert "set EMAIL_FROM" in said(doctor.in_mail)


def test_a_disk_that_is_nearly_full_is_named_once(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = settings.MEDIA_ROOT = settings.PAGES_ROOT = tmp_path
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**12, 0, 10**11))
    assert said(doctor.in_disks) == ""

    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**12, 0, 4 * 10**10))

    assert said(doctor.in_disks) == f"The disk of {tmp_path} is nearly full: 40,000 MB are left."


def test_a_clock_of_the_past_is_named():
    assert said(doctor.in_clock) == ""

    with time_machine.travel("1970-01-02 03:04+00:00", tick=False):
        assert "says 1970-01-02 03:04 UTC" in said(doctor.in_clock)


def test_words_that_are_not_compiled_are_named_by_language(tmp_path, monkeypatch):
    path = Path(tmp_path, "locale/es/LC_MESSAGES/django.po")
    path.parent.mkdir(parents=True)
    path.touch()
    monkeypatch.setattr(doctor, "catalogues", lambda: [path])
    assert "(es)" in said(doctor.in_catalogues)

    path.with_suffix(".mo").touch()

    assert said(doctor.in_catalogues) == ""


class Secured:
    """A connection whose certificate ends."""

    ends = timedelta()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def getpeercert(self):
        moment = timezone.now() + self.ends
        return {"notAfter": moment.strftime("%b %d %H:%M:%S %Y GMT")}


@pytest.fixture
def secured(settings, monkeypatch):
    settings.SITE_URL, settings.HTTPS = "https://news.example", True
    connected = Secured()
    context = type("Context", (), {"wrap_socket": lambda *_given, **_named: connected})
    monkeypatch.setattr(ssl, "create_default_context", context)
    monkeypatch.setattr(doctor.socket, "create_connection", lambda *_given, **_named: connected)
    return connected


def test_a_certificate_is_named_before_it_ends(secured):
    secured.ends = timedelta(days=40)
    assert said(doctor.in_certificate) == ""

    secured.ends = timedelta(days=3, hours=1)

    assert "certificate of news.example ends in 3 days" in said(doctor.in_certificate)


def test_a_site_that_does_not_answer_is_named(secured, monkeypatch):
    def refuse(*_given, **_named):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(doctor.socket, "create_connection", refuse)

    assert "https://news.example does not answer here" in said(doctor.in_certificate)


def test_a_backup_that_nobody_has_verified_for_a_week():
    assert said(doctor.in_backups) == ""  # nobody works here yet
    UserFactory(date_joined=timezone.now() - timedelta(days=8))
    assert said(doctor.in_backups).startswith("No backup was ever verified: start newsroom-backup")

    VerifiedBackup.note("a.tar", made_at=timezone.now() - timedelta(days=8))
    assert "The last backup that was verified is of 20" in said(doctor.in_backups)
    VerifiedBackup.note("b.tar", made_at=timezone.now())
    assert said(doctor.in_backups) == ""


def test_a_site_without_a_superuser_who_may_log_in_is_named():
    UserFactory(is_superuser=True, is_staff=True, is_active=False)
    assert said(doctor.in_logins).endswith("run manage.py createsuperuser.")

    UserFactory(is_superuser=True, is_staff=True)

    assert said(doctor.in_logins) == ""
