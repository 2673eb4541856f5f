import django.db.models.deletion
from django.db import migrations, models


def forget_gone(apps, schema_editor):
    """Going back: an address without a target has no place in the older schema."""
    rows = apps.get_model("articles", "OldAddress").objects
    rows.filter(edition=None, category=None, tag=None, author=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_find_images_by_file"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="imageuse",
            options={
                "ordering": ["-is_lead", "position", "pk"],
                "verbose_name": "use of an image",
                "verbose_name_plural": "uses of images",
            },
        ),
        migrations.RemoveConstraint(
            model_name="oldaddress",
            name="oldaddress_one_target",
        ),
        migrations.AlterField(
            model_name="category",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="subcategories",
                to="articles.category",
                verbose_name="parent",
            ),
        ),
        migrations.AlterField(
            model_name="oldaddress",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="old_addresses",
                to="articles.author",
            ),
        ),
        migrations.AlterField(
            model_name="oldaddress",
            name="category",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="old_addresses",
                to="articles.category",
            ),
        ),
        migrations.AlterField(
            model_name="oldaddress",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="old_addresses",
                to="articles.edition",
            ),
        ),
        migrations.AlterField(
            model_name="oldaddress",
            name="tag",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="old_addresses",
                to="articles.tag",
            ),
        ),
        migrations.AddConstraint(
            model_name="oldaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("author__isnull", True), ("category__isnull", True), ("tag__isnull", True)
                    ),
                    models.Q(
                        ("author__isnull", True), ("edition__isnull", True), ("tag__isnull", True)
                    ),
                    models.Q(
                        ("author__isnull", True),
                        ("category__isnull", True),
                        ("edition__isnull", True),
                    ),
                    models.Q(
                        ("category__isnull", True), ("edition__isnull", True), ("tag__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="oldaddress_one_target_at_most",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_gone),
    ]
