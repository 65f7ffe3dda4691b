"""Importing a file for the own section, some rows at a time: so it shows how far it is, and goes on after a stop."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.contributions.section import place_of
from exchange.sections.models import DepartmentPage

from . import files
from .files import Record, UnreadableFileError
from .models import Upload
from .run import Options, run

# More than this in one file is for the command (docs/import.md).
MOST_ROWS = 2000
# Rows at a time: about two seconds of work.
STEP = 10
# How long a file is kept, also one that nobody went on with.
KEPT = datetime.timedelta(days=30)


def receive(file: UploadedFile[bytes], section: Page, writer: User) -> Upload:
    """Keep the rows of a file, to be tried.

    Raises:
        UnreadableFileError: not a file of a known kind, damaged, without rows, or with too many.
    """
    name = PurePath(file.name or "").name
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{PurePath(name).suffix}"
        path.write_bytes(file.read())
        records = list(islice(files.read(path), MOST_ROWS + 1))
    if not records:
        raise UnreadableFileError(_("Er staan geen rijen in dit bestand, alleen kolomnamen."))
    if len(records) > MOST_ROWS:
        raise UnreadableFileError(_("Er staan meer dan %(most)s rijen in. Deel het bestand op.") % {"most": MOST_ROWS})
    rows = [[record.line, _in_section(record.values, section), record.error] for record in records]
    return Upload.objects.create(section=section, writer=writer, name=name[:200], records=rows, total=len(rows))


def _in_section(values: dict[str, str], section: Page) -> dict[str, str]:
    """A row that names no municipality is of this section."""
    place = place_of(section)
    if place is None or values.get("municipality", "").strip():
        return values
    department = section.title if isinstance(section.specific, DepartmentPage) else values.get("department", "")
    return values | {"municipality": place.municipality, "department": department}


def step(upload: Upload) -> Upload:
    """Give some rows their turn. Safe to repeat, and by two at once: one waits for the other."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update().select_related("writer").get(pk=upload.pk)
        if locked.is_working:
            _take(locked)
            locked.save()
    return locked


def _take(upload: Upload) -> None:
    records = [Record(*row) for row in upload.records]
    batch = records[upload.done : upload.done + STEP]
    is_dry = upload.state == Upload.State.CHECKING
    with transaction.atomic():
        report = run(batch, Options(writer=upload.writer, dry_run=is_dry), before=records[: upload.done])
    upload.done += len(batch)
    upload.outcomes = dict(Counter(upload.outcomes) + report.outcomes)
    upload.errors += [[error.line, error.external_id, error.reason] for error in report.errors]
    upload.kept += [[kept.line, kept.external_id, list(kept.fields)] for kept in report.kept]
    upload.unknown_columns = sorted({*upload.unknown_columns, *report.unknown_columns})
    if upload.done >= upload.total:
        upload.state = Upload.State.CHECKED if is_dry else Upload.State.DONE
        # The rows that are left out stay, to be mended.
        left_out = {line for line, _id, _reason in upload.errors}
        upload.records = upload.records if is_dry else [row for row in upload.records if row[0] in left_out]


def begin(upload: Upload) -> None:
    """From trying to importing: the rows have their turn anew."""
    Upload.objects.filter(pk=upload.pk, state=Upload.State.CHECKED).update(
        state=Upload.State.IMPORTING, done=0, outcomes={}, errors=[], kept=[]
    )


def forget_old() -> int:
    """Remove files that were kept long enough; what was imported from them stays. Returns how many."""
    return Upload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def error_rows(upload: Upload) -> Iterable[list[str]]:
    """The rows that are left out, for a file: with their own columns, so that they can be mended and sent again."""
    columns = list(dict.fromkeys(name for _line, values, _error in upload.records for name in values))
    reasons = {line: reason for line, _id, reason in upload.errors}
    yield ["line", "reason", *columns]
    for line, values, _error in upload.records:
        if line in reasons:
            yield [str(line), reasons[line], *(values.get(name, "") for name in columns)]
