"""Keywords that differ in capitals or in the form of their letters only become one; pages and drafts keep theirs."""

from django.db import migrations

from exchange.themes.models import keyword_key
from exchange.clean_text import clean_line


def merge(apps, schema_editor):
    Keyword = apps.get_model("themes", "Keyword")
    kept, doubles = {}, {}
    for keyword in Keyword.objects.order_by("pk"):
        key = keyword_key(keyword.name)
        if key in kept:
            doubles[keyword.pk] = kept[key].pk
        else:
            kept[key] = keyword
    if doubles:
        _move_links(apps, doubles)
        _move_drafts(apps, doubles)
        Keyword.objects.filter(pk__in=doubles).delete()
    for key, keyword in kept.items():
        Keyword.objects.filter(pk=keyword.pk).update(key=key, name=clean_line(keyword.name))


def _move_links(apps, doubles):
    KeywordLink = apps.get_model("contributions", "KeywordLink")
    for link in KeywordLink.objects.filter(tag__in=doubles).order_by("pk"):
        to = doubles[link.tag_id]
        if KeywordLink.objects.filter(tag_id=to, content_object_id=link.content_object_id).exists():
            link.delete()
        else:
            KeywordLink.objects.filter(pk=link.pk).update(tag_id=to)


def _move_drafts(apps, doubles):
    """A draft holds the ids of its keywords."""
    Revision = apps.get_model("wagtailcore", "Revision")
    for revision in Revision.objects.iterator(chunk_size=200):
        links = revision.content.get("keyword_links") or []
        if not any(link.get("tag") in doubles for link in links):
            continue
        seen = {}
        for link in links:
            link["tag"] = doubles.get(link["tag"], link["tag"])
            seen.setdefault(link["tag"], link)
        revision.content["keyword_links"] = list(seen.values())
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


class Migration(migrations.Migration):

    dependencies = [
        ('themes', '0002_keyword_key'),
        ('contributions', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.RunPython(merge, migrations.RunPython.noop),
    ]
