import django.db.models.deletion
from django.db import migrations, models

from newsroom.db.fulltext import Index

INDEX = Index(
    "articles_storywords", key="place", words="words", near=43, far=47, prefixes=(3, 4, 5)
)


def create(apps, schema_editor):
    INDEX.create(schema_editor.connection)


def drop(apps, schema_editor):
    INDEX.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0049_find_what_waits'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoryWords',
            fields=[
                ('place', models.BigIntegerField(primary_key=True, serialize=False)),
                ('modified_at', models.DateTimeField()),
                ('words', models.TextField()),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='story_words', to='articles.article')),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
