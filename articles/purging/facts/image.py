"""What readers see of an image: the picture, how a card crops it, and its credit."""

from dataclasses import dataclass

from articles.models import Image
from articles.pages.card import Use
from articles.purging.kind import SHOWN, Kind, Part, Snapshot
from articles.purging.names import name
from articles.renditions import crops, picture_of, sharing_url
from articles.templatetags.articles import crop_classes


@dataclass(frozen=True)
class Picture(Snapshot):
    """An image as it stands in the database."""

    image: Image

    def facts(self, *, at):
        image, pk = self.image, self.image.pk
        picture = picture_of(image, at=at)
        fits = Use(image, at).fits_card
        # Of one that has become too small for a card, nothing need be hidden.
        cut = (picture, crop_classes(image)) if fits else picture and (SHOWN,)
        return {
            name("image", pk): (picture, sharing_url(image, at=at), crops(image, at=at)),
            name("crop", pk): cut,
            name("shown", pk): fits,
            name("credit", pk): picture and _credit(image),
            name("rights", pk): picture and (image.copyright_notice, image.licence_url),
            name("creator", pk): picture and (image.creator,),
        }

    def moments(self, *, after):
        until = self.image.valid_until
        return [until] if until and until > after else []


class Images(Kind):
    models = {Image: "pk"}
    parts = (
        Part(
            "image:<id>",
            "a picture in a story",
            "a file comes, or is replaced; renditions are there; the focal point or the kind changes; the right to show it begins or ends",
            hides=True,
        ),
        Part("crop:<id>", "a picture on a card, cropped", "the same", hides=True),
        Part(
            "shown:<id>",
            "whether a card has a picture",
            "it can be seen now, or no more, or a file comes that is large enough or too small",
        ),
        Part("credit:<id>", "the credit and the licence under a picture", "they change"),
        Part(
            "rights:<id>",
            "a picture of which machines are told the copyright notice and the address of the licence",
            "one of the two changes",
        ),
        Part("creator:<id>", "a picture of which machines are told the creator", "that changes"),
    )

    def load(self, pks):
        return {pk: Picture(image) for pk, image in Image.objects.in_bulk(list(pks)).items()}

    def is_announced(self, thing):
        # No page shows it yet; one that will has to end with the right to it.
        return thing.valid_until is not None

    def planned(self, *, after):
        return Image.objects.filter(valid_until__gt=after).values_list("pk", flat=True)


def _credit(image):
    credit = image.credit_line or image.creator
    return credit and (credit, image.licence, image.licence and image.licence_url)


KIND = Images()
