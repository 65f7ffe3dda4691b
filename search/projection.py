"""From page to entry: the only place that knows how a contribution becomes searchable.

What a kind adds to the common part it says itself (`exchange.contributions.searchable`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from exchange.contributions.kinds import page_classes
from exchange.contributions.models import Contribution
from exchange.contributions.searchable import Addition, Audience, Field, Text, additions_to
from exchange.municipalities.models import Municipality

from . import dutch, known_words
from .document import Document
from .meaning.making import forget_changed
from .models import Entry, EntryTerm, EntryText

BATCH = 200
# What is looked up with the pages of every kind, so that a batch takes few queries.
COMMON = [
    "theme_links__tag__broader", "keyword_links__tag", "target_groups", "together_with", "attachments__document__text",
]  # fmt: skip


# --- page -> document


@dataclass(frozen=True)
class Around:
    """What pages of one kind show of others, looked up for a batch of them.

    Attributes:
        own: what the kind itself looks up.
        added: what other rooms add to the kind, each with what it looked up.
    """

    own: Any = ()
    added: tuple[tuple[Addition, Any], ...] = ()


def describe(page: Contribution, around: Around) -> Document:
    """Make the document of a contribution. Whether the page itself is listed is decided elsewhere."""
    search = page.kind.search
    texts, values = search.texts(page, around.own), search.values(page)
    derived = [value for addition, found in around.added for value in addition.values(page, found)]
    themes = page.theme_list()
    broader = [theme.broader for theme in themes if theme.broader is not None]
    targets = list(page.target_groups.all())
    places = [page.municipality, *page.together_with.all()]
    attachments = tuple(_attachments(page))
    common = [
        Text(Field.TITLE, page.title),
        Text(Field.SUMMARY, page.summary),
        Text(Field.THEMES, " ".join(f"{theme.name} {theme.name_en}" for theme in themes)),
        Text(Field.SYNONYMS, " ".join([*_words(themes), *_words(targets), *(theme.name for theme in broader)])),
        Text(Field.THEMES, " ".join(target.name for target in targets)),
        Text(Field.KEYWORDS, " ".join(link.tag.name for link in page.keyword_links.all())),
        # By code: *huis* must not find all of Huizen, and every name leads to the code.
        Text(Field.PLACE, " ".join([*(place.code for place in places), page.municipality.province_code])),
        *(Text(Field.ATTACHMENT, f"{name}\n{text}") for name, text in attachments),
    ]
    values = [
        *values,
        ("kind", page.kind.slug),
        *(("theme", theme.slug) for theme in [*themes, *broader]),
        *(("target", target.slug) for target in targets),
        *_place_values(places),
    ]
    return Document(
        kind=page.kind.slug,
        visibility=page.visibility,
        municipality=page.municipality_id,
        external_id=page.external_id,
        title=page.title,
        summary=page.summary,
        path=page.get_url() or "",
        phase=next((value for name, value in values if name == "phase"), ""),
        confirmed_at=page.confirmed_at,
        due_on=page.due_on(),
        published_at=page.first_published_at,
        completeness=round(page.completeness().share, 3),
        texts=tuple(text for text in [*common, *texts] if text.text.strip()),
        values=tuple(sorted({*((name, value, Audience.PUBLIC) for name, value in values if value), *derived})),
        attachments=attachments,
    )


def _attachments(page: Contribution) -> Iterable[tuple[str, str]]:
    """Name and text of the attachments that could be read."""
    for attachment in page.attachments.all():
        found = getattr(attachment.document, "text", None)
        if found is not None and found.text:
            yield str(attachment), found.text


def _words(described: Iterable[Any]) -> list[str]:
    return [word for one in described for word in one.synonym_list()]


def _place_values(places: list[Municipality]) -> list[tuple[str, str]]:
    values = []
    for place in places:
        values += [
            ("municipality", place.code),
            ("size", place.size.value if place.size else ""),
            ("province", place.province_code),
            ("region", place.safety_region_code),
        ]
    return values


# --- document -> entry


def mark_dirty(page_ids: Iterable[int]) -> None:
    """Note that these contributions changed. Cheap, and part of the transaction that changes them."""
    ids = set(page_ids)
    Entry.objects.bulk_create([Entry(page_id=page_id) for page_id in sorted(ids)], ignore_conflicts=True)
    Entry.objects.filter(page_id__in=ids, dirty=False).update(dirty=True)


def project(page_ids: Iterable[int]) -> int:
    """Bring the entries of these pages in line with the pages. Safe to repeat, and by several at once.

    Returns:
        How many entries changed.
    """
    ids = sorted(set(page_ids))
    return sum(_project_batch(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


@transaction.atomic
def _project_batch(ids: list[int]) -> int:
    Entry.objects.bulk_create([Entry(page_id=page_id) for page_id in ids], ignore_conflicts=True)
    # First the lock, then the pages: what is read cannot be older than what another worker wrote.
    locked = Entry.objects.select_for_update().filter(page_id__in=ids).order_by("page_id")
    entries = {entry.page_id: entry for entry in locked}
    documents = documents_of(ids)
    changed = []
    for page_id, entry in entries.items():
        document = documents.get(page_id)
        digest = document.digest() if document else ""
        entry.dirty = False
        if entry.is_listed == (document is not None) and entry.digest == digest:
            continue
        entry.version += 1
        entry.digest = digest
        entry.is_listed = document is not None
        changed.append(entry)
    clean = [page_id for page_id in entries if page_id not in {entry.page_id for entry in changed}]
    Entry.objects.filter(page_id__in=clean).update(dirty=False)
    store(changed, documents)
    return len(changed)


def documents_of(page_ids: Iterable[int]) -> dict[int, Document]:
    """The documents of those of these pages that are listed: published, under published pages only."""
    ids = list(page_ids)
    documents: dict[int, Document] = {}
    for model in page_classes():
        search = model.kind.search
        listed = model.objects.for_all_it_may_reach().filter(pk__in=ids)
        read = listed.select_related("municipality", *search.joined).prefetch_related(*COMMON, *search.prefetched)
        if pages := list(read):
            added = tuple((one, one.look_up(pages)) for one in additions_to(model.kind.slug))
            around = Around(search.look_up(pages), added)
            documents |= {page.pk: describe(page, around) for page in pages}
    return documents


_COPIED = (
    "kind", "visibility", "external_id", "title", "summary", "path", "phase", "confirmed_at", "due_on",
    "published_at", "completeness",
)  # fmt: skip


def _fill(entry: Entry, source: Document) -> None:
    for name in _COPIED:
        setattr(entry, name, getattr(source, name))
    entry.municipality_id = source.municipality or None
    entry.folded_title = f" {' '.join(dutch.folded_words(source.title))}" if source.title else ""
    entry.values = source.values_for(Audience.PUBLIC)
    entry.member_values = source.values_for(Audience.MEMBERS)


def _text(entry: Entry, source: Document) -> EntryText:
    return EntryText(
        entry=entry,
        body=source.body(),
        attachments=[list(one) for one in source.attachments],
        stems=source.stems(),
        words=source.words_for(Audience.PUBLIC),
        member_words=source.words_for(Audience.MEMBERS),
    )


_TOMBSTONE = Document(
    kind="", visibility="", municipality="", external_id="", title="", summary="", path="", phase="",
    confirmed_at=None, due_on=None, published_at=None, completeness=0, texts=(), values=(),
)  # fmt: skip


def store(entries: list[Entry], documents: dict[int, Document]) -> None:
    """Write what is found of these entries; one without a document becomes a tombstone."""
    texts = []
    for entry in entries:
        source = documents.get(entry.page_id, _TOMBSTONE)
        _fill(entry, source)
        texts.append(_text(entry, source))
    ids = [entry.page_id for entry in entries]
    forget_changed(entries)
    EntryTerm.objects.filter(entry__in=ids).delete()
    made = ["municipality", "folded_title", "values", "member_values"]
    names = [*_COPIED, *made, "version", "digest", "is_listed", "dirty"]
    # The rows are there. Written as new ones that meet them: `bulk_update` makes a case for every row and column.
    Entry.objects.bulk_create(
        entries, batch_size=100, update_conflicts=True, unique_fields=["page_id"], update_fields=names
    )
    EntryText.objects.bulk_create(
        texts,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["body", "attachments", "stems", "words", "member_words"],
    )
    listed = {page_id: documents[page_id] for page_id in ids if page_id in documents}
    EntryTerm.objects.bulk_create(
        (
            EntryTerm(entry_id=page_id, term=term, audience=audience, weight=weight)
            for page_id, document in listed.items()
            for (term, audience), weight in document.terms.items()
        ),
        batch_size=2000,
    )
    known_words.remember(listed.values())


# --- keeping up


def project_dirty(limit: int = BATCH) -> int:
    """Project what is still dirty; at most `limit` entries. The worker calls this until nothing is left.

    Returns:
        How many were looked at.
    """
    ids = list(Entry.objects.filter(dirty=True).order_by("page_id").values_list("page_id", flat=True)[:limit])
    project(ids)
    return len(ids)


def find_drift() -> list[int]:
    """Compare every entry with its page. Returns the ids of pages whose entry is missing, stale or should be gone."""
    ids = set(Contribution.objects.values_list("pk", flat=True)) | set(Entry.objects.values_list("page_id", flat=True))
    drifted = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        documents = documents_of(batch)
        digests = dict(Entry.objects.filter(page_id__in=batch, is_listed=True).values_list("page_id", "digest"))
        expected = {page_id: document.digest() for page_id, document in documents.items()}
        drifted += [page_id for page_id in batch if digests.get(page_id) != expected.get(page_id)]
    return drifted


def pages_that_show(clause: Q) -> list[int]:
    """The ids of contributions that meet a clause: whose entries change with what the clause is about."""
    return list(Contribution.objects.filter(clause).order_by().values_list("pk", flat=True).distinct())
