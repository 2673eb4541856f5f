"""The tables of a site that begins: what the first thirty-six migrations came to."""

import articles.models.image
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import newsroom.languages
import newsroom.moments
import taggit.managers
from django.conf import settings
from django.db import migrations, models
from modeltranslation.utils import build_localized_fieldname

from newsroom.db.fulltext import Index
from newsroom.db.schema import CreateModels

LANGUAGES = (
    "en es pt pt-br fr de it nl ca pl cs ro hu el tr ru uk bg sr sr-latn ar fa ur ps he ku hi bn ta id ms "
    "vi th zh-hans zh-hant ja ko sw am ha so en-simple es-simple pt-simple de-simple "
).split()
SEARCH = Index("articles_searchentry", key="place", words="words", near=46, far=50)
BEFORE = (
    "0001_initial 0003_find_editions_by_headline 0004_edition_modified_at 0005_imageuse_source_reference "
    "0006_imageuse_source_rights 0007_bound_moments 0008_authorname 0009_tag_identity 0010_origin_given "
    "0011_find_images_by_file 0012_keep_addresses_of_what_is_gone 0013_origin_of_deleted 0014_promotion "
    "0015_earlier_changes 0016_comments 0017_image_kind 0018_related_stories_and_kinds_of_tags "
    "0019_slugs_without_accents 0020_comment_form 0021_one_spelling_of_addresses 0022_month_count "
    "0023_comments_by_threads 0024_promotion_edition_source 0025_move_the_marks_of_promotions "
    "0026_remove_promotion_source 0027_sections_before_headlines 0028_image_passing_on 0029_partners "
    "0030_items_of_what_is_published 0031_search 0032_longer_codes_of_languages 0033_texts_in_forty_languages "
    "0034_own_pages 0035_menu 0036_words_by_span "
).split()


def in_each_language(name, field):
    """Yield the column that stands for a text, and those that hold it, each by its name."""
    yield name, field
    for language in LANGUAGES:
        text = field.clone()
        text.null = True
        yield build_localized_fieldname(name, language), text


def unique_in_each_language(text, *, beside, name, **more):
    """Yield the constraints on a text that no two rows have in one language; where it is empty it is none."""
    for language in LANGUAGES:
        column = build_localized_fieldname(text, language)
        yield models.UniqueConstraint(
            fields=(*beside, column),
            name=build_localized_fieldname(name, language),
            condition=~models.Q(**{column: ""}),
            **more,
        )


def create_search(apps, schema_editor):
    SEARCH.create(schema_editor.connection)


