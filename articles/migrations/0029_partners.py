import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0028_image_passing_on"),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('contact', models.CharField(blank=True, help_text='Whom to write to, or to call.', max_length=200, verbose_name='contact')),
                ('is_active', models.BooleanField(default=True, help_text='Without this, none of the tokens is valid.', verbose_name='active')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('is_limited', models.BooleanField(default=False, help_text='Only those of the regions and sections below, and of all that stand under them.', verbose_name='not all stories')),
                ('per_minute', models.PositiveIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1)], verbose_name='requests a minute')),
                ('minute', models.BigIntegerField(default=0, editable=False)),
                ('asked', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ('categories', models.ManyToManyField(blank=True, related_name='partners', to='articles.category', verbose_name='regions and sections')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('hint', models.CharField(editable=False, max_length=12, verbose_name='begins with')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='made')),
                ('used_at', models.DateTimeField(editable=False, null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='revoked')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='articles.partner')),
            ],
            options={
                'verbose_name': 'token',
                'verbose_name_plural': 'tokens',
                'default_permissions': [],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('pt', 'Português'), ('ar', 'العربية')], max_length=7, verbose_name='language')),
                ('due', models.DateTimeField(null=True)),
                ('position', models.PositiveBigIntegerField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('article', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='items', to='articles.article')),
            ],
            options={
                'verbose_name': 'item for partners',
                'verbose_name_plural': 'items for partners',
                'default_permissions': [],
                'indexes': [models.Index(fields=['language', 'position'], name='item_told'), models.Index(fields=['told_at'], name='item_told_at'), models.Index(condition=models.Q(('due__isnull', False)), fields=['due'], name='item_due')],
                'constraints': [models.UniqueConstraint(fields=('article', 'language'), name='item_once'), models.UniqueConstraint(fields=('position',), name='item_position')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('pt', 'Português'), ('ar', 'العربية')], max_length=7, verbose_name='language')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='cancellation')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('article', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='deliveries', to='articles.article', verbose_name='story')),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='articles.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'default_permissions': ['view'],
                'indexes': [models.Index(fields=['partner', '-at'], name='delivery_partner'), models.Index(fields=['article', '-at'], name='delivery_article'), models.Index(fields=['at'], name='delivery_at')],
            },
        ),
    ]
