"""The accent of the site, as a stylesheet of one rule: its address says the colours, so that it needs no one to ask, and never changes."""

from django.urls import reverse

from newsroom.site import colours

COLOURS = ("accent", "accent_dark")
RULE = ":root{{--site-accent:#{day};--site-accent-dark:#{night}}}\n"
"""What static/css/tokens.css takes where it is there."""


def address(day, night):
    """Return the path of the stylesheet of a colour by day and one by night, "" where there is none by day.

    Without one by night it is the colour by day, made lighter until it can be read.
    """
    if not colours.HEX.fullmatch(day):
        return ""
    if not colours.HEX.fullmatch(night):
        night = colours.for_night(day)
    return reverse("accent", kwargs={"day": day[1:], "night": night[1:]})


def stylesheet(day, night):
    return RULE.format(day=day, night=night)
