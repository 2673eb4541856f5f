import hashlib
import re
import secrets

from django.core.files.base import ContentFile
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext, gettext_lazy as _
from PIL import ExifTags, Image as Pillow

from newsroom import moments
from newsroom.db.bulk import WatchedQuerySet
from newsroom.db.fields import WebAddressField
from newsroom.files import exif
from newsroom.files.pictures import READABLE, upright_size

FREE = re.compile(
    r"https?://(www\.)?creativecommons\.org/(licenses/by(-sa)?|publicdomain/(zero|mark))/",
    re.IGNORECASE,
)
"""The addresses of licences by which anybody may pass a picture on, for money too and in another size."""

FRACTION = [MinValueValidator(0), MaxValueValidator(1)]
MIDDLE, PORTRAIT = (0.5, 0.5), (0.5, 0.25)
IMAGE_FORMATS = ("jpg", "jpeg", "png", "webp", "avif")
SUFFIXES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}


def original_path(image, filename):
    """Keep an original under a name by chance: who has the picture must not learn that it is here, too."""
    suffix = filename.rsplit(".", 1)[-1].lower()
    return original_named(f"{secrets.token_hex(16)}.{suffix}")


def original_named(file):
    """Return the path of the original whose last part is `file`."""
    return f"originals/{file[:2]}/{file}"


class ImageQuerySet(WatchedQuerySet):
    def with_gaps(self):
        """Keep the images whose file has not arrived yet."""
        return self.filter(file="")

    def knows_file(self, name):
        """Return whether the file of this name is that of an image."""
        return self.filter(file=name).exists()

    def same_file(self, image):
        """Return the other images whose file is the same, the oldest first."""
        same = self.filter(checksum=image.checksum).exclude(pk=image.pk).order_by("pk")
        return same if image.checksum else self.none()

    def holding(self, file):
        """Return the images whose file has the bytes of one that was sent, the oldest first."""
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        return self.filter(checksum=digest.hexdigest()).order_by("pk")

    def with_right(self, *, at):
        """Keep the images with a file and a right to show it at a moment."""
        has_right = Q(valid_until=None) | Q(valid_until__gt=at)
        return self.filter(has_right).exclude(file="")


