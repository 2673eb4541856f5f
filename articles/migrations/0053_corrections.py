import django.db.models.deletion
import newsroom.moments
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0052_find_what_is_withdrawn'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', 'Correction'), ('clarification', 'Clarification')], default='correction', max_length=13, verbose_name='kind')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('note_en', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_es', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_pt', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_pt_br', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_fr', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_de', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_it', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_nl', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ca', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_pl', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_cs', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ro', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_hu', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_el', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_tr', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ru', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_uk', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_bg', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_sr', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_sr_latn', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ar', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_fa', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ur', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ps', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_he', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ku', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_hi', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_bn', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ta', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ind', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ms', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_vi', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_th', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_zh_hans', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_zh_hant', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ja', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ko', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_sw', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_am', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_ha', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_so', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_en_simple', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_es_simple', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_pt_simple', models.TextField(blank=True, null=True, verbose_name='note')),
                ('note_de_simple', models.TextField(blank=True, null=True, verbose_name='note')),
                ('published_at', models.DateTimeField(validators=[newsroom.moments.check], verbose_name='told readers')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='articles.article')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='corrections',
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('corrections__isnull', False)), fields=['language'], name='edition_corrected'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['-published_at', '-id'], name='correction_newest'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['correction', 'clarification'])), name='correction_kind'),
        ),
    ]
