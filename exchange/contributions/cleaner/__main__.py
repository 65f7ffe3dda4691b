"""`python -I cleaner/__main__.py docx < file > file`: the document without its makers. Run by `attachments` only.

It ends with the number of a `Reason` where the document is refused. It limits its own memory and time.
"""

from __future__ import annotations

import resource
import sys
import zipfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from exchange.contributions.cleaner import makers, office, opendocument, packed
from exchange.contributions.cleaner.reasons import MEMORY, SECONDS, Reason, RefusedError


def cleaned(kind: str, content: bytes) -> bytes:
    """A document without its makers.

    Raises:
        RefusedError: it is not kept.
    """
    if kind == "pdf":
        from exchange.contributions.cleaner import pdf

        return pdf.cleaned(content)
    parts = packed.opened(content)
    (opendocument if kind in {"odt", "ods", "odp"} else office).look(parts)
    return makers.without_makers(content, parts)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        sys.stdout.buffer.write(cleaned(sys.argv[1], sys.stdin.buffer.read()))
    except RefusedError as error:
        sys.exit(error.reason)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, SyntaxError):
        sys.exit(Reason.BROKEN)


if __name__ == "__main__":
    main()
