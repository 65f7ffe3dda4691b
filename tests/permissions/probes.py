"""Trying each action on the running site. A probe says whether it worked; what it changed is undone afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from exchange.contributions.models import Contribution


@dataclass
class Target:
    """A contribution to try on, where it may be moved to, and the client of who tries."""

    client: Client
    page: Contribution
    destination: Page
    # Lists and forms are asked once: what a probe changes is undone.
    seen: dict[str, str]
    task_state: int | None
    old_revision: int
    document_url: str

    @property
    def name(self) -> str:
        """The first word of the title; the second one is for searching, because a page repeats what was asked."""
        return str(self.page.title).split()[0]

    @property
    def word(self) -> str:
        return str(self.page.title).split()[1]

    def now(self) -> Page | None:
        return Page.objects.filter(pk=self.page.pk).first()

    def admin(self, name: str, *args: Any) -> str:
        return reverse(f"wagtailadmin_pages:{name}", args=[self.page.pk, *args])


class _Fields(HTMLParser):
    """The fields of the editor's form, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in ("submit", "file"):
            if given.get("type") not in ("checkbox", "radio"):
                self.values[name] = given.get("value") or ""
            elif "checked" in given:
                self.values.setdefault(name, []).append(given.get("value") or "on")
        elif tag == "textarea":
            self._area = name
            self.values[name or ""] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values[self._select] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.values[self._area] += data


# Streams and lists are filled by scripts; empty ones are sent as this.
STREAMS = (
    "problem", "approach", "results", "core_elements", "adaptable_elements", "preconditions", "recognitions",
)  # fmt: skip


