import django.db.models.deletion
from django.db import migrations, models

BATCH = 500


def repeated(weights):
    return "".join(f"{stem} " * max(1, round(weight * 4)) for stem, weight in weights.items())


def move(apps, schema_editor):
    """Nothing is made anew: what is found stays as it was."""
    entries, values = apps.get_model("search", "Entry").objects, apps.get_model("search", "EntryValue").objects
    texts = apps.get_model("search", "EntryText").objects
    ids = list(entries.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = list(entries.filter(pk__in=ids[start : start + BATCH]))
        found = {entry.pk: {"public": [], "members": []} for entry in batch}
        rows = values.filter(entry__in=list(found)).values_list("entry_id", "audience", "field", "value")
        for page_id, audience, field, value in rows:
            found[page_id][audience].append(f"{field}={value}")
        for entry in batch:
            entry.values = " ".join(sorted(found[entry.pk]["public"]))
            entry.member_values = " ".join(sorted(found[entry.pk]["members"]))
        entries.bulk_update(batch, ["values", "member_values"], batch_size=100)
        texts.bulk_create(
            texts.model(
                entry_id=entry.pk,
                body=entry.body,
                attachments=entry.attachments,
                stems=entry.stems,
                words=repeated(entry.words.get("public", {})),
                member_words=repeated(entry.words.get("members", {})),
            )
            for entry in batch
        )


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0007_value_audience'),
    ]

    operations = [
        # Its name is wanted for the column.
        migrations.AlterField(
            model_name='entryvalue',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='search.entry'),
        ),
        migrations.CreateModel(
            name='EntryText',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='search.entry')),
                ('body', models.TextField(blank=True, help_text='Plain text of all fields, for highlights.')),
                ('attachments', models.JSONField(default=list, help_text='Name and text of each document, for highlights.')),
                ('stems', models.TextField(blank=True, help_text='The same text as stems, for phrases.')),
                ('words', models.TextField(blank=True, help_text='Each stem as often as it weighs, in quarters.')),
                ('member_words', models.TextField(blank=True, help_text='What comes on top for members.')),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='values',
            field=models.TextField(blank=True, help_text='What can be filtered on and counted, as `field=value`.'),
        ),
        migrations.AddField(
            model_name='entry',
            name='member_values',
            field=models.TextField(blank=True, help_text='What comes on top for members.'),
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
