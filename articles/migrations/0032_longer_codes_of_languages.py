"""The code of a language may be as long as that of a variant; which languages there are is no part of the schema."""

from django.db import migrations, models

from newsroom.db.schema import LengthenCodes
from newsroom.languages import choices, first_language


def code(**more):
    return models.CharField(max_length=16, choices=choices, **more)


class Migration(migrations.Migration):
    dependencies = [("articles", "0031_search")]

    operations = [
        LengthenCodes(
            {
                "Article": {
                    "source_language": code(default=first_language, verbose_name="written in")
                },
                "Byline": {
                    "language": code(
                        blank=True,
                        help_text="Leave empty for a credit that stands in every language.",
                        verbose_name="only in",
                    )
                },
                "CommentRule": {
                    "language": code(
                        blank=True,
                        help_text="Leave empty for every language. The rule of a language goes before that.",
                        verbose_name="language",
                    )
                },
                "Delivery": {"language": code(verbose_name="language")},
                "Edition": {"language": code(verbose_name="language")},
                "Event": {"language": code(verbose_name="language")},
                "Item": {"language": code(verbose_name="language")},
                "Listing": {"language": models.CharField(max_length=16)},
                "MonthCount": {"language": code()},
                "PromotionEdition": {"language": code(verbose_name="language")},
                "SearchWord": {"language": code()},
                "WaitingLink": {"language": code()},
            }
        )
    ]
