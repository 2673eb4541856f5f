from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site', '0008_shows_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='sitesettings',
            name='counts_comments',
            field=models.BooleanField(db_default=False, default=False, help_text='Where they read and in lists, which each new comment then makes anew.', verbose_name='readers are told how many comments there are'),
        ),
    ]
