from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0027_sections_before_headlines"),
    ]

    operations = [
        migrations.AddField(
            model_name='image',
            name='passing_on',
            field=models.CharField(blank=True, choices=[('', 'only if the licence at its address allows it to everybody'), ('yes', 'yes: it is ours, or we have the right'), ('no', 'no')], db_default='', default='', max_length=3, verbose_name='partners get it, too'),
        ),
    ]
