from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0040_pairs_of_stories'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='blocks_behind',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
