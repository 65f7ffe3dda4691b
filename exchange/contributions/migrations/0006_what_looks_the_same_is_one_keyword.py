"""Fill the keys of keywords; of those that look the same the first stays, and takes over the links of the others."""

from django.db import migrations

from exchange.clean_text import clean_line


def merge(apps, schema_editor):
    Keyword = apps.get_model("themes", "Keyword")
    KeywordLink = apps.get_model("contributions", "KeywordLink")
    kept = {}
    for keyword in Keyword.objects.order_by("pk"):
        key = clean_line(keyword.name).casefold()
        first = kept.setdefault(key, keyword) if key else None
        if first is keyword:
            continue
        if first is not None:
            has_it = KeywordLink.objects.filter(tag=first.pk).values("content_object")
            KeywordLink.objects.filter(tag=keyword.pk).exclude(content_object__in=has_it).update(tag=first.pk)
        keyword.delete()
    for key, keyword in kept.items():
        Keyword.objects.filter(pk=keyword.pk).update(name=clean_line(keyword.name), key=key)


class Migration(migrations.Migration):
    dependencies = [("contributions", "0005_evaluated_by"), ("themes", "0002_keyword_key")]

    operations = [
        migrations.RunPython(merge, migrations.RunPython.noop),
    ]
