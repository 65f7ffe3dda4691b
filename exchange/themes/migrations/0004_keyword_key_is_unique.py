from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('themes', '0003_one_keyword_for_what_looks_alike'),
    ]

    operations = [
        migrations.AlterField(
            model_name='keyword',
            name='key',
            field=models.CharField(editable=False, max_length=300, unique=True),
        ),
    ]
