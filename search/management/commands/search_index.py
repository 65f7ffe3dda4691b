"""`manage.py search_index`: look after the entries, and after the index where there is an Elasticsearch."""

import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from elasticsearch import ApiError, Elasticsearch, TransportError
from rich.progress import Progress, track

from exchange.contributions.models import Contribution
from search import extraction, known_words, log
from search.index import check, generations, push, rebuild
from search.index.connection import BULK_TIMEOUT, UnavailableError, client, guarded, is_configured
from search.meaning import choosing, making
from search.meaning.encoder import EncoderError
from search.models import Encoding, Entry, Generation
from search.projection import BATCH, find_drift, mark_dirty, project, project_dirty

# How often a worker counts words and compares the index with the entries: one that somebody emptied fills itself again.
LOOK_SECONDS = 900


class Command(BaseCommand):
    help = (
        "status: counts. push: project what is dirty, send it to Elasticsearch and make vectors. rebuild: project "
        "everything and fill a new index. check: compare with the pages, the index with the entries, and count the "
        "vectors that lack. vectors: make those."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["status", "push", "rebuild", "check", "vectors"])
        parser.add_argument(
            "--follow", action="store_true", help="push: go on until stopped, looking every few seconds"
        )
        parser.add_argument("--interval", type=float, default=2.0, help="push --follow: seconds between two looks")
        parser.add_argument("--index-only", action="store_true", help="rebuild: leave the entries as they are")
        parser.add_argument("--repair", action="store_true", help="check: mend what differs")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        actions: dict[str, Callable[..., None]] = {
            "status": self._status,
            "push": self._follow if options["follow"] else self._push,
            "rebuild": self._rebuild,
            "check": self._check,
            "vectors": self._vectors,
        }
        try:
            actions[action](**options)
        except (UnavailableError, ApiError, TransportError) as error:
            raise CommandError(f"Elasticsearch does not answer: {error}. Nothing is lost; run again later.") from error
        except rebuild.RebuildError as error:
            raise CommandError(str(error)) from error
        except EncoderError as error:
            raise CommandError(f"{error} What was made stays; run again later.") from error

    # --- status

    def _status(self, **options: Any) -> None:
        entries = Entry.objects.all()
        self.stdout.write(
            f"{entries.filter(is_listed=True).count()} entries, {entries.filter(is_listed=False, dirty=False).count()} "
            f"tombstones, {entries.filter(dirty=True).count()} dirty."
        )
        self._status_of_vectors()
        if is_configured():
            generations.reconcile(_client())
            for generation in Generation.objects.order_by("pk"):
                waiting = push.pending(generation).count()
                self.stdout.write(f"Index {generation.name}: {generation.state}, {waiting} to send.")
                if generation.behind_since:
                    self.stdout.write(
                        f"Degraded since {generation.behind_since:%Y-%m-%d %H:%M} UTC: it did not take what was sent, "
                        "so the database answers. See whether its disk is full or writes are blocked, then `push`."
                    )
            if not Generation.objects.filter(state=Generation.State.LIVE).exists():
                self.stdout.write("No index is live; `push` and `rebuild` make one.")

    def _status_of_vectors(self) -> None:
        encoder = choosing.configured()
        if encoder is None:
            self.stdout.write("Meaning is off, or there is no encoder: words alone.")
            return
        for encoding in Encoding.objects.order_by("pk"):
            number = making.lacking(encoding).count()
            self.stdout.write(f"Vectors of {encoding.name}: {encoding.state}, {number} entries lack one.")
        if not Encoding.objects.filter(name=encoder.name).exists():
            self.stdout.write(f"No vectors of {encoder.name} yet; `push` and `vectors` make them.")

    # --- push

    def _push(self, **options: Any) -> None:
        self.stdout.write(f"{extraction.extract_pending()} documents read, {self._project()} projected.")
        if is_configured():
            self._tell(self._send())
        self.stdout.write(f"{making.make()} vectors made.")

    def _follow(self, *, interval: float, **options: Any) -> None:
        next_look = time.monotonic()
        while True:
            if extracted := extraction.extract_pending():
                self.stdout.write(f"{extracted} documents read.")
            if projected := self._project():
                self.stdout.write(f"{projected} projected.")
            is_time_to_look = time.monotonic() >= next_look
            if is_time_to_look:
                known_words.count()
                log.forget_old()
                self._make_vectors(making.measure_again)
                next_look = time.monotonic() + LOOK_SECONDS
            if is_configured():
                self._keep_index(is_time_to_look=is_time_to_look)
            # One batch at a time: what somebody places meanwhile does not wait for the vectors of everything else.
            if not self._make_vectors(making.make_some):
                time.sleep(interval)

    def _make_vectors(self, make: Callable[[], int | None]) -> int:
        """Make some vectors; while the encoder fails, none: it is said by who asks it, once."""
        try:
            return make() or 0
        except EncoderError:
            return 0

    def _keep_index(self, *, is_time_to_look: bool) -> None:
        """Send what waits, and now and then compare the index with the entries."""
        try:
            with guarded():
                self._tell(self._send(), quiet=True)
                if is_time_to_look:
                    self._check_index(repair=True)
                    generations.remove_left_overs(_client())
        except (UnavailableError, rebuild.RebuildError) as error:
            self.stderr.write(f"Waiting for Elasticsearch: {error}")

    def _project(self) -> int:
        total = 0
        while done := project_dirty():
            total += done
        return total

    def _send(self) -> push.Report:
        es = _client()
        live = [one for one in generations.reconcile(es) if one.state == Generation.State.LIVE]
        if not live:
            rebuild.rebuild(es)
        return push.push_to_all(es)

    def _tell(self, report: push.Report, *, quiet: bool = False) -> None:
        if report.done or not quiet:
            self.stdout.write(f"{report.done} sent to Elasticsearch.")
        for page_id, reason in report.refused.items():
            self.stderr.write(f"Entry {page_id} was refused: {reason}")

    # --- rebuild

    def _rebuild(self, *, index_only: bool, **options: Any) -> None:
        if not index_only:
            self._project_again()
        if is_configured():
            total = Entry.objects.filter(version__gt=0).count()
            with Progress(disable=not self.stdout.isatty()) as bar:
                task = bar.add_task("Filling the index", total=total)
                generation = rebuild.rebuild(_client(), on_sent=lambda sent: bar.update(task, advance=sent))
            self.stdout.write(f"The index {generation.name} is live.")

        self._vectors()

    def _vectors(self, **options: Any) -> None:
        encoder = choosing.configured()
        if encoder is None:
            return
        encoding = Encoding.objects.filter(name=encoder.name).first()
        lacking = making.lacking(encoding) if encoding else Entry.objects.filter(is_listed=True)
        with Progress(disable=not self.stdout.isatty()) as bar:
            task = bar.add_task("Making vectors", total=lacking.count())
            made = making.make(on_made=lambda number: bar.update(task, advance=number))
        self.stdout.write(f"{made} vectors made by {encoder.name}.")

    def _project_again(self) -> None:
        ids = sorted(
            {*Contribution.objects.values_list("pk", flat=True), *Entry.objects.values_list("page_id", flat=True)}
        )
        mark_dirty(ids)
        # Without a digest every row is written again, also where only the way words are cut has changed.
        Entry.objects.update(digest="")
        batches = range(0, len(ids), BATCH)
        changed = sum(
            project(ids[start : start + BATCH])
            for start in track(batches, description="Projecting", disable=not self.stdout.isatty())
        )
        self.stdout.write(f"{len(ids)} looked at, {changed} changed, {known_words.count()} words known.")

    # --- check

    def _check(self, *, repair: bool, **options: Any) -> None:
        drifted = find_drift()
        if drifted and not repair:
            raise CommandError(f"{_named(drifted)} differ from their page. Run again with --repair.")
        project(drifted)
        self.stdout.write(f"{len(drifted)} entries repaired." if drifted else "Every entry is in line with its page.")
        self._check_vectors(repair=repair)
        if is_configured():
            self._check_index(repair=repair)

    def _check_vectors(self, *, repair: bool) -> None:
        encoder = choosing.configured()
        if encoder is None:
            return
        if repair:
            making.make()
        encoding = Encoding.objects.filter(name=encoder.name).first()
        number = making.lacking(encoding).count() if encoding else Entry.objects.filter(is_listed=True).count()
        self.stdout.write(f"{number or 'No'} entries lack a vector of {encoder.name}.")

    def _check_index(self, *, repair: bool) -> None:
        es = _client()
        for generation in generations.reconcile(es):
            if generation.state != Generation.State.LIVE:
                continue
            drift = check.find_drift(es, generation)
            if not drift.page_ids:
                self.stdout.write(f"The index {generation.name} is in line with the entries.")
            elif repair:
                self._repair_index(es, generation, drift)
            else:
                raise CommandError(f"{_named(drift.page_ids)} differ in the index. Run again with --repair.")
            return
        raise CommandError("No index is live; run `search_index rebuild`.")

    def _repair_index(self, es: Elasticsearch, generation: Generation, drift: check.Drift) -> None:
        self._tell(check.repair(es, generation, drift))
        # An index that was just emptied remembers higher versions for a minute, and refuses ours.
        if check.find_drift(es, generation).page_ids:
            self.stdout.write(f"The index {rebuild.rebuild(es).name} is live.")


def _client() -> Elasticsearch:
    return client(timeout=BULK_TIMEOUT)


def _named(page_ids: list[int]) -> str:
    return f"{len(page_ids)} entries ({', '.join(str(page_id) for page_id in page_ids[:20])})"
