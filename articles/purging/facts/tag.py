"""What readers see of a tag: its label and its address in each language."""

from dataclasses import dataclass

from articles.models import Tag
from articles.purging.kind import NOTHING, Fixed, Kind, Part, enabled, paired
from articles.purging.names import name


@dataclass(frozen=True)
class Labels(Fixed):
    """The facts of a tag, with its slug in each language."""

    slugs: dict


class Tags(Kind):
    """A tag can take the address of another one: that one's is compared as well."""

    models = {Tag: "pk"}
    parts = (
        Part(
            "tag:<id>:<language>",
            "a tag's label, as a link or over its list",
            "the label or address there changes",
            hides=True,
        ),
        Part(
            "url:tag:<id>:<language>",
            "the list of a tag that leads to its list in this language",
            "its address there changes",
        ),
        Part(
            "letters:tag:<language>",
            "the tags under one letter, where there are too many for one page",
            "the label of a tag changes",
        ),
        Part(
            "kind:tag:<id>",
            "a story with this tag: its series, the story so far, related stories; or its list",
            "the tag becomes one of a topic, of a running story or of a series",
        ),
    )

    def load(self, pks):
        return {tag.pk: _snapshot(tag) for tag in Tag.objects.filter(pk__in=pks)}

    def changes(self, before, **context):
        after = self.load(before)
        yield from paired(before, after)
        yield NOTHING, Fixed(dict.fromkeys(_displaced(before, after), True))


def _snapshot(tag):
    values = {name("kind:tag", tag.pk): tag.kind}
    for code in enabled():
        url = tag.url_in(code)
        values[name("tag", tag.pk, code)] = tag.label_in(code), url
        values[name("letters", "tag", code)] = tag.label_in(code)
        values[name("url:tag", tag.pk, code)] = url
    return Labels(values, {code: tag.slug_in(code) for code in enabled()})


def _displaced(before, after):
    """Return the names of other tags whose addresses these have taken, or given up."""
    others, names = Tag.objects.exclude(pk__in=list(before)), set()
    for pk, now in after.items():
        old = before[pk].slugs if before[pk] is not NOTHING else {}
        for code, slug in now.slugs.items():
            if slug != old.get(code):
                for address in filter(None, (old.get(code), slug)):
                    rivals = others.with_slug(address, language=code).values_list("pk", flat=True)
                    names |= {name("tag", rival, code) for rival in rivals}
    return names


KIND = Tags()
