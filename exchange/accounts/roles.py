"""The roles there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does here; `exchange.accounts.rights` says what each may do."""

    MEMBER = "member", _("deelnemer")
    AUTHOR = "author", _("auteur")
    EDITOR = "editor", _("redacteur")
    PLATFORM_EDITOR = "platform_editor", _("platformredacteur")
    ADMINISTRATOR = "administrator", _("beheerder")


PLATFORM_ROLES = (Role.PLATFORM_EDITOR, Role.ADMINISTRATOR)
# The roles that an editor may give in the own section.
SECTION_ROLES = (Role.MEMBER, Role.AUTHOR, Role.EDITOR)
