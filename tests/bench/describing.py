"""A story of the demo and all that its page shows, as plain data: another system is filled with it."""

import re

from django.db.models import F
from django.utils import timezone

from articles.models import Article, Byline, Category, Edition, Image, ImageUse, Tag
from articles.texts import text

LANGUAGES = ("en", "es", "pt")
PARENTS_FIRST = (F("parent").asc(nulls_first=True), "position", "pk")
LEAD_OF_THE_DEMO = "marine-gunners-leave-syria"
"""A story in all three languages with two pictures, links, two quotes and others on its shelf."""

ALONE = re.compile(r'<(figure|aside) data-(?:image|article)="(\d+)"></\1>')


def described(article):
    """Return the story, the others of its region, the tree, the people and the pictures."""
    inner = article.categories.filter(kind=Category.Kind.REGION, parent__isnull=False)
    kicker = inner.order_by("position", "pk").first()
    told = Edition.objects.live(language=LANGUAGES[0], at=timezone.now()).values("article")
    stories = list(kicker.articles.filter(pk__in=told).order_by("pk"))
    uses = ImageUse.objects.filter(article__in=stories).order_by("position")
    return {
        "story": article.pk,
        "languages": LANGUAGES,
        "shelves": [_shelf(one) for one in Category.objects.order_by(*PARENTS_FIRST)],
        "pictures": [_picture(one) for one in Image.objects.filter(uses__in=uses).distinct()],
        "authors": _authors(stories),
        "stories": [_story(one, kicker) for one in stories],
    }


def _in_each(row, name):
    """Return language -> text, taking another language's where one has none."""
    english = text(row, name, LANGUAGES[0])
    return {code: text(row, name, code) or english for code in LANGUAGES}


def _shelf(category):
    return {
        "id": category.pk,
        "kind": category.kind,
        "parent": category.parent_id,
        "names": _in_each(category, "name"),
        "slugs": _in_each(category, "slug"),
    }


def _picture(image):
    return {
        "id": image.pk,
        "file": image.file.path,
        "credit": image.credit_line,
        "licence": image.licence,
        "licence_url": image.licence_url,
    }


def _authors(stories):
    rows = Byline.objects.filter(article__in=stories).select_related("author")
    people = {row.author_id: row.author for row in rows}.values()
    return [{"id": one.pk, "name": one.name_en, "slug": one.slug} for one in people]


def _story(article, kicker):
    uses = {use.image_id: use for use in ImageUse.objects.filter(article=article)}
    lead = next((use for use in uses.values() if use.is_lead), None)
    live = Edition.objects.live(at=timezone.now())
    editions = live.filter(article=article, language__in=LANGUAGES)
    authors = Byline.objects.filter(article=article, role=Byline.Role.AUTHOR, language="")
    return {
        "id": article.pk,
        "kicker": kicker.pk,
        "published_at": editions.get(language=LANGUAGES[0]).published_at.isoformat(),
        "shelves": list(article.categories.values_list("pk", flat=True)),
        "authors": list(authors.values_list("author", flat=True)),
        "tags": list(
            Tag.objects.filter(items__content_object=article).values_list("name", flat=True)
        ),
        "lead": lead and lead.image_id,
        "texts": {one.language: _text(article, one, lead, uses) for one in editions},
    }


def _text(article, edition, lead, uses):
    code = edition.language
    return {
        "slug": edition.slug,
        "title": text(article, "title", code),
        "standfirst": text(article, "standfirst", code),
        "caption": text(lead, "caption", code) if lead else "",
        "alt": text(lead, "alt", code) if lead else "",
        "body": list(_blocks(text(article, "body", code), uses, code)),
    }


def _blocks(html, uses, code):
    """Yield ("text", html), ("picture", words) and ("related", id of the story) in their order."""
    place = 0
    for match in ALONE.finditer(html):
        if words := html[place : match.start()].strip():
            yield "text", words
        place, number = match.end(), int(match[2])
        if match[1] == "aside":
            yield "related", number
        elif use := uses.get(number):
            words = {name: text(use, name, code) for name in ("caption", "alt")}
            yield "picture", {"picture": number, **words}
    if words := html[place:].strip():
        yield "text", words


def story_of_the_demo():
    """Return the article whose page is measured."""
    return Article.objects.get(editions__language=LANGUAGES[0], editions__slug=LEAD_OF_THE_DEMO)
