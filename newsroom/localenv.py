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
        # Whole or not at all: half a file would be left as it is for ever.
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(
            f"SECRET_KEY={secrets.token_urlsafe(50)}\nALLOWED_HOSTS=127.0.0.1,localhost,[::1]\n",
            encoding="utf-8",
        )
        draft.rename(path)
    return path


if __name__ == "__main__":
    write(os.environ.get("VAR_DIR") or DEFAULT_VAR)
