from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('themes', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='keyword',
            name='key',
            field=models.CharField(default='', editable=False, max_length=300),
            preserve_default=False,
        ),
    ]
