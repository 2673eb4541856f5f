"""Refuse times that no page can show; the columns stay as they are."""

from django.db import migrations, models

import newsroom.moments


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_imageuse_source_rights'),
    ]

    operations = [
        migrations.AlterField(
            model_name='edition',
            name='published_at',
            field=models.DateTimeField(blank=True, null=True, validators=[newsroom.moments.check], verbose_name='published'),
        ),
        migrations.AlterField(
            model_name='image',
            name='valid_until',
            field=models.DateTimeField(blank=True, help_text='From this moment on readers no longer see it.', null=True, validators=[newsroom.moments.check], verbose_name='right ends'),
        ),
    ]
