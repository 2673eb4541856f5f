"""The machine's own browser: where it is, whether a run may do without it, and how it starts."""

import os
import shutil

NAMES = (
    # Without the windows that nobody sees, a page takes a third of the processor time.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def path():
    """Return the path of the browser: CHROMIUM from the environment, or one that is installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def required():
    """Tell whether the lack of a browser is a failure: on a machine that tests for everybody."""
    return any(os.environ.get(name, "") not in {"", "0"} for name in ("CI", "REQUIRE_BROWSER"))
