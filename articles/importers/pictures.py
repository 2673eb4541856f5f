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
        known = list(article.uses.select_related("image"))
        for position, picture in enumerate(pictures):
            image, note = self._image(picture, known)
            notes += note
            if image.pk in image_ids.values():
                notes.append(f"{picture.path.name} stands twice in the story; it is shown once.")
            else:
                kept.append(self._use(picture, article, image, position).pk)
            known = [use for use in known if use.image_id != image.pk]
            image_ids[picture.reference] = image.pk
        article.uses.exclude(pk__in=kept).delete()
        return image_ids, notes

    def take_back(self):
        for stored in self.stored:
            stored.delete(save=False)

    def _image(self, picture, known):
        """Return the image for a picture, and notes: one that is here already, or a new one.

        `known` are the uses that the article has had and that no picture has taken yet.
        """
        if picture.path is None:
            return self._missing(picture, known), []
        with picture.path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
            found = Image.objects.filter(checksum=checksum).exclude(file="").order_by("pk").first()
            if found:
                return found, []
            try:
                size = renditions.inspect(file)
            except renditions.UnreadablePicture as error:
                note = f"{picture.path.name} cannot be shown: {error}. It is recorded as missing."
                return self._missing(picture, known), [note]
            return self._stored(picture, file, known, (checksum, size)), []

    @staticmethod
    def _missing(picture, known):
        """Return the image that stands for a picture without a file: perhaps it has been uploaded."""
        return _meant(picture, known) or Image.objects.create(**_rights(picture))

    def _stored(self, picture, file, known, measured):
        """Store the file: in the gap that waits for it, or as a new image."""
        gaps = [use for use in known if use.image.is_gap]
        image = _meant(picture, gaps) or Image(**_rights(picture))
        checksum, size = measured
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


def _meant(picture, uses):
    """Return the image, of those in use, that has this picture's words, or the gap with its credit."""
    words, images = _description(picture), [use.image for use in uses]
    found = [image for image in images if words and image.description == words]
    found += [i for i in images if i.is_gap and i.credit_line == picture.credit_line]
    return next(iter(found), None)


def _description(picture):
    return next(iter([*picture.caption.values(), *picture.alt.values()]), "")[:200]


def _rights(picture):
    fields = {name: getattr(picture, name) for name in RIGHTS}
    if picture.focal_point:
        fields["focal_x"], fields["focal_y"] = picture.focal_point
    return fields | {"valid_until": picture.valid_until, "description": _description(picture)}
