from django.db import migrations, models


def mark_ended(apps, schema_editor):
    apps.get_model("articles", "ImportBatch").objects.filter(ended_at__isnull=False).update(state="done")


class Migration(migrations.Migration):
    """Imports that are asked for in the admin: how far each is, and what became of each story."""

    dependencies = [
        ('articles', '0038_ids_of_one_story'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='importbatch',
            options={'default_permissions': (), 'permissions': [('import_articles', 'Can import stories')], 'verbose_name': 'import', 'verbose_name_plural': 'imports'},
        ),
        migrations.RemoveField(
            model_name='importbatch',
            name='report',
        ),
        migrations.AddField(
            model_name='importbatch',
            name='file',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='handled',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='heard_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='plan',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='receipt',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='state',
            field=models.CharField(choices=[('planning', 'is being read'), ('planned', 'waits for your word'), ('running', 'is being imported'), ('done', 'has been imported'), ('broken', 'could not be imported'), ('returning', 'is being taken back')], db_default='running', default='running', max_length=10),
        ),
        migrations.RunPython(mark_ended, migrations.RunPython.noop),
    ]
