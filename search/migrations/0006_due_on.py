from django.db import migrations, models


def project_again(apps, schema_editor):
    """Every entry gets its day, and an index that does not know the field is built anew."""
    apps.get_model("search", "Entry").objects.update(words={}, digest="", dirty=True)
    apps.get_model("search", "Generation").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0005_weight_in_the_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='due_on',
            field=models.DateField(help_text='By when to confirm it; what is fresh is decided when asked.', null=True),
        ),
        migrations.RunPython(project_again, migrations.RunPython.noop),
    ]
