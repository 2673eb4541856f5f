from django.db import migrations

from newsroom.db.fulltext import Index

INDEX = Index("articles_searchentry", key="place", words="words", near=46, far=50)
BEFORE = (
    "CREATE INDEX articles_searchentry_words ON articles_searchentry"
    " USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)"
)


def by_span(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        INDEX.drop(schema_editor.connection)
        INDEX.create(schema_editor.connection)


def as_before(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        INDEX.drop(schema_editor.connection)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(BEFORE)
            cursor.execute("ALTER TABLE articles_searchentry SET (toast_tuple_target = 128)")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0035_menu'),
    ]

    operations = [
        migrations.RunPython(by_span, as_before),
    ]
