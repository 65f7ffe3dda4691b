"""Findings as a writer is asked about them: each question once, with a few places where it was found. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .privacy import Finding

# More places than this under one question nobody reads.
SHOWN = 5


@dataclass(frozen=True)
class Question:
    """What is asked, and what it is about."""

    text: str
    findings: tuple[Finding, ...]

    @property
    def must_go(self) -> bool:
        return self.findings[0].must_go

    @property
    def shown(self) -> tuple[Finding, ...]:
        return self.findings[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.findings) - len(self.shown)

    @property
    def line(self) -> str:
        """The question on one line, for a form that takes a line for each mistake."""
        places = "; ".join(f"{finding.field}: {finding.excerpt}" for finding in self.shown)
        more = _(" En nog %(number)s keer.") % {"number": self.more} if self.more else ""
        return f"{self.text} ({places}){more}"


def grouped(findings: Iterable[Finding]) -> list[Question]:
    """Each question once, what must go first, else in the order of the findings."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.question, []).append(finding)
    questions = [Question(text, tuple(found)) for text, found in groups.items()]
    return sorted(questions, key=lambda question: not question.must_go)
