"""Fill the Wagtail site with the stories that `describe_story` has written down: fill.py FILE.

Prints the address of the story, which has been asked for once, so that every rendition is there.
"""

import json
import os
import re
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparison.settings")
django.setup()

from comparison import models  # noqa: E402
from django.conf import settings  # noqa: E402 - models need the set-up above
from django.core.files.images import ImageFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

LINK = re.compile(r'<a data-article="(\d+)">')


class Filler:
    """Makes pages from the plain description, and knows by id what it has made."""

    def __init__(self, content):
        self.content = content
        self.locales = {
            code: Locale.objects.get_or_create(language_code=code)[0]
            for code in content["languages"]
        }
        self.homes, self.shelves, self.stories, self.pictures, self.authors = {}, {}, {}, {}, {}

    def run(self):
        self._homes()
        for shelf in self.content["shelves"]:
            self._shelf(shelf)
        for picture in self.content["pictures"]:
            self._picture(picture)
        for author in self.content["authors"]:
            self.authors[author["id"]] = models.Author.objects.create(
                name=author["name"], slug=author["slug"]
            )
        for story in self.content["stories"]:
            self._story(story)
        for story in self.content["stories"]:
            self._bodies(story)
        return self.stories[self.content["story"], self.content["languages"][0]]

    def _homes(self):
        root = Page.get_first_root_node()
        Site.objects.all().delete()
        root.get_children().delete()
        root = Page.objects.get(pk=root.pk)
        first = None
        for code, locale in self.locales.items():
            home = models.HomePage(title="Newsroom", slug=f"home-{code}", locale=locale)
            if first:
                home.translation_key = first.translation_key
            first = first or home
            self.homes[code] = root.add_child(instance=home)
        Site.objects.create(hostname="127.0.0.1", root_page=first, is_default_site=True)

    def _shelf(self, shelf):
        key = None
        for code, locale in self.locales.items():
            page = models.ShelfPage(
                title=shelf["names"][code],
                slug=shelf["slugs"][code],
                locale=locale,
                show_in_menus=True,
                is_region=shelf["kind"] == "region",
            )
            page.translation_key = key or page.translation_key
            key = page.translation_key
            parent = self.shelves.get((shelf["parent"], code)) or self.homes[code]
            self.shelves[shelf["id"], code] = parent.add_child(instance=page)

    def _picture(self, picture):
        with Path(picture["file"]).open("rb") as file:
            self.pictures[picture["id"]] = models.Picture.objects.create(
                title=picture["credit"],
                file=ImageFile(file, name=Path(picture["file"]).name),
                credit=picture["credit"],
                licence=picture["licence"],
                licence_url=picture["licence_url"],
            )

    def _story(self, story):
        key = None
        for code, text in story["texts"].items():
            page = models.StoryPage(
                title=text["title"],
                slug=text["slug"],
                locale=self.locales[code],
                standfirst=text["standfirst"],
                published_at=story["published_at"],
                lead=self.pictures.get(story["lead"]),
                caption=text["caption"],
                alt=text["alt"],
                body=[],
            )
            page.translation_key = key or page.translation_key
            key = page.translation_key
            self.shelves[story["kicker"], code].refresh_from_db()
            self.shelves[story["kicker"], code].add_child(instance=page)
            page.shelves = [self.shelves[shelf, code] for shelf in story["shelves"]]
            page.authors = [self.authors[author] for author in story["authors"]]
            page.tags.set(story["tags"])
            page.save()
            self.stories[story["id"], code] = page

    def _bodies(self, story):
        for code, text in story["texts"].items():
            page = self.stories[story["id"], code]
            blocks = (self._block(kind, value, code) for kind, value in text["body"])
            page.body = [block for block in blocks if block]
            page.save()

    def _block(self, kind, value, code):
        if kind == "text":
            return kind, LINK.sub(lambda match: self._link(int(match[1]), code), value)
        if kind == "related":
            page = self.stories.get((value, code))
            return page and (kind, page.page_ptr)
        picture = self.pictures[value["picture"]]
        return kind, {"picture": picture, "caption": value["caption"], "alt": value["alt"]}

    def _link(self, story, code):
        page = self.stories.get((story, code))
        return f'<a linktype="page" id="{page.pk}">' if page else '<a href="/">'


def create_tables():
    """Make all tables; the migration of our own models is written on the spot, outside of the source."""
    folder = settings.FOLDER / settings.MIGRATION_MODULES["comparison"]
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    call_command("makemigrations", "comparison", verbosity=0)
    call_command("migrate", verbosity=0)


def main():
    create_tables()
    content = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    page = Filler(content).run()
    address = f"/{page.locale.language_code}{page.url_path.removeprefix(f'/home-{page.locale.language_code}')}"
    answer = Client().get(address)
    if answer.status_code != 200:
        sys.exit(f"{address} answers {answer.status_code}.")
    sys.stdout.write(address)


if __name__ == "__main__":
    main()
