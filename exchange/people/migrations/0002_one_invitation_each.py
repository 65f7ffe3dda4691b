"""Of invitations that wait for the same address, place and role the newest stays; addresses in small letters."""

from django.db import migrations


def keep_the_newest(apps, schema_editor):
    Invitation = apps.get_model("people", "Invitation")
    seen = set()
    for invitation in Invitation.objects.filter(accepted_at=None).order_by("-invited_at", "-pk"):
        key = (invitation.email.lower(), invitation.municipality_id, invitation.department_id, invitation.role)
        if key in seen:
            invitation.delete()
        else:
            Invitation.objects.filter(pk=invitation.pk).update(email=key[0])
        seen.add(key)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(keep_the_newest, migrations.RunPython.noop)]
