from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0025_move_the_marks_of_promotions'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='promotion',
            name='promotion_source',
        ),
        migrations.RemoveField(
            model_name='promotion',
            name='source_mark',
        ),
    ]
