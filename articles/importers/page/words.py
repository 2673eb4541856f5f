"""The words that stand around a story on its page, in each language: nothing here is the story's own.

docs/reference/import-page.md lists them.
"""

import re
import unicodedata

# White space, direction marks and other characters without a shape.
_INVISIBLE = "\ufeff" + "".join(
    each for each in map(chr, range(0x3001)) if each.isspace() or unicodedata.category(each) == "Cf"
)

# How a switcher names languages, by the language in which it does.
SWITCHER = {
    "en": ("english", "spanish", "portuguese", "arabic"),
    "es": ("inglés", "español", "espanol", "portugués", "árabe"),
    "pt": ("inglês", "espanhol", "português", "portugues", "árabe"),
    "ar": ("الإنجليزية", "الإسبانية", "البرتغالية", "العربية", "عربي"),
}

# The words before a link to another story. A page may keep the English ones in any language; the
# others are read in their own language only, where "Lee:" cannot be a person who speaks.
READ = {
    "en": ("read", "read also", "read more", "also read"),
    "es": (
        "leer",
        "leer más",
        "leer también",
        "lee",
        "lee más",
        "lee también",
        "lea",
        "lea más",
        "lea también",
    ),
    "pt": ("ler", "ler mais", "ler também", "leia", "leia mais", "leia também"),
    "ar": ("اقرأ", "إقرأ", "اقرأ أيضا", "اقرأ أيضًا", "اقرأ أيضاً", "اقرأ المزيد"),
}

_NUMBER = r"(?:\s*\(?\d+\)?)?"

TOGGLES = {
    language: re.compile(words + _NUMBER, re.IGNORECASE)
    for language, words in {
        "en": r"(?:show|hide|view)\s+comments",
        "es": r"(?:mostrar|ver|ocultar)\s+(?:los\s+)?comentarios",
        "pt": r"(?:mostrar|ver|exibir|esconder|ocultar)\s+(?:os\s+)?comentários",
        "ar": r"(?:إظهار|اظهار|عرض|إخفاء|اخفاء)\s+التعليقات",
    }.items()
}

# What may stand before the names of a footer, or on a line above them, with a colon.
LABELS = {
    "en": ("tags", "categories", "category", "topics", "filed under"),
    "es": ("etiquetas", "categorías", "categoría", "temas"),
    "pt": ("etiquetas", "categorias", "categoria", "temas"),
    "ar": ("الوسوم", "التصنيفات", "الأقسام"),
}

# Lines of buttons below a footer.
SHARING = {
    "en": ("share", "share this", "print", "email"),
    "es": ("compartir", "imprimir"),
    "pt": ("partilhar", "compartilhar", "imprimir"),
    "ar": ("مشاركة", "شارك", "طباعة"),
}


def visible(line: str) -> str:
    """Return the line without white space and invisible characters at its ends."""
    return line.strip(_INVISIBLE)


def is_switcher(line: str) -> bool:
    known = {name for names in SWITCHER.values() for name in names}
    names = switcher_names(line)
    return len(names) > 1 and known.issuperset(names)


def switcher_names(line: str) -> list[str]:
    return [visible(name).casefold() for name in re.split(r"[/|]", line)]


def is_toggle(line: str) -> bool:
    return any(toggle.fullmatch(visible(line)) for toggle in TOGGLES.values())


def is_sharing(line: str) -> bool:
    return any(visible(line).casefold() in words for words in SHARING.values())


def split_label(line: str) -> tuple[str, str]:
    """Return the label of a footer line and its names: ("Tags", "News, Syria"); no label is ""."""
    label, colon, names = visible(line).partition(":")
    known = any(visible(label).casefold() in words for words in LABELS.values())
    return (visible(label), visible(names)) if colon and known else ("", line)


def languages_of(line: str) -> set[str]:
    """Return the languages in which a line is one of these words; none for a line of the story."""
    words = visible(line).casefold()
    if is_switcher(line):
        names = switcher_names(line)
        # A switcher that gives each language its own name tells nothing.
        return {code for code, known in SWITCHER.items() if set(known).issuperset(names)}
    before = visible(words.partition(":")[0]) if ":" in words else ""
    return {
        code
        for code in TOGGLES
        if TOGGLES[code].fullmatch(words)
        or words in SHARING[code]
        or before in LABELS[code]
        or (" " in before and before in READ[code])
    }
