from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0023_comments_by_threads'),
    ]

    operations = [
        migrations.AddField(
            model_name='promotionedition',
            name='source_mark',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=16),
        ),
        migrations.AddConstraint(
            model_name='promotionedition',
            constraint=models.UniqueConstraint(condition=models.Q(('source_mark', ''), _negated=True), fields=('source_mark',), name='promotionedition_source'),
        ),
    ]
