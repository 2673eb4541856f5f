"""Write the settings of this machine to var/local.env, once: `python -m newsroom.localenv`.

A secret key must exist before Django can start, so this runs without Django.
"""

import os
import secrets
from pathlib import Path

DEFAULT_VAR = Path(__file__).resolve().parent.parent / "var"


def write(folder: str | Path) -> Path:
    """Create `folder`/local.env readable by its owner alone; an existing file is left as it is."""
    path = Path(folder) / "local.env"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        secret = secrets.token_urlsafe(50)
        _replace(path, f"SECRET_KEY={secret}\nALLOWED_HOSTS=127.0.0.1,localhost,[::1]\n")
    return path


def read(folder: str | Path) -> dict[str, str]:
    """Return the settings of `folder`/local.env, by name."""
    path = Path(folder) / "local.env"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def change(folder: str | Path, **settings: str) -> None:
    """Set these settings in `folder`/local.env; what else stands there stays."""
    path = write(folder)
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.partition("=")[0].strip() not in settings]
    given = [f"{name}={value}" for name, value in settings.items()]
    _replace(path, "\n".join([*kept, *given, ""]))


def _replace(path: Path, text: str) -> None:
    # Whole or not at all: half a file would be left as it is for ever.
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.rename(path)


if __name__ == "__main__":
    write(os.environ.get("VAR_DIR") or DEFAULT_VAR)
