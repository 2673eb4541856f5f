"""The name of a release: pages that other code, words or settings rendered are out of date."""

import hashlib
from functools import cache
from glob import glob
from pathlib import Path

from django.conf import settings

from newsroom.files.shared import content

SUFFIXES = frozenset({".py", ".html", ".mo"})
WORDS = (
    *("LANGUAGES", "SITE_URL", "SITE_NAME", "TIME_ZONE", "MEDIA_URL"),
    *("ONION_URL", "WEBSUB_HUBS"),
    *("CACHE_TAG_HEADER", "CONTENT_SECURITY_POLICY", "SECURE_HSTS_SECONDS"),
)
"""The settings from the environment that a page shows, or is sent with."""


@cache
def release():
    """Return a short name for all that pages are made of, the same on every host that has the same."""
    digest = hashlib.sha256(repr([getattr(settings, name) for name in WORDS]).encode())
    folders = [settings.BASE_DIR / part for part in (*settings.PARTS, "templates")]
    for folder in (*folders, settings.SITE_DIR / "templates"):
        # It passes over folders that go meanwhile, as those of compiled code do.
        for name in sorted(glob("**", root_dir=folder, recursive=True)):
            path = folder / name
            if path.suffix in SUFFIXES and path.is_file():
                digest.update(f"{folder.name}/{name}".encode())
                digest.update(path.read_bytes())
    digest.update(content(Path(settings.STATIC_ROOT) / "staticfiles.json") or b"")
    return digest.hexdigest()[:16]
