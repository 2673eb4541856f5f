"""Numbers that are not the same on both sides, however each language writes them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.dates import days, without_days
from articles.checks.side import Check, Side

TOLD = 3
"""So many numbers are named in a sentence."""

ZEROS = {"万": 4, "萬": 4, "만": 4, "亿": 8, "億": 8, "억": 8}
"""What a sign behind a number multiplies it by, as a power of ten: 40万 is 400,000."""

_GROUP = r"[.,٬\u00a0\u202f'’ ]"
_NUMBER = re.compile(rf"(?<!\d)(\d+(?:{_GROUP}\d{{3}}(?!\d))*)(?:[.,٫](\d{{1,2}})(?!\d))?([{''.join(ZEROS)}])?")  # fmt: skip


def differ(source: Side, target: Side) -> Iterator[Check]:
    """Name the numbers of one side that the other lacks, but none of one digit, which is often written as a word.

    Where both sides name days of the year, those are for the check of dates.
    """
    texts = [source.text, target.text]
    if all(days(side.text, side.code) for side in (source, target)):
        texts = [without_days(side.text, side.code) for side in (source, target)]
    ours, theirs = (Counter(numbers(text)) for text in texts)
    missing, extra = [*(ours - theirs)][:TOLD], [*(theirs - ours)][:TOLD]
    if missing:
        sentence = _("In the source stands %(numbers)s, and not here.")
        yield Check("numbers", sentence % {"numbers": ", ".join(missing)})
    if extra:
        sentence = _("Here stands %(numbers)s, and not in the source.")
        yield Check("numbers", sentence % {"numbers": ", ".join(extra)})


def numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a text in Western digits, without separators, and with a point before the fraction."""
    for match in _NUMBER.finditer(text):
        whole, fraction, sign = _western(match[1]), _western(match[2] or ""), match[3]
        if sign:
            whole += fraction.ljust(ZEROS[sign], "0")
            fraction = ""
        whole = whole.lstrip("0") or "0"
        fraction = fraction.rstrip("0")
        if len(whole) > 1 or fraction:
            yield f"{whole}.{fraction}" if fraction else whole


def _western(digits: str) -> str:
    return "".join(str(unicodedata.digit(sign)) for sign in digits if sign.isdigit())
