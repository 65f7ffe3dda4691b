"""Every environment variable the exchange reads, each with one line of help.

A setting asks for its variable here, so `manage.py environment` can print the whole table and none is read in secret.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, what it is for, and what happens when it is not set."""

    name: str
    help: str
    default: str


VARIABLES: dict[str, Variable] = {}


def text(name: str, *, help: str, default: str = "") -> str:
    """Read a variable as text."""
    VARIABLES[name] = Variable(name=name, help=help, default=default)
    return os.environ.get(name, default)


def flag(name: str, *, help: str, default: bool = False) -> bool:
    """Read a variable as yes or no (`1`, `true`, `yes`, `on` mean yes).

    Raises:
        ImproperlyConfigured: the value is neither a yes nor a no.
    """
    value = text(name, help=help, default="true" if default else "false").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def number(name: str, *, help: str, default: int) -> int:
    """Read a variable as a whole number, one or more.

    Raises:
        ImproperlyConfigured: it is no such number.
    """
    value = text(name, help=help, default=str(default)).strip()
    if value.isascii() and value.isdecimal() and int(value) > 0:
        return int(value)
    raise ImproperlyConfigured(f"{name} must be a whole number above zero, not {value!r}.")


def words(name: str, *, help: str, default: str = "") -> list[str]:
    """Read a variable as a list, separated by commas."""
    return [word.strip() for word in text(name, help=help, default=default).split(",") if word.strip()]


def require(names: Iterable[str]) -> None:
    """Refuse to start while one of these is not set.

    Raises:
        ImproperlyConfigured: names every variable that is missing, with its help.
    """
    missing = [VARIABLES[name] for name in names if not os.environ.get(name)]
    if missing:
        lines = "\n".join(f"  {variable.name}: {variable.help}" for variable in missing)
        raise ImproperlyConfigured(f"Set these environment variables first:\n{lines}")
