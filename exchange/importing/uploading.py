"""Importing a file for the own section, some rows at a time: so it shows how far it is, and goes on after a stop."""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.clean_text import clean_line
from exchange.contributions.section import place_of
from exchange.sections.models import DepartmentPage
from exchange.tables.lines import Limits

from . import files
from .files import Record, UnreadableFileError
from .models import Upload
from .run import Options, our_fault, run

logger = logging.getLogger(__name__)

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
    name = clean_line(PurePath(file.name or "").name)
    table = files.read_content(file.read(), name, Limits(rows=MOST_ROWS))
    if not table.records:
        raise UnreadableFileError(_("Er staan geen rijen in dit bestand, alleen kolomnamen."))
    rows = [[record.line, _in_section(record.values, section), record.error] for record in table.records]
    return Upload.objects.create(
        section=section,
        writer=writer,
        name=name[:200],
        records=rows,
        total=len(rows),
        remarks=list(files.remarks(table)),
    )


def _in_section(values: dict[str, str], section: Page) -> dict[str, str]:
    """A row that names no municipality is of this section."""
    place = place_of(section)
    if place is None or values.get("municipality", "").strip():
        return values
    department = section.title if isinstance(section.specific, DepartmentPage) else values.get("department", "")
    return values | {"municipality": place.municipality, "department": department}


def step(upload: Upload) -> None:
    """Give some rows their turn. Safe to repeat, and by two at once: one waits for the other.

    It always goes on. Where some rows together fail, the first of them is tried alone; where that fails, it is left
    out, with the reason, and what went wrong stands in the log.

    Raises:
        Upload.DoesNotExist: somebody threw it away.
        DatabaseError: the database cannot be written to; the same step can be taken again.
    """
    for rows in (STEP, 1, 0):
        try:
            return _step(upload.pk, rows)
        except Upload.DoesNotExist:
            raise
        except Exception:
            logger.exception("A step of upload %s failed, with %s rows", upload.pk, rows)
            if not rows:
                raise
    return None


def _step(pk: int, rows: int) -> None:
    """One step of so many rows; of none: the next one is left out."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().select_related("writer").get(pk=pk)
        if upload.is_working:
            is_at_end = _take(upload, rows) if rows else _leave_out(upload)
            # The rows themselves are much to write, and change at the end only.
            changed = {"done", "outcomes", "errors", "kept", "unknown_columns", "state"}
            upload.save(update_fields=changed | ({"records"} if is_at_end else set()))


def _take(upload: Upload, rows: int) -> bool:
    records = [Record(*row) for row in upload.records]
    batch = records[upload.done : upload.done + rows]
    options = Options(writer=upload.writer, dry_run=upload.state == Upload.State.CHECKING)
    report = run(batch, options, before=records[: upload.done])
    upload.outcomes = dict(Counter(upload.outcomes) + report.outcomes)
    upload.errors += [[error.line, error.external_id, error.reason] for error in report.errors]
    upload.kept += [[kept.line, kept.external_id, list(kept.fields)] for kept in report.kept]
    upload.unknown_columns = sorted({*upload.unknown_columns, *report.unknown_columns})
    return _forward(upload, len(batch))


def _leave_out(upload: Upload) -> bool:
    for line, values, _error in upload.records[upload.done : upload.done + 1]:
        upload.errors.append([line, values.get("external_id", ""), our_fault()])
    return _forward(upload, 1)


def _forward(upload: Upload, rows: int) -> bool:
    """So many rows had their turn. Returns whether these were the last."""
    upload.done += rows
    if upload.done < upload.total:
        return False
    if upload.state == Upload.State.CHECKING:
        upload.state = Upload.State.CHECKED
    else:
        upload.state = Upload.State.DONE
        # The rows that are left out stay, to be mended.
        left_out = {line for line, _id, _reason in upload.errors}
        upload.records = [row for row in upload.records if row[0] in left_out]
    return True


def begin(upload: Upload) -> None:
    """From trying to importing: the rows have their turn anew."""
    Upload.objects.filter(pk=upload.pk, state=Upload.State.CHECKED).update(
        state=Upload.State.IMPORTING, done=0, outcomes={}, errors=[], kept=[]
    )


def again(upload: Upload) -> None:
    """From the beginning: the rows are tried anew. What was imported stays, and is found again by its id."""
    Upload.objects.filter(pk=upload.pk).exclude(state=Upload.State.DONE).update(
        state=Upload.State.CHECKING, done=0, outcomes={}, errors=[], kept=[], unknown_columns=[]
    )


def forget_old() -> int:
    """Remove files that were kept long enough; what was imported from them stays. Returns how many."""
    return Upload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def error_rows(upload: Upload) -> Iterator[list[str]]:
    """The rows that are left out, for a file: with their own columns, so that they can be mended and sent again."""
    records = (Record(*row) for row in upload.records)
    return files.error_rows(records, {line: reason for line, _id, reason in upload.errors})
