"""Store the pictures of a story, and note those whose file is missing."""

import hashlib

from django.core.files import File

from articles import renditions
from articles.models import Image, ImageUse
from articles.models.image import original_path
from articles.texts import column
from newsroom.languages import LANGUAGES

RIGHTS = ("creator", "credit_line", "copyright_notice", "licence", "licence_url", "source_url")


class Pictures:
    """The pictures of one story. `take_back` removes the files of a story that was not stored."""

    def __init__(self, *, dry_run):
        self.dry_run = dry_run
        self.stored = []

    def use(self, pictures, article):
        """Make these the images of the article; return (reference -> image id, notes)."""
        image_ids, notes, kept = {}, [], []
        for position, picture in enumerate(pictures):
            image, note = self._image(picture, article)
            notes += note
            kept.append(self._use(picture, article, image, position).pk)
            image_ids[picture.reference] = image.pk
        article.uses.exclude(pk__in=kept).delete()
        return image_ids, notes

    def take_back(self):
        for stored in self.stored:
            stored.delete(save=False)

    def _image(self, picture, article):
        """Return the image for a picture, and notes: one that is here already, or a new one."""
        if picture.path is None:
            return self._gap(picture, article), []
        with picture.path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
            found = Image.objects.filter(checksum=checksum).exclude(file="").first()
            if found:
                return found, []
            try:
                size = renditions.inspect(file)
            except renditions.UnreadablePicture as error:
                note = f"{picture.path.name} cannot be shown: {error}. It is recorded as missing."
                return self._gap(picture, article), [note]
            return self._stored(picture, file, checksum, size), []

    def _gap(self, picture, article):
        """Return the gap that stands for this picture already, or a new one."""
        known = Image.objects.with_gaps().filter(
            uses__article=article, credit_line=picture.credit_line
        )
        return known.first() or Image.objects.create(**_rights(picture))

    def _stored(self, picture, file, checksum, size):
        image = Image(**_rights(picture))
        if self.dry_run:
            image.checksum, (image.width, image.height) = checksum, size
            image.file = original_path(image, picture.path.name)
        else:
            image.file = File(file, name=picture.path.name)
        image.save()
        if not self.dry_run:
            self.stored.append(image.file)
            renditions.request(image)
        return image

    @staticmethod
    def _use(picture, article, image, position):
        words = {}
        for language in LANGUAGES:
            words[column("caption", language)] = picture.caption.get(language, "")
            words[column("alt", language)] = picture.alt.get(language, "")
        if picture.lead:
            article.uses.exclude(image=image).update(is_lead=False)
        place = {"position": position, "is_lead": picture.lead}
        use, _new = ImageUse.objects.update_or_create(
            article=article, image=image, defaults=words | place
        )
        return use


def _rights(picture):
    fields = {name: getattr(picture, name) for name in RIGHTS}
    if picture.focal_point:
        fields["focal_x"], fields["focal_y"] = picture.focal_point
    words = next(iter([*picture.caption.values(), *picture.alt.values()]), "")
    return fields | {"valid_until": picture.valid_until, "description": words[:200]}
