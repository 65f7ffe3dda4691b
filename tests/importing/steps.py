"""Takes the steps of an upload, in a process of its own that a test may kill. Tells of each row that it writes."""

from __future__ import annotations

import os
import sys
from typing import Any

import django


def main(pk: int) -> None:
    django.setup()
    from django.db.models.signals import post_save

    from exchange.importing.models import ImportRecord, Upload
    from exchange.importing.uploading import step

    def told(**_: Any) -> None:
        os.write(1, b"row\n")

    post_save.connect(told, sender=ImportRecord)
    upload = Upload.objects.get(pk=pk)
    while upload.is_working:
        step(upload)
        upload.refresh_from_db()


if __name__ == "__main__":
    main(int(sys.argv[1]))
