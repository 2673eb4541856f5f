"""What readers see of an author: the name, the address and what is told of the author."""

from articles.models import Author
from articles.purging.kind import Fixed, Kind, Part, enabled
from articles.purging.names import name
from articles.texts import text, text_or_default


class Authors(Kind):
    models = {Author: "pk"}
    parts = (
        Part(
            "author:<id>:<language>",
            "an author's name, as a link or over a list",
            "the name or address there changes",
            hides=True,
        ),
        Part(
            "url:author:<id>:<language>",
            "the list of an author that leads to the one in this language",
            "the address changes",
        ),
        Part(
            "letters:author:<language>",
            "the authors under one letter, where there are too many for one page",
            "the name of an author changes",
        ),
        Part(
            "about:author:<id>:<language>",
            "the first page of the author's list: what is told of the author",
            "that changes",
        ),
        Part(
            "kind:author:<id>",
            "a story that tells machines whether a person or an organisation is credited",
            "the author becomes one or the other",
        ),
    )

    def load(self, pks):
        return {author.pk: Fixed(_values(author)) for author in Author.objects.filter(pk__in=pks)}


def _values(author):
    values = {name("kind:author", author.pk): author.kind}
    for code in enabled():
        url, label = author.url_in(code), text_or_default(author, "name", code)
        values[name("author", author.pk, code)] = label, url
        values[name("letters", "author", code)] = label
        values[name("url:author", author.pk, code)] = url
        values[name("about:author", author.pk, code)] = text(author, "bio", code)
    return values


KIND = Authors()
