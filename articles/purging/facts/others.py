"""What readers see of categories, tags, authors and images."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.conf import settings

from articles.models import Author, Category, Image, Tag
from articles.pages.menu import Tree
from articles.purging.names import name
from articles.purging.ranks import Ranks
from articles.renditions import picture_of, sharing_url
from articles.templatetags.articles import focus_classes
from articles.texts import column, text, text_or_default

TREE = 0
"""The id of the one snapshot that there is of all categories."""


@dataclass(frozen=True)
class Fixed:
    """Facts that no moment changes."""

    values: dict

    def facts(self, *, at):
        return self.values

    def moments(self, *, after):
        return []


@dataclass(frozen=True)
class Categories(Fixed):
    """The whole tree, with what decides how it names stories."""

    ranks: Ranks


def tree(_pks=()):
    """Return the snapshot of all categories, under the id TREE."""
    values = {}
    for code in _codes():
        values |= _tree_in(code)
    return {TREE: Categories(values, Ranks.load())}


def _tree_in(code):
    found = Tree.load(language=code)
    words = Category.objects.values_list("pk", column("description", code))
    descriptions = {pk: description or "" for pk, description in words}
    values = {name("menu", code): _menu(found)}
    for pk, node in found.nodes.items():
        # Another category may come to stand at the same address.
        stands = found.find(node.kind, node.path_in(code)) is node
        lines = [[_line(each) for each in nodes] for nodes in (node.lineage(), node.children)]
        values[name("category", pk, code)] = (*_line(node), stands)
        values[name("url:category", pk, code)] = node.url
        values[name("about:category", pk, code)] = (descriptions.get(pk, ""), lines)
    return values


def _menu(found):
    regions = [(_line(node), [_line(child) for child in node.children]) for node in found.regions]
    return regions, [_line(node) for node in found.sections]


def _line(node):
    return node.label, node.url


def tags(pks):
    """Return id -> snapshot of tags."""
    return {
        tag.pk: Fixed(
            {
                key: value
                for code in _codes()
                for key, value in (
                    (name("tag", tag.pk, code), (tag.label_in(code), tag.url_in(code))),
                    (name("url:tag", tag.pk, code), tag.url_in(code)),
                )
            }
        )
        for tag in Tag.objects.filter(pk__in=pks)
    }


def authors(pks):
    """Return id -> snapshot of authors."""
    found = {}
    for author in Author.objects.filter(pk__in=pks):
        values = {}
        for code in _codes():
            url = author.url_in(code)
            values[name("author", author.pk, code)] = text_or_default(author, "name", code), url
            values[name("url:author", author.pk, code)] = url
            values[name("about:author", author.pk, code)] = text(author, "bio", code)
        found[author.pk] = Fixed(values)
    return found


@dataclass(frozen=True)
class Picture:
    """An image as it stands in the database."""

    image: Image

    def facts(self, *, at):
        image, pk = self.image, self.image.pk
        picture = picture_of(image, at=at)
        cut = picture and focus_classes(SimpleNamespace(image=image))
        return {
            name("image", pk): (picture, sharing_url(image, at=at)),
            name("crop", pk): (picture, cut),
            name("shown", pk): picture is not None,
            name("credit", pk): picture and _credit(image),
        }

    def moments(self, *, after):
        until = self.image.valid_until
        return [until] if until and until > after else []


def _credit(image):
    credit = image.credit_line or image.creator
    return credit and (credit, image.licence, image.licence and image.licence_url)


def images(pks):
    """Return id -> snapshot of images."""
    return {pk: Picture(image) for pk, image in Image.objects.in_bulk(list(pks)).items()}


def _codes():
    return [code for code, _name in settings.LANGUAGES]
