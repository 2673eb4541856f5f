"""Remember by which names imports have met an author, so that renaming one here makes no second."""

import django.db.models.deletion
from django.db import migrations, models

COLUMNS = ("name_en", "name_es", "name_pt", "name_ar")


def fill(apps, schema_editor):
    author_name = apps.get_model("articles", "AuthorName")
    authors = apps.get_model("articles", "Author").objects.order_by("pk")
    rows = (
        author_name(author_id=pk, name=name)
        for pk, *names in authors.values_list("pk", *COLUMNS)
        for name in filter(None, names)
    )
    author_name.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0007_bound_moments'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuthorName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imported_names', to='articles.author')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name',), name='authorname_once')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
