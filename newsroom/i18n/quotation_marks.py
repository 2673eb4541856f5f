"""The quotation marks of each language, as CLDR's delimiters have them; Babel does not read those."""

Pair = tuple[str, str]

USUAL = "“ ” ‘ ’"
MARKS = {
    **dict.fromkeys(("es", "ca", "it", "el"), "« » “ ”"),
    **dict.fromkeys(("ru", "uk"), "« » „ “"),
    **dict.fromkeys(("fa", "am"), "« » ‹ ›"),
    **dict.fromkeys(("de", "cs"), "„ “ ‚ ‘"),
    **dict.fromkeys(("pl", "ro"), "„ ” « »"),
    **dict.fromkeys(("ja", "zh-hant"), "「 」 『 』"),
    **dict.fromkeys(("ar", "ur"), "” “ ’ ‘"),
    "bg": "„ “ „ “",
    "fr": "«\u202f \u202f» «\u202f \u202f»",
    "he": "” ” ’ ’",
    "hu": "„ ” » «",
    "nl": "‘ ’ “ ”",
    "sr": "„ “ ‘ ‘",
}
"""Code or base of a language -> what opens and closes a quotation, and one inside another."""


def quotation_marks(language: str) -> tuple[Pair, Pair]:
    """Return what opens and closes a quotation in a language, and one inside another.

    A code that is not known has the marks of English. French marks hold their narrow spaces.
    """
    marks = MARKS.get(language) or MARKS.get(language.partition("-")[0], USUAL)
    outer, closing, inner, ending = marks.split(" ")
    return (outer, closing), (inner, ending)