def drop_search(apps, schema_editor):
    SEARCH.drop(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True
    replaces = [("articles", name) for name in BEFORE]
    # After all that other tables belong to: Django loads anew whatever stands beside a table that changes.
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("users", "0002_lost_passwords"),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Author',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    *in_each_language('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                    *in_each_language('bio', models.TextField(blank=True, verbose_name='about')),
                    ('slug', models.SlugField(allow_unicode=True, blank=True, max_length=100, unique=True, verbose_name='slug')),
                    ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], default='person', max_length=12, verbose_name='kind')),
                    ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='author', to=settings.AUTH_USER_MODEL, verbose_name='login')),
                ],
                options={
                    'verbose_name': 'author',
                    'verbose_name_plural': 'authors',
                },
            ),
            migrations.CreateModel(
                name='Category',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('region', 'Region'), ('section', 'Section')], max_length=10, verbose_name='kind')),
                    *in_each_language('name', models.CharField(blank=True, max_length=100, verbose_name='name')),
                    *in_each_language('slug', models.SlugField(allow_unicode=True, blank=True, db_index=False, max_length=100, verbose_name='slug')),
                    *in_each_language('description', models.TextField(blank=True, verbose_name='description')),
                    ('position', models.PositiveIntegerField(default=100, verbose_name='position')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='subcategories', to='articles.category', verbose_name='parent')),
                    ('is_genre', models.BooleanField(default=False, help_text='Its name is printed before the headline of each of its stories, so that nobody takes them for news: opinion, analysis, or what somebody has paid for.', verbose_name='stands before headlines')),
                ],
                options={
                    'verbose_name': 'category',
                    'verbose_name_plural': 'categories',
                    'constraints': [
                        *unique_in_each_language('slug', beside=('kind',), name='category_slug', violation_error_message='Another category has this slug.'),
                        models.CheckConstraint(condition=models.Q(('kind', 'region'), ('parent__isnull', True), _connector='OR'), name='category_flat_sections'),
                        models.CheckConstraint(condition=models.Q(('parent', models.F('pk')), _negated=True), name='category_not_own_parent'),
                        models.CheckConstraint(condition=models.Q(('kind', 'section'), ('is_genre', False), _connector='OR'), name='category_genre_is_section', violation_error_message='Only a section can stand before headlines.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Article',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    *in_each_language('title', models.CharField(blank=True, max_length=300, verbose_name='headline')),
                    *in_each_language('standfirst', models.TextField(blank=True, verbose_name='standfirst')),
                    *in_each_language('body', models.TextField(blank=True, verbose_name='body')),
                    ('source_language', models.CharField(choices=newsroom.languages.choices, default=newsroom.languages.first_language, max_length=16, verbose_name='written in')),
                    ('rev', models.PositiveIntegerField(default=0, editable=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('modified_at', models.DateTimeField(auto_now=True, verbose_name='last change')),
                    ('categories', models.ManyToManyField(blank=True, related_name='articles', to='articles.category', verbose_name='categories')),
                    ('related', models.JSONField(blank=True, null=True, verbose_name='related stories')),
                ],
                options={
                    'verbose_name': 'article',
                    'verbose_name_plural': 'articles',
                    'permissions': [('submit_article', 'Can submit an edition for review'), ('publish_article', 'Can publish, schedule, withdraw and restore an edition')],
                    'indexes': [
                        models.Index(fields=['-modified_at', '-id'], name='article_modified'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='CommentRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(blank=True, choices=newsroom.languages.choices, help_text='Leave empty for every language. The rule of a language goes before that.', max_length=16, verbose_name='language')),
                    ('takes_comments', models.BooleanField(default=True, help_text='Concerns stories that are published from now on; each can be opened and closed by itself.', verbose_name='stories take comments')),
                    ('days', models.PositiveSmallIntegerField(default=30, help_text='For how many days after its publication a story takes comments.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3650)], verbose_name='days')),
                    ('hold', models.CharField(choices=[('all', 'All comments'), ('first', 'The first comment of everybody'), ('links', 'Comments with links'), ('none', 'Only what looks like spam')], default='all', help_text='“The first comment of everybody” knows readers by the address that they confirm by mail; without one, each comment is a first one.', max_length=5, verbose_name='wait for a moderator')),
                    ('held_words', models.TextField(blank=True, help_text='One in each line. A comment with one of them waits, whatever stands above.', verbose_name='held words')),
                    ('category', models.ForeignKey(blank=True, help_text='Leave empty for the whole site. The rule of a category goes before that.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comment_rules', to='articles.category', verbose_name='category')),
                ],
                options={
                    'verbose_name': 'rule for comments',
                    'verbose_name_plural': 'rules for comments',
                    'constraints': [
                        models.UniqueConstraint(fields=('category', 'language'), name='comment_rule_once', violation_error_message='There is a rule for this already: change that one.'),
                        models.UniqueConstraint(condition=models.Q(('category', None)), fields=('language',), name='comment_rule_of_site_once', violation_error_message='There is a rule for this already: change that one.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16, verbose_name='language')),
                    ('status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='status')),
                    ('slug', models.SlugField(allow_unicode=True, blank=True, db_index=False, max_length=100, verbose_name='slug')),
                    ('published_at', models.DateTimeField(blank=True, null=True, validators=[newsroom.moments.check], verbose_name='published')),
                    ('withdrawn_reason', models.TextField(blank=True, verbose_name='reason of withdrawal')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('source_version', models.PositiveIntegerField(editable=False, null=True)),
                    ('text_checksum', models.CharField(blank=True, editable=False, max_length=64)),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='articles.article')),
                    ('headline_key', models.CharField(blank=True, db_default='', default='', editable=False, max_length=400)),
                    ('modified_at', models.DateTimeField(editable=False, null=True, verbose_name='words changed')),
                    ('earlier_changes', models.JSONField(editable=False, null=True)),
                    ('comment_count', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                    ('comments_until', models.DateTimeField(blank=True, null=True, validators=[newsroom.moments.check], verbose_name='takes comments until')),
                ],
                options={
                    'verbose_name': 'edition',
                    'verbose_name_plural': 'editions',
                    'indexes': [
                        models.Index(condition=models.Q(('status', 'published')), fields=['language', '-published_at', '-id'], name='edition_live'),
                        models.Index(fields=['headline_key', 'language'], name='edition_headline'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('article', 'language'), name='edition_once'),
                        models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('language', 'slug'), name='edition_slug', violation_error_message='Another story has this slug in this language.'),
                        models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['published', 'withdrawn']), _negated=True), models.Q(('published_at__isnull', False), models.Q(('slug', ''), _negated=True)), _connector='OR'), name='edition_published_has_address'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('words', models.TextField(max_length=5000, verbose_name='comment')),
                    ('state', models.CharField(choices=[('pending', 'Waiting'), ('published', 'Published'), ('hidden', 'Hidden'), ('spam', 'Spam'), ('deleted', 'Deleted')], default='pending', max_length=10, verbose_name='state')),
                    ('written_at', models.DateTimeField(validators=[newsroom.moments.check], verbose_name='written')),
                    ('edited_at', models.DateTimeField(editable=False, null=True, verbose_name='changed')),
                    ('email', models.EmailField(blank=True, editable=False, max_length=254, verbose_name='address')),
                    ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='address confirmed')),
                    ('signs', models.CharField(blank=True, editable=False, max_length=200, verbose_name='held because of')),
                    ('digest', models.CharField(editable=False, max_length=64)),
                    ('sender', models.CharField(blank=True, editable=False, max_length=64)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='articles.edition', verbose_name='story')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='articles.comment', verbose_name='answer to')),
                    ('form', models.CharField(blank=True, db_default='', editable=False, max_length=16)),
                ],
                options={
                    'verbose_name': 'comment',
                    'verbose_name_plural': 'comments',
                    'permissions': [('moderate_comment', 'Can publish, hide, mark as spam and delete comments')],
                    'default_permissions': ['view'],
                    'indexes': [
                        models.Index(fields=['state', '-id'], name='comment_queue'),
                        models.Index(fields=['digest'], name='comment_digest'),
                        models.Index(condition=models.Q(('sender', ''), _negated=True), fields=['sender'], name='comment_sender'),
                        models.Index(condition=models.Q(('email', ''), _negated=True), fields=['email'], name='comment_email'),
                        models.Index(models.F('edition'), models.F('state'), django.db.models.functions.comparison.Coalesce('parent', 'id'), models.F('id'), name='comment_thread'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('parent', models.F('pk')), _negated=True), name='comment_answers_another'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='CommentEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verb', models.CharField(max_length=20, verbose_name='action')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='articles.comment', verbose_name='comment')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comment_events', to='articles.edition', verbose_name='story')),
                ],
                options={
                    'verbose_name': 'moderation',
                    'verbose_name_plural': 'moderation log',
                    'default_permissions': ['view'],
                    'indexes': [
                        models.Index(fields=['-at', '-id'], name='comment_event_at'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16, verbose_name='language')),
                    ('verb', models.CharField(max_length=20, verbose_name='action')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='articles.article')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ],
                options={
                    'verbose_name': 'event',
                    'verbose_name_plural': 'events',
                    'ordering': ['-at', '-pk'],
                    'indexes': [
                        models.Index(fields=['article', '-at'], name='event_article'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Image',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file', models.FileField(blank=True, upload_to=articles.models.image.original_path, validators=[django.core.validators.FileExtensionValidator(('jpg', 'jpeg', 'png', 'webp', 'avif'))], verbose_name='file')),
                    ('description', models.CharField(blank=True, help_text='For finding it again; readers never see it.', max_length=200, verbose_name='description')),
                    ('creator', models.CharField(blank=True, max_length=200, verbose_name='creator')),
                    ('credit_line', models.CharField(blank=True, help_text='As it stands under the picture.', max_length=200, verbose_name='credit line')),
                    ('copyright_notice', models.CharField(blank=True, max_length=300, verbose_name='copyright notice')),
                    ('licence', models.CharField(blank=True, max_length=100, verbose_name='licence')),
                    ('licence_url', models.URLField(blank=True, verbose_name='licence address')),
                    ('source_url', models.URLField(blank=True, verbose_name='source address')),
                    ('valid_until', models.DateTimeField(blank=True, help_text='From this moment on readers no longer see it.', null=True, validators=[newsroom.moments.check], verbose_name='right ends')),
                    ('focal_x', models.FloatField(default=0.5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='focal point from the left')),
                    ('focal_y', models.FloatField(default=0.5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='focal point from the top')),
                    ('width', models.PositiveIntegerField(default=0, editable=False)),
                    ('height', models.PositiveIntegerField(default=0, editable=False)),
                    ('checksum', models.CharField(blank=True, editable=False, max_length=64)),
                    ('available', models.JSONField(default=dict, editable=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                    ('kind', models.CharField(choices=[('photo', 'photograph or illustration: may be cropped'), ('graphic', 'map, chart or drawing with words: always whole')], db_default='photo', default='photo', max_length=10, verbose_name='kind')),
                    ('passing_on', models.CharField(blank=True, choices=[('', 'only if the licence at its address allows it to everybody'), ('yes', 'yes: it is ours, or we have the right'), ('no', 'no')], db_default='', default='', max_length=3, verbose_name='partners get it, too')),
                ],
                options={
                    'verbose_name': 'image',
                    'verbose_name_plural': 'images',
                    'indexes': [
                        models.Index(fields=['checksum'], name='image_checksum'),
                        models.Index(fields=['file'], name='image_file'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('focal_x__gte', 0), ('focal_x__lte', 1), ('focal_y__gte', 0), ('focal_y__lte', 1)), name='image_focal_point'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='ImageUse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_lead', models.BooleanField(default=False, verbose_name='leads the story')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                    *in_each_language('caption', models.TextField(blank=True, verbose_name='caption')),
                    *in_each_language('alt', models.CharField(blank=True, help_text='What the picture shows, for those who do not see it.', max_length=400, verbose_name='alternative text')),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='articles.article')),
                    ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='articles.image', verbose_name='image')),
                    ('source_reference', models.CharField(blank=True, db_default='', default='', editable=False, max_length=400)),
                    ('source_rights', models.JSONField(default=dict, editable=False)),
                ],
                options={
                    'verbose_name': 'use of an image',
                    'verbose_name_plural': 'uses of images',
                    'ordering': ['-is_lead', 'position', 'pk'],
                    'constraints': [
                        models.UniqueConstraint(fields=('article', 'image'), name='imageuse_once', violation_error_message='This image stands in the story already.'),
                        models.UniqueConstraint(condition=models.Q(('is_lead', True)), fields=('article',), name='imageuse_one_lead', violation_error_message='Only one image can lead the story.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Item',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16, verbose_name='language')),
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
                    'indexes': [
                        models.Index(fields=['language', 'position'], name='item_told'),
                        models.Index(fields=['told_at'], name='item_told_at'),
                        models.Index(condition=models.Q(('due__isnull', False)), fields=['due'], name='item_due'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('article', 'language'), name='item_once'),
                        models.UniqueConstraint(fields=('position',), name='item_position'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='MonthCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16)),
                    ('zone', models.CharField(max_length=64)),
                    ('month', models.DateField()),
                    ('number', models.IntegerField(default=0)),
                ],
                options={
                    'constraints': [
                        models.UniqueConstraint(fields=('language', 'zone', 'month'), name='monthcount_once'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Origin',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(max_length=100, verbose_name='source')),
                    ('external_id', models.CharField(max_length=300, verbose_name='id there')),
                    ('rev', models.PositiveIntegerField(default=0, editable=False)),
                    ('report', models.TextField(blank=True, verbose_name='import report')),
                    ('imported_at', models.DateTimeField(auto_now=True, verbose_name='imported')),
                    ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='origins', to='articles.article')),
                    ('given', models.JSONField(default=dict, editable=False)),
                    ('deleted_article', models.PositiveBigIntegerField(editable=False, null=True)),
                    ('deleted_at', models.DateTimeField(editable=False, null=True)),
                    ('headline', models.CharField(blank=True, default='', editable=False, max_length=300)),
                ],
                options={
                    'verbose_name': 'origin',
                    'verbose_name_plural': 'origins',
                    'indexes': [
                        models.Index(fields=['deleted_article'], name='origin_deleted_article'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('source', 'external_id'), name='origin_identity'),
                        models.CheckConstraint(condition=models.Q(('article__isnull', False), ('deleted_at__isnull', False), _connector='OR'), name='origin_has_article_or_had_one'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='OwnPage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('about', 'About us'), ('contact', 'Contact'), ('imprint', 'Imprint'), ('privacy', 'Privacy'), ('principles', 'Editorial principles'), ('ethics', 'Ethics'), ('corrections', 'Corrections policy'), ('ownership', 'Ownership and funding'), ('masthead', 'Masthead'), ('accessibility', 'Accessibility'), ('security', 'Reports of weaknesses'), ('other', 'Any other')], default='other', max_length=15, verbose_name='kind')),
                    ('in_foot', models.BooleanField(default=True, verbose_name='stands in the foot of every page')),
                    ('position', models.PositiveSmallIntegerField(default=100, help_text='Those with lower numbers stand first.', verbose_name='position')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ],
                options={
                    'verbose_name': 'page',
                    'verbose_name_plural': 'pages',
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('kind', 'other'), _negated=True), fields=('kind',), name='ownpage_kind_once', violation_error_message='There is a page of this kind already: write in that one.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='MenuEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('link', models.URLField(blank=True, help_text='An address elsewhere: https://…', verbose_name='link')),
                    *in_each_language('label', models.CharField(blank=True, help_text='Of a link. A category or a page has its own name if this is empty.', max_length=60, verbose_name='label')),
                    ('languages', models.JSONField(blank=True, default=list, help_text='In all languages if none is chosen.', verbose_name='languages')),
                    ('position', models.PositiveSmallIntegerField(default=100, help_text='Those with lower numbers stand first.', verbose_name='position')),
                    ('category', models.ForeignKey(blank=True, help_text='It is left out in each language in which nothing stands in it.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='menu_entries', to='articles.category', verbose_name='category')),
                    ('page', models.ForeignKey(blank=True, help_text='It is left out in each language in which it is not published.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='menu_entries', to='articles.ownpage', verbose_name='page')),
                ],
                options={
                    'verbose_name': 'menu entry',
                    'verbose_name_plural': 'menu entries',
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(models.Q(('category__isnull', False), ('link', ''), ('page__isnull', True)), models.Q(('category__isnull', True), ('link', ''), ('page__isnull', False)), models.Q(('category__isnull', True), ('page__isnull', True), models.Q(('link', ''), _negated=True)), _connector='OR'), name='menuentry_one_place'),
                        models.CheckConstraint(condition=models.Q(('link', ''), ('link__startswith', 'https://'), ('link__startswith', 'http://'), _connector='OR'), name='menuentry_web_address'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='OwnPageEdition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16, verbose_name='language')),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    ('slug', models.SlugField(allow_unicode=True, blank=True, db_index=False, max_length=100, verbose_name='slug')),
                    ('body', models.TextField(blank=True, verbose_name='body')),
                    ('is_published', models.BooleanField(default=False, verbose_name='published')),
                    ('modified_at', models.DateTimeField(editable=False, null=True, verbose_name='words changed')),
                    ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='articles.ownpage')),
                ],
                options={
                    'verbose_name': 'edition of a page',
                    'verbose_name_plural': 'editions of pages',
                    'constraints': [
                        models.UniqueConstraint(fields=('page', 'language'), name='ownpageedition_once'),
                        models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('language', 'slug'), name='ownpageedition_slug', violation_error_message='Another page has this address.'),
                        models.CheckConstraint(condition=models.Q(('is_published', False), models.Q(models.Q(('slug', ''), _negated=True), models.Q(('title', ''), _negated=True)), _connector='OR'), name='ownpageedition_published_has_address'),
                    ],
                },
            ),
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
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16, verbose_name='language')),
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
                    'indexes': [
                        models.Index(fields=['partner', '-at'], name='delivery_partner'),
                        models.Index(fields=['article', '-at'], name='delivery_article'),
                        models.Index(fields=['at'], name='delivery_at'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Rendition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=24)),
                    ('shape', models.CharField(max_length=10)),
                    ('format', models.CharField(choices=[('avif', 'AVIF'), ('webp', 'WebP'), ('jpeg', 'JPEG')], max_length=4)),
                    ('width', models.PositiveIntegerField()),
                    ('height', models.PositiveIntegerField()),
                    ('file', models.FileField(max_length=200, upload_to='')),
                    ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='articles.image')),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['key'], name='rendition_key'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('image', 'key', 'shape', 'format', 'width'), name='rendition_once'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='SearchEntry',
                fields=[
                    ('place', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('words', models.TextField()),
                    ('headline', models.TextField(blank=True)),
                    ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='search_entry', to='articles.edition')),
                ],
            ),
            migrations.CreateModel(
                name='SearchWord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16)),
                    ('word', models.CharField(max_length=40)),
                    ('head', models.CharField(max_length=3)),
                    ('tail', models.CharField(max_length=3)),
                    ('number', models.IntegerField(default=0)),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['language', 'head'], name='searchword_head'),
                        models.Index(fields=['language', 'tail'], name='searchword_tail'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('language', 'word'), name='searchword_once'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Tag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                    ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name='slug')),
                    *in_each_language('label', models.CharField(blank=True, max_length=100, verbose_name='label')),
                    *in_each_language('label_slug', models.SlugField(allow_unicode=True, blank=True, db_index=False, max_length=100, verbose_name='label slug')),
                    ('kind', models.CharField(choices=[('topic', 'Topic'), ('storyline', 'Running story: its stories list “The story so far”'), ('series', 'Series: its stories lead to the part before and after')], db_default='topic', default='topic', max_length=10, verbose_name='kind')),
                ],
                options={
                    'verbose_name': 'tag',
                    'verbose_name_plural': 'tags',
                    'constraints': [
                        *unique_in_each_language('label_slug', beside=(), name='tag_slug', violation_error_message='Another tag has this slug.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Promotion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    *in_each_language('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    *in_each_language('text', models.TextField(blank=True, help_text='Two or three sentences.', verbose_name='text')),
                    *in_each_language('venue', models.CharField(blank=True, help_text='House and town, as people say them.', max_length=200, verbose_name='venue')),
                    *in_each_language('call', models.CharField(blank=True, help_text='“Book a place”, “Give”. Empty: “Tickets” for an event, else “More”.', max_length=60, verbose_name='words of the link')),
                    *in_each_language('alt', models.CharField(blank=True, help_text='What the picture shows, for those who do not see it.', max_length=400, verbose_name='alternative text')),
                    ('place', models.CharField(choices=[('story', 'Foot of every story'), ('front', 'Front page'), ('category', 'Page of a region or section'), ('tag', 'Page of a tag')], default='story', max_length=10, verbose_name='place')),
                    ('starts_at', models.DateTimeField(validators=[newsroom.moments.check], verbose_name='starts')),
                    ('ends_at', models.DateTimeField(help_text='From this minute on readers no longer see it.', validators=[newsroom.moments.check], verbose_name='ends')),
                    ('priority', models.PositiveSmallIntegerField(default=0, help_text='Of several in one place readers see the one with the highest number, and of equals the one that started last.', verbose_name='priority')),
                    ('event_at', models.DateTimeField(blank=True, null=True, validators=[newsroom.moments.check], verbose_name='event begins')),
                    ('event_zone', models.CharField(blank=True, max_length=64, validators=[newsroom.moments.check_zone], verbose_name='in the time of')),
                    ('link', models.URLField(blank=True, help_text='Where tickets are sold, or more is told.', verbose_name='link')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='promotions', to='articles.category', verbose_name='region or section')),
                    ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promotions', to='articles.image', verbose_name='picture')),
                    ('tag', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='promotions', to='articles.tag', verbose_name='tag')),
                ],
                options={
                    'verbose_name': 'promotion',
                    'verbose_name_plural': 'promotions',
                    'indexes': [
                        models.Index(fields=['place', 'ends_at'], name='promotion_running'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='promotion_ends_after_start', violation_error_message='The promotion would end before it starts: choose a later end.'),
                        models.CheckConstraint(condition=models.Q(models.Q(('category', None), ('place__in', ['story', 'front']), ('tag', None)), models.Q(('category__isnull', False), ('place', 'category'), ('tag', None)), models.Q(('category', None), ('place', 'tag'), ('tag__isnull', False)), _connector='OR'), name='promotion_stands_in_one_place', violation_error_message='Name one region, section or tag, as the place asks.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='PromotionEdition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16, verbose_name='language')),
                    ('is_published', models.BooleanField(default=False, verbose_name='published')),
                    ('link', models.URLField(blank=True, verbose_name='another link')),
                    ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promotion_editions', to='articles.image', verbose_name='another picture')),
                    ('promotion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='articles.promotion')),
                    ('source_mark', models.CharField(blank=True, db_default='', default='', editable=False, max_length=16)),
                ],
                options={
                    'verbose_name': 'edition of a promotion',
                    'verbose_name_plural': 'editions of promotions',
                    'constraints': [
                        models.UniqueConstraint(fields=('promotion', 'language'), name='promotionedition_once'),
                        models.UniqueConstraint(condition=models.Q(('source_mark', ''), _negated=True), fields=('source_mark',), name='promotionedition_source'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='OldAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path', models.CharField(max_length=400, verbose_name='path')),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='old_addresses', to='articles.author')),
                    ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='old_addresses', to='articles.category')),
                    ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='old_addresses', to='articles.edition')),
                    ('tag', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='old_addresses', to='articles.tag')),
                    ('own_page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='old_addresses', to='articles.ownpageedition')),
                ],
                options={
                    'verbose_name': 'old address',
                    'verbose_name_plural': 'old addresses',
                    'constraints': [
                        models.UniqueConstraint(fields=('path',), name='oldaddress_path'),
                        models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', True), ('category__isnull', True), ('own_page__isnull', True), ('tag__isnull', True)), models.Q(('author__isnull', True), ('edition__isnull', True), ('own_page__isnull', True), ('tag__isnull', True)), models.Q(('author__isnull', True), ('category__isnull', True), ('edition__isnull', True), ('own_page__isnull', True)), models.Q(('category__isnull', True), ('edition__isnull', True), ('own_page__isnull', True), ('tag__isnull', True)), models.Q(('author__isnull', True), ('category__isnull', True), ('edition__isnull', True), ('tag__isnull', True)), _connector='OR'), name='oldaddress_one_target_at_most'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Listing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(max_length=16)),
                    ('published_at', models.DateTimeField()),
                    ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='articles.author')),
                    ('category', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='articles.category')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='articles.edition')),
                    ('tag', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='articles.tag')),
                ],
                options={
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', True), ('category__isnull', False), ('tag__isnull', True)), models.Q(('author__isnull', True), ('category__isnull', True), ('tag__isnull', False)), models.Q(('author__isnull', False), ('category__isnull', True), ('tag__isnull', True)), _connector='OR'), name='listing_one_shelf'),
                        models.UniqueConstraint(condition=models.Q(('category__isnull', False)), fields=('category', 'language', 'published_at', 'edition'), name='listing_category'),
                        models.UniqueConstraint(condition=models.Q(('tag__isnull', False)), fields=('tag', 'language', 'published_at', 'edition'), name='listing_tag'),
                        models.UniqueConstraint(condition=models.Q(('author__isnull', False)), fields=('author', 'language', 'published_at', 'edition'), name='listing_author'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='TagAlias',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=100, verbose_name='also written')),
                    ('key', models.CharField(editable=False, max_length=200)),
                    ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='articles.tag', verbose_name='tag')),
                    ('folded', models.CharField(default='', editable=False, max_length=200)),
                ],
                options={
                    'verbose_name': 'spelling',
                    'verbose_name_plural': 'spellings',
                    'indexes': [
                        models.Index(fields=['folded'], name='tagalias_folded'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('key',), name='tagalias_key'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='TaggedArticle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='articles.article')),
                    ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='articles.tag')),
                ],
                options={
                    'constraints': [
                        models.UniqueConstraint(fields=('content_object', 'tag'), name='taggedarticle_once'),
                    ],
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
                name='WaitingLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=newsroom.languages.choices, max_length=16)),
                    ('key', models.CharField(max_length=400)),
                    ('label', models.CharField(max_length=400)),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting_links', to='articles.article')),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['key'], name='waitinglink_key'),
                    ],
                    'constraints': [
                        models.UniqueConstraint(fields=('article', 'language', 'key'), name='waitinglink_once'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='AuthorName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=150)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imported_names', to='articles.author')),
                ],
                options={
                    'constraints': [
                        models.UniqueConstraint(fields=('name',), name='authorname_once'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='AuthorWord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('word', models.CharField(max_length=40)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_words', to='articles.author')),
                ],
                options={
                    'constraints': [
                        models.UniqueConstraint(fields=('word', 'author'), name='authorword_once'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Byline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('author', 'Author'), ('translator', 'Translator'), ('photographer', 'Photographer'), ('organisation', 'Organisation')], default='author', max_length=12, verbose_name='role')),
                    ('language', models.CharField(blank=True, choices=newsroom.languages.choices, help_text='Leave empty for a credit that stands in every language.', max_length=16, verbose_name='only in')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bylines', to='articles.article')),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bylines', to='articles.author', verbose_name='author')),
                ],
                options={
                    'verbose_name': 'byline',
                    'verbose_name_plural': 'bylines',
                    'ordering': ['position', 'pk'],
                    'constraints': [
                        models.UniqueConstraint(fields=('article', 'author', 'role', 'language'), name='byline_once', violation_error_message='This credit stands here already.'),
                    ],
                },
            ),
        ]),
        migrations.AddField('article', 'tags', taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='articles.TaggedArticle', to='articles.Tag', verbose_name='tags')),
        migrations.RunPython(create_search, drop_search),
    ]
