"""Pictures: the library, the rights, the focal point; and the rows of pictures in a story."""

import logging

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Count, Q
from django.forms.widgets import Script
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles import fetching, roles
from articles.actions import illustrating
from articles.admin.article.picker import ids_in, image_row, images, thumbnail_url, words_in
from articles.admin.deleting import SaysConsequences
from articles.admin.forms import MergedForm, RowForm, SharedRows
from articles.admin.languages import LanguageInline, PlainTexts, language_columns, lines
from articles.admin.widgets import LoadedAutocomplete, PictureInput
from articles.models import Image, ImageUse, Promotion
from articles.texts import is_blank
from newsroom.files.pictures import UnreadablePicture, inspect
from newsroom.forms.deleted import NamedChoiceField
from newsroom.forms.merging import MergingAdmin
from newsroom.forms.merging_rows import MergingRows
from newsroom.forms.sent_once import SentOnce
from newsroom.forms.unsaved import ShowsUnsaved
from newsroom.forms.widgets import MomentField, MomentInput

logger = logging.getLogger(__name__)

ORDER_WORDS = {
    "up": _("Move up"),
    "down": _("Move down"),
    "moved": _("Image {place} of {count}"),
}
"""What static/js/admin-image-order.js says."""

UNCREDITED = _("Say who made the picture, or how it is credited.")


def thumbnail(image):
    """Return the picture in small, or words that its file is missing."""
    if url := thumbnail_url(image):
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', url)
    return format_html('<span class="gap">{}</span>', _("Missing file"))


def image_page(image):
    return reverse("admin:articles_image_change", args=[image.pk])


class ImageUseForm(RowForm):
    """A row of a story's images; a new one without a number comes behind the others."""

    loaded_field = "image"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields and not self.instance.pk:
            self.fields["position"].required, self.initial["position"] = False, None


class OneLead(MergingRows):
    """Rows of which one may lead; the choice can move from one to another in a single save."""

    def clean(self):
        super().clean()
        leads = [
            form
            for form in self.forms
            if not self._should_delete_form(form)
            and getattr(form, "cleaned_data", {}).get("is_lead")
        ]
        if len(leads) > 1:
            raise ValidationError(_("Only one image can lead the story."))

    def save(self, *args, **kwargs):
        if self.instance.pk and any("is_lead" in form.changed_data for form in self.forms):
            illustrating.let_none_lead(self.instance)
        with illustrating.first_leads(self.instance):
            return super().save(*args, **kwargs)

    def save_new(self, form, commit=True):  # noqa: FBT002, Django's own
        if form.cleaned_data.get("position") is None:
            form.instance.position = illustrating.next_position(self.instance)
        return super().save_new(form, commit=commit)


