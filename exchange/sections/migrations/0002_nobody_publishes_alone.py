"""Editors of a section hold no right to publish any more: what they place was read along."""

from django.db import migrations


def take_the_right(apps, schema_editor):
    permissions = apps.get_model("wagtailcore", "GroupPagePermission")
    permissions.objects.filter(group__name__startswith="GM", permission__codename="publish_page").delete()
    # Platform editors get theirs on the editorial pages, by `manage.py bootstrap`.
    permissions.objects.filter(group__name="Platformredactie", page__depth__lte=2).delete()


class Migration(migrations.Migration):
    dependencies = [("sections", "0001_initial"), ("wagtailcore", "0094_alter_page_locale")]
    operations = [migrations.RunPython(take_the_right, migrations.RunPython.noop)]
