import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the move: PostgreSQL alters no table in a transaction that also wrote what refers to it."""

    dependencies = [
        ('municipalities', '0001_initial'),
        ('search', '0008_texts_and_values_of_an_entry'),
    ]

    operations = [
        *(
            migrations.RemoveField(model_name='entry', name=name)
            for name in ('attachments', 'body', 'stems', 'words')
        ),
        migrations.DeleteModel(
            name='EntryValue',
        ),
        migrations.RemoveIndex(
            model_name='entry',
            name='search_entr_is_list_c1934d_idx',
        ),
        migrations.AlterField(
            model_name='entry',
            name='page_id',
            field=models.IntegerField(primary_key=True, serialize=False),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['is_listed', 'visibility', '-published_at', 'municipality'], name='search_entr_is_list_7611e8_idx'),
        ),
        migrations.AlterField(
            model_name='entryterm',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='search.entry'),
        ),
        migrations.AlterField(
            model_name='pushed',
            name='generation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='pushed', to='search.generation'),
        ),
    ]
