"""The shelves that generated stories stand on: made when missing, found when there."""

from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image as Pillow

from articles.management import demo_categories
from articles.models import Author, Category, Image, Tag, TagAlias
from articles.texts import fold
from tests.bench import archive

TAG_NAME, AUTHOR_NAME = "Generated topic {}", "Generated writer {}"
PICTURE_NAME = "Generated picture {}"


@dataclass(frozen=True)
class Shelves:
    """Ids by rank, commonest first; a region's are its own and those of its ancestors."""

    regions: list
    sections: list
    tags: list
    authors: list
    pictures: list


@transaction.atomic
def prepare():
    """Return the Shelves of this database, with what is missing made."""
    demo_categories.create()
    return Shelves(
        regions=[_region(*slugs) for slugs in archive.REGIONS],
        sections=[_category("section", slug).pk for slug in archive.SECTIONS],
        tags=_tags(),
        authors=_authors(),
        pictures=[_picture(rank) for rank in range(archive.PICTURES)],
    )


def _region(parent, child):
    root = _category("region", parent)
    return [_category("region", child, parent=root).pk, root.pk]


def _category(kind, slug, *, parent=None):
    category = Category.objects.filter(kind=kind, slug_en=slug).first()
    if category is None:
        name = slug.replace("-", " ").capitalize()
        category = Category.objects.create(kind=kind, slug_en=slug, name_en=name, parent=parent)
    return category


def _tags():
    """Return the ids of all tags, made in two statements: Tag.save would take four for each."""
    names = [TAG_NAME.format(rank + 1) for rank in range(archive.TAGS)]
    keys = {fold(name): name for name in names}
    known = set(TagAlias.objects.filter(key__in=keys).values_list("key", flat=True))
    missing = [name for key, name in keys.items() if key not in known]
    made = Tag.objects.bulk_create(Tag(name=name, slug=_slug(name)) for name in missing)
    TagAlias.objects.bulk_create(
        TagAlias(tag=tag, text=tag.name, key=fold(tag.name), folded=TagAlias.folded_of(tag.name))
        for tag in made
    )
    ids = dict(TagAlias.objects.filter(key__in=keys).values_list("key", "tag_id"))
    return [ids[key] for key in keys]


def _authors():
    names = [AUTHOR_NAME.format(rank + 1) for rank in range(archive.AUTHORS)]
    known = set(Author.objects.filter(name_en__in=names).values_list("name_en", flat=True))
    Author.objects.bulk_create(
        Author(name_en=name, slug=_slug(name)) for name in names if name not in known
    )
    ids = dict(Author.objects.filter(name_en__in=names).values_list("name_en", "pk"))
    return [ids[name] for name in names]


def _slug(name):
    return name.lower().replace(" ", "-")


def _picture(rank):
    name = PICTURE_NAME.format(rank + 1)
    picture = Image.objects.filter(description=name).first()
    if picture is None:
        drawn = BytesIO()
        Pillow.new("RGB", (96, 64), (rank * 31, 120, 255 - rank * 31)).save(drawn, "jpeg")
        file = ContentFile(drawn.getvalue(), name="drawn.jpg")
        picture = Image.objects.create(description=name, file=file, credit_line="Generated")
    return picture.pk