def form(target: Target, **more: str) -> dict[str, Any]:
    """What the editor's page would send; where it does not open, what somebody would make up."""
    address = target.admin("edit")
    if address not in target.seen:
        target.seen[address] = target.client.get(address).content.decode()
    fields = _Fields()
    fields.feed(target.seen[address])
    values = {name: value for name, value in fields.values.items() if name and not name.startswith("action-")}
    return (
        {"title": "x", "slug": "x", "summary": "x"}
        | {f"{name}-count": "0" for name in STREAMS}
        | values
        | {"summary": "Nieuwe samenvatting.", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        | more
    )


def _opens(target: Target, address: str) -> bool:
    response = target.client.get(address)
    response.close()
    return response.status_code == 200


def _lists(target: Target, address: str) -> bool:
    if address not in target.seen:
        response = target.client.get(address)
        target.seen[address] = response.content.decode() if response.status_code == 200 else ""
    return target.name in target.seen[address]


def _search(target: Target) -> bool:
    found = target.client.get("/api/v1/search", {"q": target.word}).json()["results"]
    hits = target.client.get("/zoeken/", {"q": target.word}).content.decode()
    by_api = target.page.pk in [result["id"] for result in found]
    assert by_api is (f'href="{target.page.url}"' in hits)
    return by_api


def _save(target: Target, **more: str) -> None:
    target.client.post(target.admin("edit"), form(target, **more))


def _saved(target: Target) -> bool:
    before = target.page.latest_revision_id
    _save(target)
    page = target.now()
    return page is not None and page.latest_revision_id != before


def _published(target: Target, **more: str) -> bool:
    before = (target.page.live, target.page.live_revision_id)
    _save(target, **{"action-publish": "1"} | more)
    page = target.now()
    return page is not None and (page.live, page.live_revision_id) != before


def _scheduled(target: Target) -> bool:
    _save(target, **{"action-publish": "1", "go_live_at": "2030-01-01 12:00"})
    page = target.now()
    planned = target.page.revisions.exclude(approved_go_live_at=None).exists()
    return planned or (page is not None and page.live_revision_id != target.page.live_revision_id)


def _reverted(target: Target) -> bool:
    """Getting an old version back is saving it once more."""
    if not _opens(target, target.admin("revisions_revert", target.old_revision)):
        return False
    before = target.page.latest_revision_id
    _save(target, revision=str(target.old_revision))
    page = target.now()
    return page is not None and page.latest_revision_id != before


def _copied(target: Target) -> bool:
    data = {
        "new_title": "Kopie", "new_slug": "kopie-x", "new_parent_page": target.page.get_parent().pk,
        "copy_subpages": "", "publish_copies": "on",
    }  # fmt: skip
    target.client.post(target.admin("copy"), data)
    return bool(Page.objects.filter(slug="kopie-x", live=True).exists())


def _read(target: Target) -> bool:
    if target.task_state is None:
        return False
    target.client.post(f"/meelezen/{target.task_state}/", {"revision": target.page.latest_revision_id, "approve": ""})
    page = target.now()
    return page is not None and page.live


def _read_in_admin(target: Target) -> bool:
    if target.task_state is None:
        return False
    target.client.post(target.admin("workflow_action", "approve", target.task_state))
    page = target.now()
    return page is not None and page.live


def _down(target: Target, address: str) -> bool:
    target.client.post(address)
    page = target.now()
    return target.page.live and page is not None and not page.live


def _moved(target: Target, address: str, **data: Any) -> bool:
    target.client.post(address, data)
    page = target.now()
    return page is not None and page.get_parent().pk == target.destination.pk != target.page.get_parent().pk


def _gone(target: Target, address: str) -> bool:
    target.client.post(address)
    return target.now() is None


def _locked(target: Target) -> bool:
    target.client.post(target.admin("lock"))
    page = target.now()
    return page is not None and page.locked


def _chooser(target: Target) -> bool:
    parent = target.page.get_parent().pk
    addresses = [reverse("wagtailadmin_choose_page_child", args=[parent])]
    addresses += [reverse("wagtailadmin_choose_page_search") + f"?q={COMMON}&p={number}" for number in PAGES]
    return any(_lists(target, address) for address in addresses)


# A word that every title of the matrix has; results come in pages.
COMMON, PAGES = "matrixding", (1, 2, 3)


def _listed(target: Target) -> bool:
    explorer = _lists(target, reverse("wagtailadmin_explore", args=[target.page.get_parent().pk]))
    others = [
        *(_lists(target, reverse("wagtailadmin_pages:search") + f"?q={COMMON}&p={number}") for number in PAGES),
        _lists(target, reverse("wagtailadmin_home")),
        _lists(target, "/beheer/initiatieven/?ordering=-latest_revision_created_at"),
        _lists(target, "/meelezen/"),
    ]
    # A list may leave out what somebody may see, and never shows more.
    assert explorer or not any(others), (target.page.title, others)
    return explorer


PROBES: dict[str, Callable[[Target], bool]] = {
    "lezen op de site": lambda target: _opens(target, target.page.url),
    "vinden met zoeken en de API": _search,
    "het bestand van een bijlage openen": lambda target: _opens(target, target.document_url),
    "de bewerkpagina openen": lambda target: _opens(target, target.admin("edit")),
    "het concept bekijken": lambda target: _opens(target, target.admin("view_draft")),
    "de geschiedenis bekijken": lambda target: _opens(target, target.admin("history")),
    "een oude versie bekijken": lambda target: _opens(target, target.admin("revisions_view", target.old_revision)),
    "een oude versie terughalen": _reverted,
    "het concept opslaan": _saved,
    "plaatsen zonder meelezen": _published,
    "plaatsen op een later moment, zonder meelezen": _scheduled,
    "kopiëren en meteen plaatsen": _copied,
    "meelezen en plaatsen": _read,
    "meelezen en plaatsen, in de beheeromgeving": _read_in_admin,
    "offline halen": lambda target: _down(target, reverse("take_down", args=[target.page.pk])),
    "offline halen buiten onze pagina om": lambda target: _down(target, target.admin("unpublish")),
    "verplaatsen": lambda target: _moved(
        target, reverse("move_contribution", args=[target.page.pk]), section=target.destination.pk
    ),
    "verplaatsen in de verkenner": lambda target: _moved(target, target.admin("move_confirm", target.destination.pk)),
    "weggooien": lambda target: _gone(target, target.admin("delete")),
    "vergrendelen": _locked,
    "de titel zien in de paginakiezer": _chooser,
    "de titel zien in lijsten, zoeken en rapporten": _listed,
}
