from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0048_find_what_is_active'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(
                condition=models.Q(('status', 'draft')),
                fields=['article'],
                name='edition_draft',
            ),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(
                condition=models.Q(('status', 'submitted')),
                fields=['article'],
                name='edition_submitted',
            ),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(
                condition=models.Q(('blocks_behind__gt', 0)),
                fields=['article'],
                name='edition_behind',
            ),
        ),
    ]
