from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("themes", "0002_keyword_key"),
        ("contributions", "0006_what_looks_the_same_is_one_keyword"),
    ]

    operations = [
        migrations.AlterField(
            model_name="keyword",
            name="key",
            field=models.CharField(editable=False, max_length=300, unique=True),
        ),
    ]
