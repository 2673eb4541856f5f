"""Which texts exist once per language. State never stands here: it belongs to Edition."""

import reversion
from modeltranslation.translator import TranslationOptions, register

from articles.models import (
    Article,
    Author,
    Byline,
    Category,
    Correction,
    ImageUse,
    MenuEntry,
    OwnPage,
    OwnPageEdition,
    Promotion,
    Tag,
    TaggedArticle,
)
from articles.texts import ARTICLE_TEXTS


class NoFallback(TranslationOptions):
    fallback_languages = {"default": ()}


@register(Category)
class CategoryTranslation(NoFallback):
    fields = ("name", "slug", "description")


@register(Tag)
class TagTranslation(NoFallback):
    fields = ("label", "label_slug")


@register(Author)
class AuthorTranslation(NoFallback):
    fields = ("name", "bio")


@register(ImageUse)
class ImageUseTranslation(NoFallback):
    fields = ("caption", "alt")


@register(Correction)
class CorrectionTranslation(NoFallback):
    fields = ("note",)


@register(Promotion)
class PromotionTranslation(NoFallback):
    fields = ("title", "text", "venue", "call", "alt")


@register(MenuEntry)
class MenuEntryTranslation(NoFallback):
    fields = ("label",)


@register(Article)
class ArticleTranslation(NoFallback):
    fields = ARTICLE_TEXTS


# After the translations: reversion keeps only the columns that exist when it is told.
for model in (Byline, ImageUse, OwnPageEdition, Promotion, TaggedArticle):
    reversion.register(model)
# Editions are left out: going back to an older text must not publish or withdraw anything.
reversion.register(Article, follow=["bylines", "uses", "taggedarticle_set"])
# What is published is no part of going back to older words either: actions/own_pages.py takes these alone.
reversion.register(OwnPage, follow=["editions"])
