"""Proving an archive: it is started in a scratch place, and shows what the site shows."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from newsroom.backup import Refused, pages
from newsroom.models import VerifiedBackup
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges.ledger import holds
from newsroom.pagecache.purges.tags import places

PAGES = 200
"""How many public pages are compared."""

KNOWN = timedelta(days=1)
"""For so long the site knows which of its pages have changed; see keeper.LASTING."""

SKEW = timedelta(seconds=5)
"""By which the clocks of two machines may differ."""


START = "import sys, django; django.setup(); from newsroom.backup.scratch import main; main(*sys.argv[1:])"


class Proof(NamedTuple):
    """How many pages were the same, and how many the site has changed since."""

    same: int
    changed: int


def prove(path, told):
    """Start an archive that was read in a temporary folder, and compare it with the site; return a Proof.

    Raise Refused where a table is not what was written, or a page shows something else although nothing has changed since.
    """
    at, made_at = timezone.now(), datetime.fromisoformat(told["made_at"])
    there = _started(path, at)
    here = pages.rendered([page.path for page in there], at=at)
    other = [pair for pair in zip(here, there, strict=True) if pair[0][:3] != pair[1][:3]]
    changed, is_known = _changed(since=made_at - SKEW), at - made_at < KNOWN
    wrong = [pair[0].path for pair in other if is_known and not _has_changed(pair, changed)]
    if wrong:
        raise Refused(
            f"{path.name} shows {len(wrong)} of {len(there)} pages otherwise than the site, which has not changed them since: "
            f"{', '.join(wrong[:3])}."
        )
    VerifiedBackup.note(path.name, made_at=made_at)
    return Proof(len(there) - len(other), len(other))


def _started(path, at):
    """Return the Pages that another process makes of an archive, in a database that is gone when it ends."""
    # Not where a small disk, or memory, may be meant for small files.
    with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.VAR_DIR) as folder:
        own = {
            "DATABASE_URL": f"sqlite:///{Path(folder).resolve()}/scratch.sqlite3",
            "DATABASE_REPLICAS": "",
        }
        command = [sys.executable, "-c", START, str(path.resolve()), at.isoformat(), str(PAGES)]
        result = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=os.environ | own,
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode:
        said = result.stderr.strip().splitlines() or [f"status {result.returncode}"]
        raise Refused(f"{path.name} cannot be started: {said[-1]}")
    return [pages.Page(**json.loads(line)) for line in result.stdout.splitlines()]


def _changed(*, since):
    """Return (name, position) of all that the site has purged since a moment."""
    rows = Purge.objects.filter(created_at__gte=since).values_list("tags", flat=True)
    return {place for tags in rows for place in places(tags)}


def _has_changed(pair, changed):
    """Return whether the site has changed what one of two Pages shows."""
    return any(
        name in page.tags and holds(page.tags[name], position)
        for page in pair
        for name, position in changed
    )
