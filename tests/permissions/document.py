"""docs/permissions.md, made from the rules and the table: `python -m tests.permissions > docs/permissions.md`."""

from __future__ import annotations

from functools import partial
from typing import Any

from exchange.accounts.rights import RIGHTS, Action
from exchange.accounts.roles import Role
from exchange.gate.table import doors
from tests.gate.addresses import addresses
from tests.gate.plan import ASKED, TRIED, planned

from .table import OWN, PEOPLE, PROBED, RULES, THINGS, WHOLE, Person

HEAD = """# Who may do what

Made from `exchange/accounts/rights.py` and `tests/permissions/table.py` by `python -m tests.permissions`; a test fails
where it is not up to date. The matrix below is tried on the running site: {probes:,} probes.

## Rights

In the own section: a role in a department holds there, a role in a municipality in all of it. An administrator may do
everything. What may be *read* follows from who a contribution is for: everybody, the municipalities that take part,
or the own municipality.

| right | {roles} |
|---|{lines}|
"""
MATRIX = """
## What was tried

For a contribution of the municipality itself and of one of its departments, that somebody else wrote. *d*: while
it is a draft; *l*: while it is live; *w*: while it waits for a reader; -: never. It says so where it depends on for
whom it is.

| | {people} |
|---|{lines}|
"""

GATE = """
## Every address of the admin

Every address of the admin, and of Wagtail elsewhere, passes one gate (`exchange/gate`): {guarded} addresses, of which
{off} are off for everybody. Each of {tried} is asked by reading and by a hand-made POST, as {people} roles, about
drafts, own, waiting, scheduled and public texts of other sections, their files, their writers and those who wrote them:
{probes:,} probes. No answer tells of what somebody may not know (titles, keywords, names, names of files), nothing of
another section changes, and what is hidden answers like what is not there.

| address | who comes in | what it may be about |
|---|---|---|
"""
# What who asks is called here.
WHO = {"anybody": "who writes", "keeps_platform": "platform editors", "administers": "administrators"}


def _gate() -> str:
    known = {address.name for address in addresses() if not address.is_unnamed}
    text = GATE.format(
        guarded=len(known), off=len(known - set(doors())), tried=len(TRIED), people=len(ASKED),
        probes=sum(planned(person) for person in ASKED),
    )  # fmt: skip
    for name, one in sorted(doors().items()):
        asked = {**one.about, **one.sent}
        scopes = ", ".join(f"{argument}: {_scope(scope)}" for argument, scope in asked.items())
        changes = f"; to change: {', '.join(map(_scope, one.changes.values()))}" if one.changes else ""
        text += f"| {name} | {WHO[one.who.__name__]} | {scopes or '-'}{changes} |\n"
    return text


def _scope(scope: Any) -> str:
    """A scope in words: its name, or that of the action of which it is one."""
    if isinstance(scope, partial):
        return f"{scope.func.__name__.strip('_')} {getattr(scope.args[0], '__name__', scope.args[0]).lower()}"
    return "everything" if scope.__name__ == "<lambda>" else str(scope.__name__).strip("_").replace("_", " ")


def _cell(action: str, person: Person) -> str:
    """In which states it works, and for whom where that matters."""
    rule = RULES[action]
    found = []
    for place in (WHOLE, OWN):
        things = [thing for thing in THINGS if thing.place == place]
        states = {
            state: [thing.visibility for thing in things if thing.state == state and rule(person, thing)]
            for state in ("draft", "live", "waiting")
        }
        text = " ".join(
            name if len(visible) == 3 else f"{name} ({', '.join(visible)})"
            for name, visible in zip("dlw", states.values(), strict=True)
            if visible
        )
        found.append(text or "-")
    return found[0] if found[0] == found[1] else f"{found[0]}; department: {found[1]}"


def document() -> str:
    """The whole page."""
    roles = [Role.MEMBER, Role.AUTHOR, Role.EDITOR]
    text = HEAD.format(
        probes=len(PEOPLE) * len(PROBED),
        roles=" | ".join(role.value for role in roles),
        lines="---|" * (len(roles) - 1) + "---",
    )
    for right in Action:
        cells = " | ".join("yes" if right in RIGHTS[role] else "-" for role in roles)
        text += f"| {right.value.replace('_', ' ')} | {cells} |\n"
    text += MATRIX.format(people=" | ".join(person.name for person in PEOPLE), lines="---|" * (len(PEOPLE) - 1) + "---")
    for action in RULES:
        text += f"| {action} | {' | '.join(_cell(action, person) for person in PEOPLE)} |\n"
    return text + _gate()
