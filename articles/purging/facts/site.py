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
            "what the site says of itself round every page",
            "its name, strapline, copyright line, accounts, licence, digits, time zone, logo, icon or accent are others, or what programs may do with it",
        ),
        Part(
            "site:name:<language>",
            "the name of the site alone: feeds, and what search engines are told of the newest stories",
            "the name is another",
        ),
        Part(
            "site:strapline:<language>",
            "the strapline of the site alone: what programs are told first",
            "the strapline is another",
        ),
        Part(
            "site:own_strapline:<language>",
            "the strapline where it is in the language itself: the feed of all stories",
            "it is another, or stands there no more",
        ),
        Part(
            "site:copyright:<language>",
            "the copyright line of the site, the licence of its texts and what programs may do with them: feeds",
            "one of the three is another",
        ),
        Part(
            "site:publisher:<language>",
            "what machines are told of the publisher of a story or of a page of the site's own",
            "the legal name of the publisher or its contact address is another",
        ),
        Part(
            "site:marks:<language>",
            "the logo and the icon of the site alone: feeds",
            "one of the two is another",
        ),
        Part(
            "site:sharing:<language>",
            "the picture for sharing, where a page has none of its own",
            "it is another, or what it shows is said in other words",
        ),
        Part(
            "site:changes:<language>",
            "a story in full, or what was changed in it",
            "readers are to be told what was changed, or not any more",
        ),
        Part(
            "site:counts:<language>",
            "a card with more than a headline, or a story in full",
            "readers are to be told how many comments there are, or not any more",
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
            values |= {
                name("site", code): _frame(site, identity.zone),
                name("site:name", code): site.name,
                name("site:strapline", code): site.strapline,
                name("site:own_strapline", code): site.own_strapline,
                name("site:copyright", code): (site.copyright, _told(site)),
                name("site:marks", code): (site.look.logo, site.look.icon),
                name("site:sharing", code): _shared(site),
                name("site:publisher", code): (site.legal_name, site.contact),
                name("site:changes", code): site.shows_changes,
                name("site:counts", code): site.counts_comments,
            }
        return {ALL: Fixed(values)}


def _frame(site, zone):
    words = site.name, site.strapline, site.copyright, site.accounts, site.own_digits
    return *words, zone, _told(site), *_head(site.look)


def _shared(site):
    return site.look.sharing and (site.look.sharing, str(site.sharing_alt))


def _head(look):
    return look.logo, look.logo_dark, look.icon, look.accent


def _told(site):
    return sorted(site.policy.headers.items())


KIND = SiteKind()
"""What readers see of the settings of the site."""
