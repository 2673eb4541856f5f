"""The colours that readers' pages have, how well one is read on another (WCAG 2.2), and the stylesheet of those that a site has chosen.

That stylesheet has one rule. Its address says the colours, so that it needs no one to ask, and never changes.
"""

import re

from django.urls import reverse

DAY = ("#fcf9f3", "#f3ede1")
NIGHT = ("#131110", "#211d1b")
"""What words stand on, by day and by night: the page, and what lies on it. static/css/tokens.css has the same."""

LEAST = 4.5
"""The contrast that words need."""

HEX = re.compile(r"#[0-9a-f]{6}")
STEPS = 50

ACCENTS = ("accent", "accent_dark")
RULE = ":root{{--site-accent:#{day};--site-accent-dark:#{night}}}\n"
"""What static/css/tokens.css takes where it is there."""


def contrast(one: str, other: str) -> float:
    """Return how far two colours are apart, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def worst(colour: str, grounds: tuple[str, ...]) -> float:
    """Return the contrast of a colour with that of the grounds on which it is read worst."""
    return min(contrast(colour, ground) for ground in grounds)


def for_night(colour: str) -> str:
    """Return the colour as it can be read by night: with as little white as that needs."""
    lighter = (_mixed(colour, step / STEPS) for step in range(STEPS + 1))
    return next(shade for shade in lighter if worst(shade, NIGHT) >= LEAST)


def address(day: str, night: str) -> str:
    """Return the path of the stylesheet of an accent by day and one by night, "" where there is none by day.

    Without one by night it is the accent by day, made lighter until it can be read.
    """
    if not HEX.fullmatch(day):
        return ""
    if not HEX.fullmatch(night):
        night = for_night(day)
    return str(reverse("accent", kwargs={"day": day[1:], "night": night[1:]}))


def stylesheet(day: str, night: str) -> str:
    """Return the stylesheet of two colours, each without its "#"."""
    return RULE.format(day=day, night=night)


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _mixed(colour: str, white: float) -> str:
    parts = (round(channel + (255 - channel) * white) for channel in _channels(colour))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
