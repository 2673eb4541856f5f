import django.db.models.deletion
from django.db import migrations, models


from newsroom.db.fulltext import Index

INDEX = Index("articles_searchentry", key="place", words="words", near=46, far=50)


def create(apps, schema_editor):
    INDEX.create(schema_editor.connection)


def drop(apps, schema_editor):
    INDEX.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0030_items_of_what_is_published'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('place', models.BigIntegerField(primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('headline', models.TextField(blank=True)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='search_entry', to='articles.edition')),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('pt', 'Português'), ('ar', 'العربية')], max_length=7)),
                ('word', models.CharField(max_length=40)),
                ('head', models.CharField(max_length=3)),
                ('tail', models.CharField(max_length=3)),
                ('number', models.IntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['language', 'head'], name='searchword_head'), models.Index(fields=['language', 'tail'], name='searchword_tail')],
                'constraints': [models.UniqueConstraint(fields=('language', 'word'), name='searchword_once')],
            },
        ),
        migrations.CreateModel(
            name='AuthorWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_words', to='articles.author')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word', 'author'), name='authorword_once')],
            },
        ),
        migrations.RunPython(create, drop),
    ]
