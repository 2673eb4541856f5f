from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0051_tags_by_their_signs'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(
                condition=models.Q(('status', 'withdrawn')),
                fields=['article'],
                name='edition_withdrawn',
            ),
        ),
    ]
