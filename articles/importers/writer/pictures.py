"""Store the pictures of a story, and note those whose file is missing."""

import hashlib

from django.core.files import File

from articles.actions import illustrating
from articles.importers.notes import Note
from articles.importers.writer import rights
from articles.models import Image, ImageUse, original_path
from articles.texts import column, text
from newsroom.files import unfinished
from newsroom.files.pictures import UnreadablePicture, inspect
from newsroom.languages import with_columns

WORDS = ("caption", "alt")


class Pictures:
    """The pictures of one story. `keep` is for after its commit, `take_back` for one that was not stored.

    `changed` tells whether the article has other images, or other words under them, than before.
    """

    def __init__(self, *, dry_run):
        self.dry_run, self.written = dry_run, []
        self.changed = self.has_new_gap = False

    def use(self, story, article, given):
        """Give the article the pictures of the story; return (reference -> image id, notes).

        What the source shows no more stays until `let_go`: bodies may show it still.
        """
        pictures = story.pictures
        image_ids, notes, shown, leads = {}, [], [], None
        uses = [] if given.is_new else list(article.uses.select_related("image"))
        before = _matched(pictures, uses, given)
        for position, picture in enumerate(pictures):
            was = before.get(position)
            image, image_notes = self._image(picture, was, given)
            self.has_new_gap |= image.is_gap and was is None
            notes += image_notes
            if image.pk in shown:
                words = f"{_name(picture)} stands twice in the story; it is shown once."
                notes.append(Note(words, "pictures given twice"))
            else:
                use = next((use for use in uses if use.image_id == image.pk), None)
                use = use or _begun(article, image, was, given, position=len(shown))
                notes += self._show(picture, use, given, languages=story.texts, position=len(shown))
                shown.append(image.pk)
            image_ids[picture.reference] = image.pk
            leads = image.pk if picture.lead else leads
        self._lead(article, leads, given)
        _come, self.gone = given.exchange("images", shown)
        return image_ids, notes

    def let_go(self, article, given, *, shown):
        """Take away what only this reading gave, and gives no more; return notes.

        What the bodies show (`shown`) stays, and what somebody wrote words for here. A file that is
        here is never given up for one that is not.
        """
        if not self.gone:
            return []
        left = article.uses.filter(image__in=self.gone).exclude(image__in=shown)
        kept = [
            use
            for use in left.select_related("image")
            if (self.has_new_gap and not use.image.is_gap) or _is_edited(use, given)
        ]
        self.changed |= illustrating.take_out(left.exclude(pk__in=[use.pk for use in kept]))
        return [f"“{use}” is in the story no more, but kept with it." for use in kept]

    def keep(self):
        for name in self.written:
            unfinished.keep(name)

    def take_back(self):
        for name in self.written:
            unfinished.drop(name)

    def _image(self, picture, before, given):
        """Return the image for a picture, and notes: one that is here already, or a new one.

        `before` is the use that the picture had so far, or None.
        """
        if picture.path is None:
            return _missing(picture, before), _suspicion(picture, before, given)
        with picture.path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
            image = Image.objects.filter(checksum=checksum).exclude(file="").order_by("pk").first()
            if image := image or _as_stored(before, checksum):
                return image, []
            try:
                size = inspect(file)
            except UnreadablePicture as error:
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
            image.write_file(tell=self._begin)
        illustrating.store(image)
        self.changed = True
        return image

    def _begin(self, name):
        self.written.append(name)
        unfinished.note(name)

    def _show(self, picture, use, given, *, languages, position):
        """Write what this reading says of the use of an image; return notes."""
        changed, notes = use.pk is None, []
        changed |= _write_words(use, picture, given, languages=languages)
        before = given.before("images")
        was = before.index(use.image_id) if use.image_id in before else None
        if use.position == was != position:
            use.position, changed = position, True
        if use.image_id not in given.elsewhere("rights"):
            changed |= use.source_rights != rights.said(picture)
            notes = rights.renew(use.image, picture, use if use.pk else None)
            use.source_reference, use.source_rights = picture.reference, rights.said(picture)
            given.own["rights"] = [*{*given.before("rights"), use.image_id}]
        if changed:
            illustrating.show(use)
        self.changed |= changed
        return notes

    def _lead(self, article, image, given):
        """Let the image lead that the source lets lead now, unless that was changed here."""
        before, given.own["lead"] = given.own.get("lead"), image
        if given.is_new and image is None:
            return
        current = article.uses.filter(is_lead=True).first()
        if before == (current.image_id if current else None):
            self.changed |= illustrating.lead(article, image, instead_of=current)


