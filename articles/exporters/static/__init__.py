"""The whole readers' site as files: any web server, a USB stick or a bucket can serve it."""

import hashlib
import os
import shutil

from django.conf import settings

from articles.exporters.static.addresses import Addresses
from articles.exporters.static.crawl import Crawl
from articles.exporters.static.signing import CannotSign, signer

__all__ = ["DESCRIPTION", "MANIFEST", "SIGNATURE", "TAKES", "CannotSign", "NotEmpty", "write"]

DESCRIPTION = "the whole site for readers, as a folder of pages that need no program"
TAKES = "site"

MANIFEST = "SHA256SUMS"
SIGNATURE = f"{MANIFEST}.sig"


class NotEmpty(Exception):
    """The folder holds something that is no copy of the site."""


def write(folder, *, languages=(), key=None, step=lambda _path: None):
    """Write the copy, which takes the place of an earlier one once it is whole; return (Crawl, hash of the manifest).

    `key` is the path of an Ed25519 key with which the manifest is signed.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise NotEmpty
    sign = signer(key) if key else None
    every = [code for code, _name in settings.LANGUAGES]
    part, old = folder.with_name(f"{folder.name}.part"), folder.with_name(f"{folder.name}.old")
    for left in (part, old):
        shutil.rmtree(left, ignore_errors=True)
    hashes = {}

    def keep(file, content):
        hashes[file] = hashlib.sha256(content).hexdigest()
        target = part / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    addresses = Addresses(settings.SITE_URL, languages=languages or every, others=every)
    crawl = Crawl(addresses, keep)
    crawl.run(step=step)
    lines = "".join(f"{digest}  {file}\n" for file, digest in sorted(hashes.items())).encode()
    (part / MANIFEST).write_bytes(lines)
    if sign:
        (part / SIGNATURE).write_bytes(sign(lines))
    if folder.exists():
        os.replace(folder, old)
    os.replace(part, folder)
    shutil.rmtree(old, ignore_errors=True)
    return crawl, hashlib.sha256(lines).hexdigest()
