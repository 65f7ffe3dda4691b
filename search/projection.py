"""From page to entry: the only place that knows how a contribution becomes searchable.

Every kind is described here by one function; `checks.py` refuses a kind that has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Q

from exchange.adoptions.choices import PHASES, Stage
from exchange.adoptions.models import AdoptionPage
from exchange.adoptions.reuse import uses_of
from exchange.adoptions.uses import Use, sizes
from exchange.contacts.models import ContactPage
from exchange.contributions.choices import Visibility
from exchange.contributions.models import Contribution
from exchange.contributions.text import plain_text
from exchange.evidence.looking import facts
from exchange.evidence.models import PeerCheck
from exchange.evidence.rungs import evidence
from exchange.initiatives.bands import GOES_ON
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage
from exchange.municipalities.models import Municipality

from . import dutch, known_words
from .document import Document, Field, Text
from .meaning.making import forget_changed
from .models import Audience, Entry, EntryTerm, EntryText

BATCH = 200
# Which contributions count for whom.
_SEEN = {
    Audience.PUBLIC: frozenset({Visibility.PUBLIC.value}),
    Audience.MEMBERS: frozenset({Visibility.PUBLIC.value, Visibility.MEMBERS.value}),
}

Extra = tuple[list[Text], list[tuple[str, str]]]


@dataclass(frozen=True)
class Around:
    """What a contribution shows of others, looked up for a batch of pages.

    Attributes:
        contacts: those that are published; of others nothing may show.
        uses: who does an initiative too, with who may read that; by initiative.
        checks: what people of other municipalities said of an initiative; by initiative.
    """

    contacts: frozenset[int] = frozenset()
    uses: Mapping[int, Sequence[tuple[Use, str]]] = field(default_factory=dict)
    checks: Mapping[int, Sequence[PeerCheck]] = field(default_factory=dict)


# --- what each kind adds to the common part


def _initiative(page: InitiativePage, around: Around) -> Extra:
    names = (
        "problem", "approach", "results", "trust", "core_elements", "adaptable_elements", "preconditions",
        "regional_part", "funding_sources", "stopped_reason", "would_work_when", "recognitions",
    )  # fmt: skip
    texts = [Text(Field.BODY, plain_text(getattr(page, name))) for name in names]
    texts += [Text(Field.RELATED, f"{partner.organisation.name} {partner.role}") for partner in page.partners.all()]
    # The role of the contact leads to the initiative too, for those who may see that contact.
    texts += _contact_role(page.contact, around)
    return texts, [("phase", page.phase), *_bands(page)]


def _contact_role(contact: ContactPage | None, around: Around) -> list[Text]:
    if contact is None or contact.pk not in around.contacts or contact.visibility == Visibility.OWN:
        return []
    audience = Audience.PUBLIC if contact.visibility == Visibility.PUBLIC else Audience.MEMBERS
    return [Text(Field.RELATED, contact.title, audience)]


def _bands(page: InitiativePage | AdoptionPage) -> list[tuple[str, str]]:
    return [("staff", page.staff), *(("cost", cost) for cost in {page.cost_once, page.cost_yearly})]


def _adoption(page: AdoptionPage, around: Around) -> Extra:
    names = ("elements", "adaptations", "regional_part", "result_note", "help_received", "reason_note")
    texts = [Text(Field.BODY, plain_text(getattr(page, name))) for name in names]
    texts += [Text(Field.BODY, page.get_stage_display()), Text(Field.BODY, page.get_reason_display())]
    texts += _contact_role(page.contact, around)
    return texts, [("phase", PHASES.get(Stage(page.stage), "")), *_bands(page)]


def _lesson(page: LessonPage, around: Around) -> Extra:
    texts = [Text(Field.BODY, plain_text(html)) for html in (page.tried, page.happened, page.advice)]
    return [*texts, Text(Field.BODY, page.get_outcome_display())], []


def _contact(page: ContactPage, around: Around) -> Extra:
    # Name and phone number are not searched: people are found by what they do.
    texts = [Text(Field.BODY, plain_text(page.questions)), Text(Field.RELATED, page.get_contact_kind_display())]
    if page.organisation is not None:
        texts.append(Text(Field.RELATED, page.organisation.name))
    return texts, [("municipality", served.code) for served in page.service_area.all()]


DESCRIBED: dict[type[Contribution], Callable[[Any, Around], Extra]] = {
    InitiativePage: _initiative,
    LessonPage: _lesson,
    ContactPage: _contact,
    AdoptionPage: _adoption,
}
# What is looked up together with the pages of each kind, so that a batch takes few queries.
RELATED: dict[type[Contribution], tuple[Sequence[str], Sequence[str]]] = {
    InitiativePage: (["contact"], ["partners__organisation"]),
    LessonPage: ([], []),
    ContactPage: (["organisation"], ["service_area"]),
    AdoptionPage: (["contact"], []),
}
COMMON = [
    "theme_links__tag__broader", "keyword_links__tag", "target_groups", "together_with", "attachments__document__text",
]  # fmt: skip


# --- page -> document


def _derived(page: InitiativePage, around: Around) -> Iterable[tuple[str, str, Audience]]:
    """What follows from what others do with an initiative; for members only what that adds for them.

    What is for one municipality only counts for nobody here: the page itself shows it (docs/search.md).
    """
    own = [page.municipality, *page.together_with.all()] if page.phase in GOES_ON else []
    # How complete a page is differs for nobody, and is not cheap.
    about = facts(page, (), around.checks.get(page.pk, ()))
    everybody: set[tuple[str, str]] = set()
    for audience, seen in _SEEN.items():
        uses = [use for use, visibility in around.uses.get(page.pk, ()) if visibility in seen]
        known = evidence(replace(about, uses=tuple(uses)))
        found = {
            *(("runs_at_size", place.size.value) for place in own if place.size),
            *(("runs_at_size", size.value) for size in sizes(uses)),
            *(("evidence", rung.value) for rung in known.reached),
        }
        yield from ((name, value, audience) for name, value in found - everybody)
        everybody |= found


def describe(page: Contribution, around: Around | None = None) -> Document:
    """Make the document of a contribution. Whether the page itself is listed is decided elsewhere.

    Args:
        page: a contribution of one of the described kinds.
        around: what it shows of others; nothing when not given.
    """
    around = around or Around()
    texts, values = DESCRIBED[type(page)](page, around)
    derived = _derived(page, around) if isinstance(page, InitiativePage) else ()
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
        ("kind", page.kind.value),
        *(("theme", theme.slug) for theme in [*themes, *broader]),
        *(("target", target.slug) for target in targets),
        *_place_values(places),
    ]
    return Document(
        kind=page.kind.value,
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
    documents = {}
    around = _around(ids)
    for model, (joined, prefetched) in RELATED.items():
        pages = model.objects.for_all_it_may_reach().filter(pk__in=ids)
        for page in pages.select_related("municipality", *joined).prefetch_related(*COMMON, *prefetched):
            documents[page.pk] = describe(page, around)
    return documents


def _around(ids: list[int]) -> Around:
    contacts = ContactPage.objects.for_all_it_may_reach().filter(Q(initiatives__in=ids) | Q(adoptions__in=ids))
    checks: defaultdict[int, list[PeerCheck]] = defaultdict(list)
    for check in PeerCheck.objects.filter(initiative__in=ids).order_by("pk"):
        checks[check.initiative_id].append(check)
    return Around(
        contacts=frozenset(contacts.values_list("pk", flat=True)),
        uses=uses_of(AdoptionPage.objects.live_with_ancestors(), ids),
        checks=checks,
    )


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
