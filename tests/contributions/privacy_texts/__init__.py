"""Texts on which the privacy check is measured: written before its rules were read, every person invented.

Of a text with something personal the part that must be asked about stands between braces.
"""

from __future__ import annotations

from pathlib import Path

from exchange.contributions.privacy import Finding, check, folded

HERE = Path(__file__).parent
BATCHES = ("first", "second", "third")


def lines(name: str) -> list[str]:
    return (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def asked(text: str) -> list[Finding]:
    return check([("tekst", text)])


def is_seen(line: str) -> bool:
    """Is there a question about what stands between the braces?"""
    marked = folded(line[line.index("{") + 1 : line.index("}")])
    found = [finding.found.strip(" .,()") for finding in asked(line.replace("{", "").replace("}", ""))]
    return any(marked in one or one in marked or set(marked.split()) & set(one.split()) for one in found)


def missed(batch: str) -> list[str]:
    return [line for line in lines(f"{batch}_personal") if not is_seen(line)]


def false_alarms(batch: str) -> list[tuple[str, list[str]]]:
    found = [(line, [finding.found for finding in asked(line)]) for line in lines(f"{batch}_innocent")]
    return [(line, words) for line, words in found if words]
