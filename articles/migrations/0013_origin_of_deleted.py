"""Keep the origin of a story that was deleted here, so that its source does not bring it back unasked."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def forget(apps, schema_editor):
    apps.get_model("articles", "Origin").objects.filter(article=None).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_keep_addresses_of_what_is_gone")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AlterField(
            "origin",
            "article",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="origins",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            "origin", "deleted_article", models.PositiveBigIntegerField(editable=False, null=True)
        ),
        migrations.AddField(
            "origin", "deleted_at", models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField(
            "origin",
            "headline",
            models.CharField(blank=True, default="", editable=False, max_length=300),
        ),
        migrations.AddIndex(
            "origin", models.Index(fields=["deleted_article"], name="origin_deleted_article")
        ),
        migrations.AddConstraint(
            "origin",
            models.CheckConstraint(
                condition=Q(article__isnull=False) | Q(deleted_at__isnull=False),
                name="origin_has_article_or_had_one",
            ),
        ),
    ]
