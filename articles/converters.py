"""What may stand in an address. Only an enabled language is a language."""

from django.conf import settings

from newsroom.languages import LANGUAGES


class Language:
    regex = "|".join(LANGUAGES)

    def to_python(self, value):
        if value not in dict(settings.LANGUAGES):
            raise ValueError
        return value

    def to_url(self, value):
        return value


class Slug:
    """Letters of any script, digits, hyphens and underscores."""

    regex = r"[-\w]+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class SlugPath(Slug):
    regex = r"[-\w]+(?:/[-\w]+)*"


class Feed(Slug):
    regex = "atom|rss|json"


class Folder(Slug):
    """What stands between the language and the last part of an address: nothing, or parts that each end with a slash."""

    regex = "(?:.+/)?"


class Rest(Slug):
    """The rest of an address, which may be nothing."""

    regex = ".*"


class Positive:
    """A number from 1 on, of at most two digits."""

    regex = "[1-9][0-9]?"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class Year(Slug):
    regex = "[0-9]{4}"


class TwoDigits(Slug):
    regex = "[0-9]{2}"
