"""Promotions: events and appeals in a place of the site, with their state per language."""

import articles.models.promotion
import django.db.models.deletion
import newsroom.moments
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_origin_of_deleted"),
    ]

    operations = [
        migrations.CreateModel(
            name="Promotion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_es",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_pt",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_ar",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="Two or three sentences.", verbose_name="text"
                    ),
                ),
                (
                    "text_en",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences.",
                        null=True,
                        verbose_name="text",
                    ),
                ),
                (
                    "text_es",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences.",
                        null=True,
                        verbose_name="text",
                    ),
                ),
                (
                    "text_pt",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences.",
                        null=True,
                        verbose_name="text",
                    ),
                ),
                (
                    "text_ar",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences.",
                        null=True,
                        verbose_name="text",
                    ),
                ),
                (
                    "venue",
                    models.CharField(
                        blank=True,
                        help_text="House and town, as people say them.",
                        max_length=200,
                        verbose_name="venue",
                    ),
                ),
                (
                    "venue_en",
                    models.CharField(
                        blank=True,
                        help_text="House and town, as people say them.",
                        max_length=200,
                        null=True,
                        verbose_name="venue",
                    ),
                ),
                (
                    "venue_es",
                    models.CharField(
                        blank=True,
                        help_text="House and town, as people say them.",
                        max_length=200,
                        null=True,
                        verbose_name="venue",
                    ),
                ),
                (
                    "venue_pt",
                    models.CharField(
                        blank=True,
                        help_text="House and town, as people say them.",
                        max_length=200,
                        null=True,
                        verbose_name="venue",
                    ),
                ),
                (
                    "venue_ar",
                    models.CharField(
                        blank=True,
                        help_text="House and town, as people say them.",
                        max_length=200,
                        null=True,
                        verbose_name="venue",
                    ),
                ),
                (
                    "call",
                    models.CharField(
                        blank=True,
                        help_text="“Book a place”, “Give”. Empty: “Tickets” for an event, else “More”.",
                        max_length=60,
                        verbose_name="words of the link",
                    ),
                ),
                (
                    "call_en",
                    models.CharField(
                        blank=True,
                        help_text="“Book a place”, “Give”. Empty: “Tickets” for an event, else “More”.",
                        max_length=60,
                        null=True,
                        verbose_name="words of the link",
                    ),
                ),
                (
                    "call_es",
                    models.CharField(
                        blank=True,
                        help_text="“Book a place”, “Give”. Empty: “Tickets” for an event, else “More”.",
                        max_length=60,
                        null=True,
                        verbose_name="words of the link",
                    ),
                ),
                (
                    "call_pt",
                    models.CharField(
                        blank=True,
                        help_text="“Book a place”, “Give”. Empty: “Tickets” for an event, else “More”.",
                        max_length=60,
                        null=True,
                        verbose_name="words of the link",
                    ),
                ),
                (
                    "call_ar",
                    models.CharField(
                        blank=True,
                        help_text="“Book a place”, “Give”. Empty: “Tickets” for an event, else “More”.",
                        max_length=60,
                        null=True,
                        verbose_name="words of the link",
                    ),
                ),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for those who do not see it.",
                        max_length=400,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "alt_en",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for those who do not see it.",
                        max_length=400,
                        null=True,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "alt_es",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for those who do not see it.",
                        max_length=400,
                        null=True,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "alt_pt",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for those who do not see it.",
                        max_length=400,
                        null=True,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "alt_ar",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for those who do not see it.",
                        max_length=400,
                        null=True,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("story", "Foot of every story"),
                            ("front", "Front page"),
                            ("category", "Page of a region or section"),
                            ("tag", "Page of a tag"),
                        ],
                        default="story",
                        max_length=10,
                        verbose_name="place",
                    ),
                ),
                (
                    "starts_at",
                    models.DateTimeField(
                        validators=[newsroom.moments.check], verbose_name="starts"
                    ),
                ),
                (
                    "ends_at",
                    models.DateTimeField(
                        help_text="From this minute on readers no longer see it.",
                        validators=[newsroom.moments.check],
                        verbose_name="ends",
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Of several in one place readers see the one with the highest number, and of equals the one that started last.",
                        verbose_name="priority",
                    ),
                ),
                (
                    "event_at",
                    models.DateTimeField(
                        blank=True,
                        null=True,
                        validators=[newsroom.moments.check],
                        verbose_name="event begins",
                    ),
                ),
                (
                    "event_zone",
                    models.CharField(
                        blank=True,
                        max_length=64,
                        validators=[newsroom.moments.check_zone],
                        verbose_name="in the time of",
                    ),
                ),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        help_text="Where tickets are sold, or more is told.",
                        verbose_name="link",
                    ),
                ),
                (
                    "source_mark",
                    models.CharField(blank=True, default="", editable=False, max_length=16),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promotions",
                        to="articles.category",
                        verbose_name="region or section",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promotions",
                        to="articles.image",
                        verbose_name="picture",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promotions",
                        to="articles.tag",
                        verbose_name="tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "promotion",
                "verbose_name_plural": "promotions",
            },
        ),
        migrations.CreateModel(
            name="PromotionEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("es", "Español"),
                            ("pt", "Português"),
                            ("ar", "العربية"),
                        ],
                        max_length=7,
                        verbose_name="language",
                    ),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("link", models.URLField(blank=True, verbose_name="another link")),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promotion_editions",
                        to="articles.image",
                        verbose_name="another picture",
                    ),
                ),
                (
                    "promotion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editions",
                        to="articles.promotion",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of a promotion",
                "verbose_name_plural": "editions of promotions",
            },
        ),
        migrations.AddIndex(
            model_name="promotion",
            index=models.Index(fields=["place", "ends_at"], name="promotion_running"),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="promotion_ends_after_start",
                violation_error_message="The promotion would end before it starts: choose a later end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("category", None), ("place__in", ["story", "front"]), ("tag", None)),
                    models.Q(("category__isnull", False), ("place", "category"), ("tag", None)),
                    models.Q(("category", None), ("place", "tag"), ("tag__isnull", False)),
                    _connector="OR",
                ),
                name="promotion_stands_in_one_place",
                violation_error_message="Name one region, section or tag, as the place asks.",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_mark", ""), _negated=True),
                fields=("source_mark",),
                name="promotion_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotionedition",
            constraint=models.UniqueConstraint(
                fields=("promotion", "language"), name="promotionedition_once"
            ),
        ),
    ]
