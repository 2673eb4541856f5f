"""Store the pictures of a story, and note those whose file is missing."""

import hashlib

from django.core.files import File

from articles import changes, renditions
from articles.importers import rights
from articles.models import Image, ImageUse
from articles.models.image import original_path
from articles.texts import column, text
from newsroom.languages import LANGUAGES


class Pictures:
    """The pictures of one story. `take_back` removes the files of a story that was not stored."""

    def __init__(self, *, dry_run):
        self.dry_run = dry_run
        self.stored = []

    def use(self, pictures, article):
        """Make these the images of the article; return (reference -> image id, notes)."""
        image_ids, notes, kept, has_new_gap = {}, [], [], False
        uses = list(article.uses.select_related("image"))
        before = _matched(pictures, uses)
        for position, picture in enumerate(pictures):
            image, note = self._image(picture, before.get(position))
            notes += note
            has_new_gap |= image.is_gap and position not in before
            if image.pk in image_ids.values():
                notes.append(f"{_name(picture)} stands twice in the story; it is shown once.")
            else:
                use = next((use for use in uses if use.image_id == image.pk), None)
                notes += rights.renew(image, picture, use)
                kept.append(self._use(picture, article, image, position).pk)
            image_ids[picture.reference] = image.pk
        left = [use for use in uses if use.pk not in kept]
        # A file that is here is never given up for one that is not.
        filled = [use for use in left if has_new_gap and not use.image.is_gap]
        notes += [f"“{use}” is in the story no more, but kept with it." for use in filled]
        article.uses.filter(pk__in={use.pk for use in left} - {use.pk for use in filled}).delete()
        return image_ids, notes

    def take_back(self):
        for stored in self.stored:
            stored.delete(save=False)

    def _image(self, picture, before):
        """Return the image for a picture, and notes: one that is here already, or a new one.

        `before` is the use that the picture had so far, or None.
        """
        if picture.path is None:
            return _missing(picture, before), _suspicion(picture, before)
        with picture.path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
            found = Image.objects.filter(checksum=checksum).exclude(file="").order_by("pk").first()
            if found:
                return found, []
            try:
                size = renditions.inspect(file)
            except renditions.UnreadablePicture as error:
                note = f"{picture.path.name} cannot be shown: {error}. It is recorded as missing."
                return _missing(picture, before), [note]
            return self._stored(picture, file, before, (checksum, size)), []

    def _stored(self, picture, file, before, measured):
        """Store the file: in the gap that waits for it, or as a new image."""
        image = before.image if before and before.image.is_gap else Image(**_rights(picture))
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
            changes.touch_articles(article.pk)
            article.uses.exclude(image=image).update(is_lead=False)
        place = {"position": position, "is_lead": picture.lead}
        source = {
            "source_reference": picture.reference,
            "source_rights": rights.said(picture),
        }
        use, _new = ImageUse.objects.update_or_create(
            article=article, image=image, defaults=words | place | source
        )
        return use


def _name(picture):
    return picture.path.name if picture.path else f"“{_description(picture)}”"


def _missing(picture, before):
    """Return the image that stands for a picture without a file: perhaps it has been uploaded."""
    return before.image if before else Image.objects.create(**_rights(picture))


def _suspicion(picture, before):
    """Warn where the file that was uploaded for a gap may belong to another picture."""
    if not before or before.image.is_gap or picture.reference or _has_words(picture, 0, before):
        return []
    words = _description(picture) or picture.credit_line
    return [f"The words of a picture have changed to “{words}”: look whether its file still fits."]


def _matched(pictures, uses):
    """Return position -> the use that the picture there had so far, by the surest sign first."""
    found, left = {}, list(uses)
    for is_same in (_has_reference, _has_words, _has_place, _has_credit):
        for position, picture in enumerate(pictures):
            signs = (use for use in left if is_same(picture, position, use))
            if position not in found and (use := next(signs, None)):
                found[position] = use
                left.remove(use)
    return found


def _has_reference(picture, _position, use):
    return picture.reference and use.source_reference == picture.reference


def _has_words(picture, _position, use):
    """Compare with the words of the use: the image's description is the editors' to change."""
    said = (("caption", picture.caption), ("alt", picture.alt))
    return any(
        words and text(use, field, language) == words
        for field, by_language in said
        for language, words in by_language.items()
    )


def _has_place(picture, position, use):
    """Only a picture without a name is known by its place."""
    return not (picture.reference or use.source_reference) and use.position == position


def _has_credit(picture, _position, use):
    return use.image.is_gap and use.image.credit_line == picture.credit_line


def _description(picture):
    return next(iter([*picture.caption.values(), *picture.alt.values()]), "")[:200]


def _rights(picture):
    fields = {name: getattr(picture, name) for name in rights.RIGHTS}
    if picture.focal_point:
        fields["focal_x"], fields["focal_y"] = picture.focal_point
    return fields | {"valid_until": picture.valid_until, "description": _description(picture)}
