"""`manage.py tidy`: remove what was kept long enough, and clean texts that came in unclean. Run it once a day."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from post_office.models import STATUS, Email
from wagtail.models import ModelLogEntry, PageLogEntry

from exchange.accounts import once
from exchange.auditing.models import AuditEntry
from exchange.confirming import links
from exchange.importing.uploading import forget_old
from home.clean_rows import clean_what_is_kept
from home.site_address import keep_site_in_step


class Command(BaseCommand):
    help = (
        "Remove log entries older than AUDIT_DAYS, sent mails older than MAIL_DAYS, files of an import of a month ago "
        "and sessions that ended. Take signs that no reader sees out of texts that have them, and give Wagtail's site "
        "the address of BASE_URL."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        old = now - datetime.timedelta(days=settings.AUDIT_DAYS)
        number = AuditEntry.objects.filter(at__lt=old).delete()[0]
        number += PageLogEntry.objects.filter(timestamp__lt=old).delete()[0]
        number += ModelLogEntry.objects.filter(timestamp__lt=old).delete()[0]
        sent = Email.objects.filter(
            status=STATUS.sent, last_updated__lt=now - datetime.timedelta(days=settings.MAIL_DAYS)
        )
        mails = sent.delete()[0]
        call_command("clearsessions")
        uploads = forget_old()
        once.forget_old()
        texts = clean_what_is_kept()
        self.stdout.write(f"{texts} rows with text cleaned.")
        links.forget_old()
        keep_site_in_step()
        self.stdout.write(f"{number} log entries, {mails} rows of sent mails and {uploads} imported files removed.")
