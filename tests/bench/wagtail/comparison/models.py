"""The same kind of story as a Wagtail page: a StreamField, shelves as pages, a page per language."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.blocks import CharBlock, PageChooserBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtailcache.cache import WagtailCacheMixin

WIDTHS = (320, 480, 640, 960, 1280, 1600)
FORMATS = ("avif", "webp", "jpeg")
SPECS = [f"format-{encoding}|width-{width}" for encoding in FORMATS for width in WIDTHS]
MORE = 4


class Picture(AbstractImage):
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    licence_url = models.URLField(blank=True)
    admin_form_fields = Image.admin_form_fields


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_of_each"
            )
        ]


class Author(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField()

    def __str__(self):
        return self.name


class HomePage(WagtailCacheMixin, Page):
    pass


class ShelfPage(WagtailCacheMixin, Page):
    """A region or a section."""

    is_region = models.BooleanField(default=True)


class StoryTag(TaggedItemBase):
    content_object = ParentalKey("StoryPage", on_delete=models.CASCADE, related_name="tagged_items")


class PictureBlock(StructBlock):
    picture = ImageChooserBlock()
    caption = CharBlock()
    alt = CharBlock()


class StoryPage(WagtailCacheMixin, Page):
    standfirst = models.TextField()
    published_at = models.DateTimeField(db_index=True)
    lead = models.ForeignKey(Picture, null=True, on_delete=models.SET_NULL, related_name="+")
    caption = models.TextField(blank=True)
    alt = models.TextField(blank=True)
    body = StreamField(
        [("text", RichTextBlock()), ("picture", PictureBlock()), ("related", PageChooserBlock())]
    )
    shelves = ParentalManyToManyField(ShelfPage, related_name="stories")
    authors = ParentalManyToManyField(Author)
    tags = ClusterTaggableManager(through=StoryTag)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "breadcrumbs": self.get_ancestors().filter(depth__gt=2),
            "translations": self._translations(),
            "more": self._more(),
            **navigation(self.locale),
        }

    def _translations(self):
        pages = self.get_translations(inclusive=True).live().defer_streamfields()
        return pages.select_related("locale")

    def _more(self):
        """Return the newest other stories of the same shelf, with their pictures."""
        others = StoryPage.objects.live().child_of(self.get_parent()).not_page(self)
        pictures = models.Prefetch("lead", Picture.objects.prefetch_renditions(*SPECS))
        newest = others.defer_streamfields().order_by("-published_at")
        return newest.prefetch_related(pictures)[:MORE]


def navigation(locale):
    """Return the whole tree of regions, and the sections, in one query."""
    pages = ShelfPage.objects.live().in_menu().filter(locale=locale).order_by("path")
    roots, by_path = [], {}
    for page in pages:
        page.below = []
        by_path[page.path] = page
        parent = by_path.get(page.path[: -Page.steplen])
        (parent.below if parent else roots).append(page)
    return {
        "regions": [page for page in roots if page.is_region],
        "sections": [page for page in roots if not page.is_region],
    }
