"""Whatever text comes in, the check and the tips end soon: their time grows with the text and no faster.

Measured in processor time of a process of its own with a limit, far above what is needed and far below what a pattern
that goes back and forth takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import islice, product

SIZE = 200_000
# All of them together take about fifteen seconds here; one quadratic pattern would take minutes for one of them.
SECONDS = 120
HOSTILE = [
    "a", "A", "1", ".", "@", "a@", "a.", "a-", "-", " ", "\n", "\u00a0", "1 ", "1.", "0", "+31", "(", "(0)",
    "Jan ", "van de ", "Jan van de ", "J.", "J. ", "mevrouw ", "coach, ", "Noor (34) ", "AB ", "AB (", "huis a ",
    "huis achter de ", "code a ", "code", "a punt ", "goo.gl/maps", "/", "www.", "1 \u00b0 1 '",
    "opvang geboren bsn ", "NL91ABNA", "NL91 ABNA ", "1234 ab ", "1-1-1990 ", "111222333 ", "wachtwoord: ",
    "de enige a ", "een a ", "'", "a'", "a\u200d", "a\u0301", "\u0639 ", "XX-00-", "\u0130", "Noor. ", "<a href='",
]  # fmt: skip
PROGRAM = f"""
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
from django.conf import settings
settings.configure(USE_I18N=False)
from exchange.contributions.plain_language import advise
from exchange.contributions.privacy import check
for unit in json.load(sys.stdin):
    print(repr(unit), flush=True)
    text = unit * ({SIZE} // len(unit))
    check([("tekst", text), ("tekst", text[:-1] + "!")])
    advise([("tekst", text)])
"""


def different_abbreviations() -> str:
    """As many as fit, none twice."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return " ".join(islice(map("".join, product(letters, repeat=4)), SIZE // 5))


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        input=json.dumps([*HOSTILE, different_abbreviations()]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout[-80:], done.stderr[-500:])
