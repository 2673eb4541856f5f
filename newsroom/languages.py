"""The languages this code base knows. Adding one is a code change with a migration of its columns.

The environment variable LANGUAGES enables a subset; see docs/decisions/0005-languages-in-code.md.
"""

LANGUAGES = {
    "en": "English",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
}
"""Code to own name, in the order in which they are offered."""

SCRIPTS = {"en": "Latin", "es": "Latin", "pt": "Latin", "ar": "Arabic"}
"""Code to script, by its name in Unicode."""

DEFAULT_LANGUAGE = "en"
"""The language whose labels stand in where a thing has none of its own."""

RIGHT_TO_LEFT = frozenset({"ar"})


def direction(language):
    """Return "rtl" or "ltr", the value of the HTML `dir` attribute for a language code."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
