"""Summaries for a place with little room: whole sentences, or else whole words."""

import re

END = re.compile(r"""[.!?…؟۔。！？]+["'”’»›)\]]*(?=\s|$)|[。！？]+[」』”’）]*""")
"""What a sentence can end with; in Chinese and Japanese no space follows."""

SHORT = 4
"""The most letters of a capitalised word that may be an abbreviation: Gov., Sra., U.S."""


def cut(text: str, most: int) -> str:
    """Return as many whole sentences of a text, from its start, as fit into so many letters; "" where none does."""
    if len(text) <= most:
        return text
    ends = [match.end() for match in END.finditer(text) if _is_end(text, match)]
    return text[: max((end for end in ends if end <= most), default=0)]


def shortened(text: str, most: int) -> str:
    """Return a text of so many letters at most: one that is longer ends after a word, with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0][:most].rstrip(" ,;:–—-") + "…"


def _is_end(text: str, mark: re.Match[str]) -> bool:
    """Return whether a sentence ends here; a full stop behind what may be an abbreviation is none."""
    if set(mark[0]) & set("!?؟۔。！？…"):
        return True
    word = text[: mark.start()].rsplit(None, 1)[-1:]
    letters = word[0].lstrip("\"'“‘«‹([¿¡") if word else ""
    is_short = len(letters) <= SHORT and letters[:1].isupper()
    following = text[mark.end() :].lstrip()[:1]
    return not (is_short or "." in letters or following.islower())
