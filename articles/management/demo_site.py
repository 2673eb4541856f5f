"""What the demo says of itself, in each of its languages."""

from newsroom.languages import enabled
from newsroom.site import actions
from newsroom.site.models import SiteTexts

STRAPLINES = {
    "en": "Reported once, read in every language",
    "es": "Contado una vez, leído en todas las lenguas",
    "pt": "Contado uma vez, lido em todas as línguas",
    "ar": "خبر واحد يُقرأ بكل اللغات",
}


def create():
    """Say it on a site that says nothing of itself yet."""
    if not SiteTexts.objects.exists():
        for language in enabled():
            if words := STRAPLINES.get(language.code):
                actions.say(language.code, strapline=words)
