from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils import timezone


def tell_when(apps, schema_editor):
    """Take the last change of each story, or the last publication of a language of it if that is later."""
    Article, Edition = (apps.get_model("articles", name) for name in ("Article", "Edition"))
    published = Edition.objects.filter(article=OuterRef("pk"), status="published").order_by()
    last = published.values("article").annotate(last=Max("published_at")).values("last")
    Article.objects.update(
        active_at=Greatest("modified_at", Coalesce(Subquery(last), "modified_at"))
    )


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0047_former_wordings'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='active_at',
            field=models.DateTimeField(
                db_default=Now(), default=timezone.now, editable=False
            ),
        ),
        migrations.RunPython(tell_when, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['active_at', 'modified_at'], name='article_active'),
        ),
    ]
