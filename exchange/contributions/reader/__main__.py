"""Prints the text of a document that comes in: `python -I reader/__main__.py pdf < file`. Run by `documents` only.

Out comes JSON: the lines, each with the level of its heading, and which limit was met; or why nothing can be read. It
limits its own memory and time, and trusts nothing of the file.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from exchange.contributions.reader import docx, odt, packed
from exchange.contributions.reader.limits import MEMORY, SECONDS, Budget, LimitMetError, ReadError
from exchange.contributions.reader.paper import Paper, with_headings


def answer(kind: str, content: bytes) -> dict[str, Any]:
    """What can be told of a document."""
    paper, met = Paper(Budget()), ""
    try:
        if kind == "pdf":
            from exchange.contributions.reader import pdf

            pdf.read(content, paper)
        else:
            {"docx": docx.read, "odt": odt.read}[kind](packed.opened(content), paper)
    except LimitMetError as error:
        met = error.code
    except ReadError as error:
        return {"problem": error.code}
    except MemoryError:
        return {"problem": "memory"}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error):
        return {"problem": "broken"}
    lines = with_headings(paper.close())
    return {"lines": [[line.text, line.level] for line in lines], "met": met, "unread": sorted(paper.unread)}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # It is told first, and ended a second later.
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.write(json.dumps(answer(sys.argv[1], sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
