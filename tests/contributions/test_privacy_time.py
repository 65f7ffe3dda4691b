"""Whatever text comes in, the check and the tips end soon: their time grows with the text and no faster.

Measured in processor time of a process of its own with a limit, far above what is needed and far below what a pattern
that goes back and forth takes.
"""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

SIZE = 200_000
# What the check takes for 200,000 characters of plain words is about one second; a quadratic pattern takes minutes.
SECONDS = 20
HOSTILE = {
    "one-word": "a", "capital": "A", "digit": "1", "dots": ".", "at": "@", "at-words": "a@", "mail": "a.", "dash": "a-",
    "hyphens": "-", "spaces": " ", "lines": "\\n", "nbsp": "\\u00a0", "spaced-digits": "1 ", "dotted-digits": "1.",
    "zero": "0", "plus": "+31", "brackets": "(", "brackets-zero": "(0)", "names": "Jan ", "particles": "van de ",
    "name-particles": "Jan van de ", "initials": "J.", "initials-spaced": "J. ", "titles": "mevrouw ", "roles": "coach, ",
    "ages": "Noor (34) ", "abbreviations": "AB ", "abbreviations-brackets": "AB (", "many-abbreviations": None,
    "house": "huis a ", "house-behind": "huis achter de ", "code": "code a ", "code-code": "code", "mail-words": "a punt ",
    "maps": "goo.gl/maps", "slashes": "/", "www": "www.", "degrees": "1 \\u00b0 1 '", "near": "opvang geboren bsn ",
    "iban": "NL91ABNA", "iban-spaced": "NL91 ABNA ", "postcode": "1234 ab ", "dates": "1-1-1990 ", "bsn": "111222333 ",
    "password": "wachtwoord: ", "only": "de enige a ", "one": "een a ", "quotes": "'", "letters": "a'", "joiners": "a\\u200d",
    "combining": "a\\u0301", "arabic": "\\u0639 ", "plates": "XX-00-", "upper": "\\u0130", "sentence": "Noor. ", "link": "<a href='",
}  # fmt: skip
PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from django.conf import settings
settings.configure(USE_I18N=False)
from exchange.contributions.plain_language import advise
from exchange.contributions.privacy import check
unit = {unit!r}.encode().decode("unicode_escape") if {unit!r} else None
text = unit * ({size} // len(unit)) if unit else " ".join(
    chr(65 + i // 17576 % 26) + chr(65 + i // 676 % 26) + chr(65 + i // 26 % 26) + chr(65 + i % 26) for i in range({size} // 5)
)
check([("tekst", text), ("tekst", text[:-1] + "!")])
advise([("tekst", text)])
"""


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_long_text_takes_no_longer_than_its_length(unit: str | None) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM.format(seconds=SECONDS, unit=unit, size=SIZE)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (done.stderr[-500:], resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