def _write_words(use, picture, given, *, languages):
    """Write the words under an image in the languages of the source; return whether any is new."""
    changed = False
    for name in WORDS:
        words = getattr(picture, name)
        for language in {*languages, *words}:
            said, here = words.get(language, ""), text(use, name, language)
            if given.takes(field_of(name, language, use.image_id), said=said, here=here):
                setattr(use, column(name, language), said)
                changed = True
    return changed


def _is_edited(use, given):
    """Return whether the use has words that came from no source."""
    return any(
        given.is_edited(field_of(name, language, use.image_id), text(use, name, language))
        for name in WORDS
        for language in with_columns()
    )


def _begun(article, image, before, given, *, position):
    """Return a new use of an image; one in the place of another has the words of that."""
    use = ImageUse(article=article, image=image, position=position)
    for name in WORDS:
        for language in with_columns():
            words = text(before, name, language) if before else ""
            setattr(use, column(name, language), words)
            if before:
                old = field_of(name, language, before.image_id)
                given.copy(old, to=field_of(name, language, image.pk))
    return use


def field_of(name, language, image):
    return f"{name}.{language}.{image}"


def _name(picture):
    return picture.path.name if picture.path else f"“{described(picture)}”"


def _missing(picture, before):
    """Return the image that stands for a picture without a file: perhaps it has been uploaded."""
    return before.image if before else illustrating.expect(**_rights(picture))


def _as_stored(before, checksum):
    """Return the image that the picture had if its stored file has this checksum, as one has that left from here.

    An image is known by what was sent; what a camera wrote into that is not stored.
    """
    if before is None or before.image.is_gap:
        return None
    with before.image.file.open("rb") as file:
        return before.image if hashlib.file_digest(file, "sha256").hexdigest() == checksum else None


def _suspicion(picture, before, given):
    """Warn where the file that was uploaded for a gap may belong to another picture."""
    if not before or before.image.is_gap or picture.reference or _has_words(picture, 0, before):
        return []
    if before.image_id not in given.before("images"):
        return []
    words = described(picture) or picture.credit_line
    return [f"The words of a picture have changed to “{words}”: look whether its file still fits."]


def _matched(pictures, uses, given):
    """Return position -> the use that the picture there had so far, by the surest sign first.

    What another reading gave counts as well: the page in Spanish shows the picture of the English.
    """
    by_position, left = {}, list(uses)
    own = given.before("images")

    def was_here(picture, position, use):
        return use.image_id in own and _has_place(picture, position, use)

    def has_credit(picture, position, use):
        is_open = use.image.is_gap if use.image_id in own else not _is_worded(picture, use)
        return is_open and _has_credit(picture, position, use)

    def has_place(picture, position, use):
        is_open = use.image_id not in own and not _is_worded(picture, use)
        return is_open and _has_place(picture, position, use)

    signs = (_has_reference, _has_words, _has_both, was_here, has_credit, has_place)
    for is_same in signs:
        for position, picture in enumerate(pictures):
            known = (use for use in left if is_same(picture, position, use))
            if position not in by_position and (use := next(known, None)):
                by_position[position] = use
                left.remove(use)
    return by_position


def _has_reference(picture, _position, use):
    return picture.reference and use.source_reference == picture.reference


def _has_words(picture, _position, use):
    """Compare with the words of the use: the image's description is the editors' to change."""
    said = ((name, getattr(picture, name)) for name in WORDS)
    return any(
        words and text(use, field, language) == words
        for field, by_language in said
        for language, words in by_language.items()
    )


def _has_both(picture, position, use):
    return _has_place(picture, position, use) and _has_credit(picture, position, use)


def _has_place(picture, position, use):
    """Only a picture without a name is known by its place."""
    return not (picture.reference or use.source_reference) and use.position == position


def _has_credit(picture, _position, use):
    return use.image.credit_line.casefold() == picture.credit_line.casefold()


def _is_worded(picture, use):
    """Return whether the use has words in a language in which the picture has some, too."""
    languages = {*picture.caption, *picture.alt}
    return any(text(use, name, language) for name in WORDS for language in languages)


def described(picture):
    """Return by what editors find a picture of which its source says no more than its words."""
    return next(iter([*picture.caption.values(), *picture.alt.values()]), "")[:200]


def _rights(picture):
    fields = {name: getattr(picture, name) for name in rights.RIGHTS}
    if picture.focal_point:
        fields["focal_x"], fields["focal_y"] = picture.focal_point
    return fields | {
        "kind": picture.kind,
        "valid_until": picture.valid_until,
        "description": picture.description or described(picture),
    }
