"""`make soak`: two writers, two workers and a reader, while Elasticsearch is cut off, silent, killed and rebuilt.

Afterwards nothing may be missing, stale or left over in entries or index, and no search may have ended in an error.
`python -m tests.chaos --seconds 600 --seed 3` for as long as one wants; the suite runs it briefly.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import StringIO

import django
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from rich.console import Console

PLACES = ("GM9901", "GM9903", "GM9910")
WORDS = ("inloop", "opvang", "taalles", "moestuin", "energie", "schulden", "mantelzorg", "fiets")
THEMES = ("inburgering", "taal-leren", "wmo", "sleutelpersonen")
QUESTIONS = ("inloop", "vluchtelingenopvang", "mantelzrog", "hoe leer je taal", "", "energie schulden")
# How long the server is away at most when it is cut off or silent, in seconds.
AWAY = 3.0
CATCH_UP_SECONDS = 120

console = Console(width=110, stderr=True)


class Chaos:
    """What happens at random, how often, and what went wrong."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._stop = threading.Event()
        # Theme names are in use by every writer: each changes one of its own.
        self.seed = seed

    def until_stopped(self, name: str, work: Callable[[], str]) -> threading.Thread:
        """Do something again and again in a thread; whatever it raises is wrong."""

        def loop() -> None:
            from django.db import connection

            while not self._stop.is_set():
                try:
                    self.done[f"{name}: {work()}"] += 1
                except Exception as error:
                    if met_another(error):
                        self.done[f"{name}: met another in the tree"] += 1
                        continue
                    self.wrong.append(f"{name}: {type(error).__name__}: {error}")
            connection.close()

        thread = threading.Thread(target=loop, name=name, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self._stop.set()

    def pause(self, seconds: float) -> None:
        self._stop.wait(seconds)


def met_another(error: Exception) -> bool:
    """Two pages that come under one parent at once may choose the same place in Wagtail's tree.

    The second is refused whole, and whoever moved it does so again.
    """
    return isinstance(error, IntegrityError) and "wagtailcore_page" in str(error) and "path" in str(error)


# --- who takes part


def writer(number: int, chaos: Chaos) -> Callable[[], str]:
    """Publishes, edits, moves, hides, withdraws and deletes in sections of its own; renames a theme."""
    from exchange.contributions.choices import Visibility
    from exchange.initiatives.models import InitiativePage
    from exchange.sections.models import MunicipalityPage
    from exchange.themes.models import Theme
    from tests.factories import InitiativeFactory

    lot = random.Random(chaos.seed + number)
    own: list[int] = []

    def section() -> MunicipalityPage:
        found: MunicipalityPage = MunicipalityPage.objects.get(municipality_id=PLACES[number])
        return found

    def some() -> InitiativePage:
        page: InitiativePage = InitiativePage.objects.get(pk=lot.choice(own))
        return page

    def publish() -> None:
        title = f"{lot.choice(WORDS)} {lot.choice(WORDS)} {lot.randrange(10**9)}"
        own.append(InitiativeFactory(parent=section(), title=title, themes=[lot.choice(THEMES)]).pk)

    def edit() -> None:
        page = some()
        page.title = f"{lot.choice(WORDS)} anders {lot.randrange(10**9)}"
        page.visibility = lot.choice(Visibility.values)
        page.save_revision().publish()

    def move() -> None:
        other = MunicipalityPage.objects.get(municipality_id=PLACES[2])
        page = some()
        target = section() if page.is_child_of(other) else other
        page.move(target, pos="last-child")

    def withdraw() -> None:
        some().unpublish()

    def delete() -> None:
        page = some()
        own.remove(page.pk)
        page.delete()

    def rename() -> None:
        theme = Theme.objects.get(slug=THEMES[number])
        theme.synonyms = f"andere woorden {lot.randrange(1000)}"
        theme.save()

    works = {publish: 6, edit: 4, move: 2, withdraw: 1, delete: 1, rename: 1}

    def work() -> str:
        chosen = publish if len(own) < 3 else lot.choices(list(works), list(works.values()))[0]
        chosen()
        time.sleep(0.02)
        return chosen.__name__

    return work


def reader(chaos: Chaos) -> Callable[[], str]:
    """Asks what people ask; every answer has to be an answer."""
    from django.test import Client

    client = Client()

    def work() -> str:
        question = chaos.random.choice(QUESTIONS)
        answer = client.get("/api/v1/search", {"q": question})
        if answer.status_code != 200:
            raise AssertionError(f"{question!r} was answered {answer.status_code}")
        time.sleep(0.05)
        found = answer.json()
        return "answered by the database instead" if found["degraded"] else f"answered by {found['engine']}"

    return work


def worker(chaos: Chaos) -> Callable[[], str]:
    """What `search_index push --follow` does, one turn at a time."""

    def work() -> str:
        chaos.pause(0.5)
        with contextlib.suppress(CommandError):
            call_command("search_index", "push", stdout=StringIO(), stderr=StringIO())
            return "pushed"
        return "waited"

    return work


def rebuilder(chaos: Chaos) -> Callable[[], str]:
    def work() -> str:
        chaos.pause(6)
        with contextlib.suppress(CommandError):
            call_command("search_index", "rebuild", index_only=True, stdout=StringIO(), stderr=StringIO())
            return "rebuilt"
        return "could not rebuild"

    return work


# --- the server


class Server:
    """An Elasticsearch behind a wire, that can be cut off, silenced, or killed and started empty."""

    def __init__(self) -> None:
        from tests.elasticsearch import free_port
        from tests.search.wire import wire_to

        self._port = free_port()
        self._stack = ExitStack()
        self._start()
        self.wire = self._stack.enter_context(wire_to(f"http://127.0.0.1:{self._port}"))

    def _start(self) -> None:
        from tests.elasticsearch import server

        self._running = ExitStack()
        self._running.enter_context(server(self._port))

    def kill(self) -> None:
        """Kill it, with all it had; start an empty one in its place."""
        self._running.close()
        self._start()

    def close(self) -> None:
        self._stack.close()
        self._running.close()


def trouble(server: Server, chaos: Chaos) -> Callable[[], str]:
    from tests.search.wire import State

    def work() -> str:
        chaos.pause(chaos.random.uniform(8, 14))
        state = chaos.random.choice([State.CUT, State.SILENT])
        server.wire.turn(state)
        chaos.pause(chaos.random.uniform(0.5, AWAY))
        server.wire.turn(State.WORKS)
        return state.name.lower()

    return work


# --- all together


@contextmanager
def exchange() -> Iterator[None]:
    """A fresh exchange with the invented municipalities."""
    from exchange.demo.content import DATA
    from exchange.municipalities import loader
    from exchange.sections.models import MunicipalityIndexPage, MunicipalityPage
    from exchange.sections.opening import open_section
    from exchange.sections.tree import add_missing_pages
    from home.bootstrap import bootstrap

    call_command("migrate", verbosity=0)
    bootstrap()
    loader.load(DATA / "municipalities.csv", None, invented=True)
    add_missing_pages(MunicipalityIndexPage.objects.get())
    for page in MunicipalityPage.objects.filter(municipality__in=PLACES):
        open_section(page)
    yield


def run(seconds: float, seed: int) -> int:
    from django.conf import settings

    chaos, server = Chaos(seed), Server()
    settings.ELASTICSEARCH_URL = server.wire.address
    with exchange():
        call_command("search_index", "push", stdout=StringIO())
        threads = [
            chaos.until_stopped("writer 1", writer(0, chaos)),
            chaos.until_stopped("writer 2", writer(1, chaos)),
            chaos.until_stopped("reader", reader(chaos)),
            chaos.until_stopped("worker 1", worker(chaos)),
            chaos.until_stopped("worker 2", worker(chaos)),
            chaos.until_stopped("rebuilder", rebuilder(chaos)),
            chaos.until_stopped("server", trouble(server, chaos)),
        ]
        end = time.monotonic() + seconds
        time.sleep(seconds / 2)
        server.kill()
        chaos.done["server: killed and started empty"] += 1
        while time.monotonic() < end:
            time.sleep(0.2)
        chaos.stop()
        for thread in threads:
            thread.join(timeout=90)
        wrong = [*chaos.wrong, *_afterwards(server)]
    server.close()
    for name, number in sorted(chaos.done.items()):
        console.print(f"{number:6} {name}")
    for line in wrong[:20]:
        console.print(f"[red]wrong[/red] {line}")
    console.print(f"{sum(chaos.done.values())} things happened, {len(wrong)} went wrong.")
    return 1 if wrong else 0


def _afterwards(server: Server) -> list[str]:
    """Let the worker catch up, then compare everything with everything."""
    from search.index.connection import breaker
    from tests.search.wire import State

    server.wire.turn(State.WORKS)
    breaker.succeeded()
    out = StringIO()
    end = time.monotonic() + CATCH_UP_SECONDS
    while True:
        try:
            call_command("search_index", "push", stdout=out, stderr=out)
            break
        except CommandError as error:
            if time.monotonic() > end:
                return [f"The worker did not catch up: {error}"]
            time.sleep(1)
    try:
        call_command("search_index", "check", stdout=out, stderr=out)
    except CommandError as error:
        return [f"check: {error}"]
    return [] if out.getvalue().count("in line") == 2 else [f"check: {out.getvalue()}"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    console.print(f"Chaos for {options.seconds:.0f} seconds, seed {options.seed}.")
    return run(options.seconds, options.seed)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
        os.environ["DATA_DIR"] = folder
        os.environ["ELASTICSEARCH_INDEX"] = "samenwijzer-chaos"
        # It kills its server: never somebody else's.
        os.environ.pop("ELASTICSEARCH_URL", None)
        django.setup()
        sys.exit(main())
