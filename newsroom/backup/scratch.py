"""What the process does that starts an archive in a scratch place: with the settings of the site, and an empty database of its own."""

import json
import sys
from datetime import datetime
from pathlib import Path

from newsroom.backup import Refused, archive, pages, restoring


def main(path, moment, number):
    """Restore an archive, which who started this has read, and print so many of its pages, each as a line of JSON.

    What it is refused is the last line of the errors, and the status is 1.
    """
    path, at = Path(path), datetime.fromisoformat(moment)
    try:
        restoring.restore(path, archive.manifest(path), with_files=False)
    except Refused as error:
        sys.exit(str(error))
    for page in pages.rendered(pages.some(int(number), at=at), at=at):
        print(json.dumps(page._asdict()), flush=True)  # noqa: T201, read by who started this