class Image(models.Model):
    """A file with its rights. Without a file it is a gap: known to be missing, shown to no reader."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photograph or illustration: may be cropped")
        GRAPHIC = "graphic", _("map, chart or drawing with words: always whole")

    class PassingOn(models.TextChoices):
        BY_LICENCE = "", _("only if the licence at its address allows it to everybody")
        YES = "yes", _("yes: it is ours, or we have the right")
        NO = "no", _("no")

    file = models.FileField(
        _("file"),
        upload_to=original_path,
        blank=True,
        validators=[FileExtensionValidator(IMAGE_FORMATS)],
    )
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("For finding it again; readers never see it."),
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, default=Kind.PHOTO, db_default=Kind.PHOTO
    )
    creator = models.CharField(_("creator"), max_length=200, blank=True)
    credit_line = models.CharField(
        _("credit line"), max_length=200, blank=True, help_text=_("As it stands under the picture.")
    )
    copyright_notice = models.CharField(_("copyright notice"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    licence_url = WebAddressField(_("licence address"), blank=True)
    source_url = WebAddressField(_("source address"), blank=True)
    passing_on = models.CharField(
        _("partners get it, too"),
        max_length=3,
        blank=True,
        choices=PassingOn,
        default=PassingOn.BY_LICENCE,
        db_default=PassingOn.BY_LICENCE,
    )
    valid_until = models.DateTimeField(
        _("right ends"),
        null=True,
        blank=True,
        validators=[moments.check],
        help_text=_("From this moment on readers no longer see it."),
    )
    focal_x = models.FloatField(_("focal point from the left"), default=0.5, validators=FRACTION)
    focal_y = models.FloatField(_("focal point from the top"), default=0.5, validators=FRACTION)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    checksum = models.CharField(max_length=64, blank=True, editable=False)
    available = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        indexes = [
            models.Index(fields=["checksum"], name="image_checksum"),
            models.Index(fields=["file"], name="image_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="image_focal_point",
            )
        ]

    def __str__(self):
        named = self.description or self.credit_line or self.creator
        return named or gettext("Image %(number)s") % {"number": self.pk}

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self._measure()
        super().save(*args, **kwargs)

    def write_file(self, *, tell):
        """Write the file that was assigned, ahead of the row; `tell` gets its name before the first byte."""
        self._measure()
        name = original_path(self, self.file.name)
        tell(name)
        self.file = self.file.storage.save(name, self.file.file)

    @property
    def is_gap(self):
        return not self.file

    def may_be_shown(self, *, at):
        """Return whether there is a file and a right to show it at this moment."""
        return bool(self.file) and (self.valid_until is None or self.valid_until > at)

    @property
    def may_be_passed_on(self):
        """Return whether partners may have it: what nobody has said is decided by its licence alone."""
        is_free = bool(FREE.match(self.licence_url)) and self.passing_on != self.PassingOn.NO
        return self.passing_on == self.PassingOn.YES or is_free

    @property
    def is_graphic(self):
        return self.kind == self.Kind.GRAPHIC

    @property
    def focus(self):
        """The point that a crop keeps, (x, y); of a portrait that nobody marked it lies where faces are."""
        is_marked = (self.focal_x, self.focal_y) != MIDDLE
        return (
            PORTRAIT if self.height > self.width and not is_marked else (self.focal_x, self.focal_y)
        )

    @property
    def rendition_key(self):
        """Name this file, its focal point and kind; a change of one makes new addresses, which nobody can guess."""
        words = f"{self.checksum}:{self.focal_x:.4f}:{self.focal_y:.4f}"
        if self.is_graphic:
            words += f":{self.kind}"
        file = (self.file.name or "").rpartition("/")[2]
        stem = file.rpartition(".")[0] or file
        # Files from before originals had names by chance keep their addresses.
        if stem != self.checksum[:32]:
            words += f":{stem}"
        return hashlib.sha256(words.encode()).hexdigest()[:24]

    def _measure(self):
        self.checksum = hashlib.file_digest(self.file.open("rb"), "sha256").hexdigest()
        self.file.seek(0)
        with Pillow.open(self.file, formats=READABLE) as picture:
            # The suffix decides as what a browser reads the file, so it is never the sender's.
            encoding = picture.format
            self.file.name = f"original.{SUFFIXES[encoding]}"
            orientation = picture.getexif().get(ExifTags.Base.Orientation)
        self.file.seek(0)
        data = exif.stripped(self.file.read(), encoding, orientation=orientation)
        self.file.file = ContentFile(data)
        with Pillow.open(ContentFile(data), formats=READABLE) as picture:
            self.width, self.height = upright_size(picture)
        self.available = {}


class ImageUse(models.Model):
    """An image in an article, with its words per language."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="uses")
    image = models.ForeignKey(
        Image, verbose_name=_("image"), on_delete=models.PROTECT, related_name="uses"
    )
    is_lead = models.BooleanField(_("leads the story"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    caption = models.TextField(_("caption"), blank=True)
    alt = models.CharField(
        _("alternative text"),
        max_length=400,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it."),
    )
    source_reference = models.CharField(
        max_length=400, blank=True, default="", db_default="", editable=False
    )
    source_rights = models.JSONField(default=dict, editable=False)

    objects = WatchedQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of an image")
        verbose_name_plural = _("uses of images")
        ordering = ["-is_lead", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "image"],
                name="imageuse_once",
                violation_error_message=_("This image stands in the story already."),
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(is_lead=True),
                name="imageuse_one_lead",
                violation_error_message=_("Only one image can lead the story."),
            ),
        ]

    def __str__(self):
        return str(self.image)


class Rendition(models.Model):
    """An image in one shape, width and format: a file that exists."""

    class Format(models.TextChoices):
        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"
        JPEG = "jpeg", "JPEG"

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    key = models.CharField(max_length=24)
    shape = models.CharField(max_length=10)
    format = models.CharField(max_length=4, choices=Format)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["key"], name="rendition_key")]
        constraints = [
            models.UniqueConstraint(
                fields=["image", "key", "shape", "format", "width"], name="rendition_once"
            )
        ]

    def __str__(self):
        return self.file.name


@receiver(post_delete, sender=Image)
@receiver(post_delete, sender=Rendition)
def _let_go_of_file(instance, **kwargs):
    """Delete a row's file once the row is gone for good, unless another row has it, too."""
    rows, storage, name = type(instance).objects, instance.file.storage, instance.file.name

    def delete():
        if not rows.filter(file=name).exists():
            storage.delete(name)

    if name:
        # A file that cannot be deleted is logged: the row is gone all the same.
        transaction.on_commit(delete, robust=True)
