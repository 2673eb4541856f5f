import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0036_words_by_span'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('sources', models.JSONField(default=list)),
                ('options', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('report', models.TextField(blank=True, default='')),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ImportChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_new', models.BooleanField()),
                ('rev', models.PositiveIntegerField()),
                ('version', models.PositiveBigIntegerField(null=True)),
                ('given', models.JSONField(default=dict)),
                ('editions', models.JSONField(default=dict)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='articles.importbatch')),
                ('origin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='articles.origin')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('batch', 'origin'), name='import_change_identity')],
            },
        ),
    ]
