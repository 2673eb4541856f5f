"""What a page says of the values that its fields were opened with, in one hidden field.

Of most it carries a fingerprint, so that no page holds its texts twice: what they were is looked up in the versions of the row.
What no version tells is carried itself. A set is its own mark, so that it can be merged.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

OPENED = "opened"
_ITSELF = "="
"""How the mark of a value begins that is the value."""


Value = str | list[str]
"""What a field holds, as a form sends it."""


def fingerprint(value: Value) -> Value:
    """Name a value as a form holds it; a set is its own name."""
    if isinstance(value, list):
        return value
    return hashlib.sha256(value.encode()).hexdigest()[:12]


def itself(value: Value) -> Value:
    """Return the mark of a value that no version tells."""
    return value if isinstance(value, list) else _ITSELF + value


def is_of(mark: Any, value: str) -> bool:
    """Tell whether a mark is that of this value."""
    return isinstance(mark, str) and mark in (fingerprint(value), itself(value))


def carried(mark: Any) -> str | None:
    """Return the value that a mark carries, None where it is a fingerprint; somebody may have sent anything."""
    if isinstance(mark, str) and mark.startswith(_ITSELF):
        return mark.removeprefix(_ITSELF)
    return None


def opened_in(data: Mapping[str, Any]) -> dict[str, Any]:
    """Read the hidden field; somebody may have sent anything."""
    try:
        opened = json.loads(data.get(OPENED, ""))
    except ValueError:
        return {}
    return opened if isinstance(opened, dict) else {}
