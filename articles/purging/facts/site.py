"""What readers see of the settings of the site, in each language."""

from articles.purging.kind import ALL, Fixed, Kind, Part, enabled
from articles.purging.names import name
from newsroom.site import reading
from newsroom.site.models import SiteSettings, SiteTexts


class SiteKind(Kind):
    """All settings at once: a text that is missing in one language stands there in another."""

    models = {SiteSettings: None, SiteTexts: None}
    parts = (
        Part(
            "site:<language>",
            "what the site says of itself: every page, and the feed of all stories",
            "its name or its strapline is another",
        ),
        Part(
            "site:name:<language>",
            "the name of the site alone: feeds, and what search engines are told of the newest stories",
            "the name is another",
        ),
        Part(
            reading.TAG,
            "no page, but what each process keeps of the settings",
            "any of them is another",
        ),
    )

    def load(self, pks):
        identity = reading.stored()
        values = {reading.TAG: identity}
        for code in enabled():
            site = identity.within(code)
            values |= {name("site", code): site, name("site:name", code): site.name}
        return {ALL: Fixed(values)}


KIND = SiteKind()
"""What readers see of the settings of the site."""
