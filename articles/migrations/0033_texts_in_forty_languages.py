"""The texts of stories, and of all that stands beside them, in each of the languages that can be written."""

from django.db import migrations, models

from newsroom.db.schema import AddLanguages

LANGUAGES = (
    "pt-br fr de it nl ca pl cs ro hu el tr ru uk bg sr sr-latn fa ur ps he ku hi bn ta id ms vi th zh-hans zh-hant "
    "ja ko sw am ha so en-simple es-simple pt-simple de-simple"
).split()


def line(words, longest, **more):
    return models.CharField(blank=True, max_length=longest, null=True, verbose_name=words, **more)


def text(words, **more):
    return models.TextField(blank=True, null=True, verbose_name=words, **more)


def slug(words):
    return models.SlugField(
        allow_unicode=True,
        blank=True,
        db_index=False,
        max_length=100,
        null=True,
        verbose_name=words,
    )


SHOWN = "What the picture shows, for those who do not see it."


class Migration(migrations.Migration):
    dependencies = [("articles", "0032_longer_codes_of_languages")]

    operations = [
        AddLanguages(
            LANGUAGES,
            {
                "Article": {
                    "title": line("headline", 300),
                    "standfirst": text("standfirst"),
                    "body": text("body"),
                },
                "Author": {"name": line("name", 150), "bio": text("about")},
                "Category": {
                    "name": line("name", 100),
                    "slug": slug("slug"),
                    "description": text("description"),
                },
                "ImageUse": {
                    "caption": text("caption"),
                    "alt": line("alternative text", 400, help_text=SHOWN),
                },
                "Promotion": {
                    "title": line("title", 200),
                    "text": text("text", help_text="Two or three sentences."),
                    "venue": line("venue", 200, help_text="House and town, as people say them."),
                    "call": line(
                        "words of the link",
                        60,
                        help_text="“Book a place”, “Give”. Empty: “Tickets” for an event, else “More”.",
                    ),
                    "alt": line("alternative text", 400, help_text=SHOWN),
                },
                "Tag": {"label": line("label", 100), "label_slug": slug("label slug")},
            },
            {
                "Category": {
                    "slug": (["kind"], "category_slug", "Another category has this slug.")
                },
                "Tag": {"label_slug": ([], "tag_slug", "Another tag has this slug.")},
            },
        )
    ]
