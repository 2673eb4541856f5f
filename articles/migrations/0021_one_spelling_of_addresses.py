from django.db import migrations
from django.db.models.functions import Lower


def write_in_small_letters(apps, schema_editor):
    comments = apps.get_model("articles", "Comment")._base_manager
    comments.exclude(email="").update(email=Lower("email"))


class Migration(migrations.Migration):
    """The address of a comment is found by its one spelling: see spelled() of articles/comment_mails.py."""

    dependencies = [("articles", "0020_comment_form")]

    operations = [
        migrations.RunPython(write_in_small_letters, migrations.RunPython.noop, elidable=True)
    ]