class ImageUseInline(SharedRows, LanguageInline):
    model = ImageUse
    verbose_name, verbose_name_plural = _("image"), _("images")
    form = ImageUseForm
    formset = OneLead
    extra = 0
    classes = ["image-uses"]
    readonly_fields = ["picture"]

    def get_fieldsets(self, request, obj=None):
        return [
            (
                None,
                {"fields": ["picture", "image", ("is_lead", "position")], "classes": ["use-image"]},
            ),
            (None, {"fields": lines("caption", "alt"), "classes": ["use-words"]}),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("image")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "image":
            kwargs["widget"] = LoadedAutocomplete(db_field, self.admin_site)
            kwargs["form_class"] = NamedChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        original = getattr(db_field, "translated_field", None)
        if field and original:
            # Said once over the rows and not eight times in them.
            field.help_text = ""
        if field and isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 1
        if field and db_field.name == "position":
            field.widget.attrs |= {f"data-{key}": words for key, words in ORDER_WORDS.items()}
        return field

    @admin.display(description=_("Picture"))
    def picture(self, use):
        """Show the picture, or say that its file is missing and where to upload it."""
        inside = ""
        if use.image_id and use.image.file:
            inside = thumbnail(use.image)
        elif use.image_id:
            words = _("The file is missing:"), image_page(use.image), _("upload it")
            inside = format_html('<span class="gap">{} <a href="{}">{}</a></span>', *words)
        return format_html('<span class="use-picture">{}</span>', inside)


class ImageForm(MergedForm):
    class Meta:
        model = Image
        fields = "__all__"
        widgets = {
            "file": PictureInput,
            "focal_x": forms.NumberInput({"min": 0, "max": 1, "step": "any"}),
            "focal_y": forms.NumberInput({"min": 0, "max": 1, "step": "any"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            # However long the name is that it comes with: it gets another.
            self.fields["file"].max_length = None
        if not self.instance.pk:
            self.fields["creator"].help_text = UNCREDITED

    def clean(self):
        """Ask for a credit while whoever knows it is there: no story is published without it."""
        data = super().clean()
        credit = data.get("creator", "") + data.get("credit_line", "")
        if not self.instance.pk and data.get("file") and is_blank(credit):
            self.add_error("creator", UNCREDITED)
        return data

    def clean_file(self):
        """Refuse what is not a picture before a byte of it is stored."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            try:
                inspect(file)
            except UnreadablePicture as error:
                message = _("This file cannot be used: %s.") % error
                raise ValidationError(message) from error
            self._require_storage()
        return file

    def _require_storage(self):
        """Refuse while pictures cannot be stored: an error after this would take the form's words along."""
        try:
            self.instance.file.storage.exists("originals")
        except OSError as error:
            logger.warning("A picture cannot be stored: %s", error)
            message = _("Pictures cannot be stored at the moment. Please try again in a minute.")
            raise ValidationError(message) from error


class UploadForm(ImageForm):
    """A picture with what every use of it needs, as the body's editor sends it."""

    class Meta:
        model = Image
        fields = ["file", "description", "creator", "credit_line"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True


class MissingFileFilter(admin.SimpleListFilter):
    title = _("file")
    parameter_name = "gap"

    def lookups(self, request, model_admin):
        return [("yes", _("Missing")), ("no", _("There"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.with_gaps()
        return queryset.exclude(file="") if self.value() == "no" else queryset


@admin.register(Image)
class ImageAdmin(
    MergingAdmin, SaysConsequences, PlainTexts, ShowsUnsaved, SentOnce, admin.ModelAdmin
):
    section, position = "pictures", 1
    list_display = ["small", "name", "credit", "size", "valid_until", "used"]
    list_display_links = ["name"]
    list_filter = [MissingFileFilter]
    list_per_page = 50
    actions = ["fetch"]
    ordering = ["-pk"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    search_help_text = _("Words of the description, the credit or a caption")

    form = ImageForm
    readonly_fields = ["picture", "where_used"]
    formfield_overrides = {models.DateTimeField: {"form_class": MomentField, "widget": MomentInput}}
    fieldsets = [
        (
            _("Picture"),
            {
                "fields": [
                    "picture",
                    "file",
                    "description",
                    "creator",
                    "credit_line",
                    "kind",
                    ("focal_x", "focal_y"),
                ],
                "classes": ["beside-picture"],
            },
        ),
        (
            _("Rights"),
            {
                "fields": [
                    "copyright_notice",
                    ("licence", "licence_url"),
                    "source_url",
                    "valid_until",
                    "passing_on",
                ]
            },
        ),
        (_("Where it is used"), {"fields": ["where_used"]}),
    ]

    class Media:
        js = [Script("js/admin-focal-point.js", type="module")]

    def get_urls(self):
        view = self.admin_site.admin_view(self.library_view)
        return [path("library/", view, name="articles_image_library"), *super().get_urls()]

    def library_view(self, request):
        """Answer the editor's search for an image, as JSON, those of the story first; take a picture that it posts."""
        if request.method == "POST":
            return self._uploaded(request)
        if not self.has_view_permission(request):
            raise PermissionDenied
        article, ids = ids_in(request, "article"), ids_in(request, "id")
        return JsonResponse({"results": images(words_in(request), article=article, ids=ids)})

    def _uploaded(self, request):
        """Store a picture and answer with its row; of one that is there already with that, unless it is sent again."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        same = Image.objects.holding(form.cleaned_data["file"]).first()
        if same and "again" not in request.POST and self.has_view_permission(request):
            return JsonResponse({"same": image_row(same)})
        illustrating.store(form.instance)
        self.log_addition(request, form.instance, [{"added": {}}])
        return JsonResponse(image_row(form.instance), status=201)

    def get_search_fields(self, request):
        captions = [f"uses__{name}" for name in language_columns("caption")]
        return ["description", "creator", "credit_line", *captions]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses_count=Count("uses", distinct=True))

    def has_change_permission(self, request, obj=None):
        """Let those who may only add pictures fill the gaps, too."""
        if super().has_change_permission(request, obj):
            return True
        is_gap = obj is not None and not obj.file
        return is_gap and self.has_add_permission(request) and roles.may_fill(request.user, obj)

    def save_model(self, request, obj, form, change):
        illustrating.store(obj)
        if "file" in form.changed_data and (same := Image.objects.same_file(obj).first()):
            words = _("The library has this file already, as {}: use one of the two.")
            link = format_html('<a href="{}">{}</a>', image_page(same), same)
            messages.warning(request, format_html(words, link))

    @admin.action(
        description=_("Fetch the missing files from their source"), permissions=["change"]
    )
    def fetch(self, request, queryset):
        """Have the files of gaps fetched by the worker."""
        gaps = fetching.fetchable(queryset)
        if pks := [image.pk for image in gaps if roles.may_fill(request.user, image)]:
            fetching.fetch.enqueue(image_ids=pks)
            words = _(
                "Being fetched, as far as their servers give them: %(number)d. Look again in a minute."
            )
            self.message_user(request, words % {"number": len(pks)}, messages.SUCCESS)
        else:
            self.message_user(
                request, _("None of these is missing and has a source address."), messages.WARNING
            )

    @admin.display(description=_("Picture"))
    def small(self, image):
        return thumbnail(image)

    @admin.display(description=_("Description"), ordering="description")
    def name(self, image):
        return str(image)

    @admin.display(description=_("Credit"))
    def credit(self, image):
        return image.credit_line or image.creator

    @admin.display(description=_("Size"))
    def size(self, image):
        # No-break spaces: a size is one thing.
        return f"{image.width}\u00a0×\u00a0{image.height}" if image.file else ""

    @admin.display(description=_("Used"), ordering="uses_count")
    def used(self, image):
        return image.uses_count

    @admin.display(description=_("Focal point"))
    def picture(self, image):
        """Show the picture to click on; a script turns the click into the two numbers."""
        inside = ""
        if image.file:
            inside = format_html('<img src="{}" alt="">', image.file.url)
        elif image.pk:
            words = _("The file is missing. Upload it here: every story that uses it gets it.")
            inside = format_html('<span class="gap">{}</span>', words)
        return format_html('<span class="focal-point" data-focal-point>{}</span>', inside)

    @admin.display(description=_("Stories and promotions"))
    def where_used(self, image):
        uses = image.uses.select_related("article").order_by("-pk")[:50] if image.pk else []
        things = [*(use.article for use in uses), *_promotions(image)]
        if not things:
            return _("In no story yet.")
        links = (
            (reverse(admin_urlname(place._meta, "change"), args=[place.pk]), place)
            for place in things
        )
        return format_html_join("", '<a class="where-used" href="{}">{}</a>', links)


def _promotions(image):
    """Return the promotions that show an image, in all languages or in one."""
    if not image.pk:
        return []
    promotions = Promotion.objects.filter(Q(image=image) | Q(editions__image=image))
    return promotions.distinct().order_by("-pk")[:50]
