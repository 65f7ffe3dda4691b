"""Asking an address about a thing: what its arguments are then, and everything that somebody could send along."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from exchange.accounts.groups import group_name

from .addresses import Address
from .world import Thing

# Larger than any key that is given out in a test.
NOT_THERE = 987_654_321
# So many combinations of the arguments of one address are tried about one thing.
MOST = 4


@dataclass(frozen=True)
class Named:
    """What stands for a thing in an address: its keys, or keys of nothing."""

    page: int
    document: int
    image: int
    revision: int
    task: int
    workflow: int
    writer: int
    section: int
    collection: int
    municipality: str
    membership: int
    group: int


def named(thing: Thing) -> Named:
    department = thing.place.department and thing.section.pk
    group = Group.objects.get(name=group_name(thing.place.municipality, department, "author"))
    return Named(
        page=thing.page.pk,
        document=thing.document.pk,
        image=thing.image.pk,
        revision=thing.page.latest_revision_id,
        task=thing.task.pk if thing.task else NOT_THERE,
        workflow=thing.workflow.pk if thing.workflow else NOT_THERE,
        writer=thing.writer.pk,
        section=thing.section.pk,
        collection=thing.collection,
        municipality=thing.place.municipality,
        membership=thing.writer.memberships.get().pk,
        group=group.pk,
    )


# Which municipalities there are is no secret.
NOTHING = Named(
    page=NOT_THERE, document=NOT_THERE, image=NOT_THERE, revision=NOT_THERE, task=NOT_THERE, workflow=NOT_THERE,
    writer=NOT_THERE, section=NOT_THERE, collection=NOT_THERE, municipality="GM9902", membership=NOT_THERE,
    group=NOT_THERE,
)  # fmt: skip

# What an argument without a kind of its own stands for, by the set of addresses.
_PK = {
    "wagtailadmin_api:pages": "page", "wagtailadmin_api:documents": "document", "wagtailadmin_api:images": "image",
    "wagtaildocs_chooser": "document", "wagtailimages_chooser": "image", "wagtailadmin_collections": "collection",
    "municipality": "municipality", "membership": "membership", "wagtailusers_users": "writer",
    "wagtailusers_groups": "group", "take_down": "page", "move_contribution": "page", "wagtailadmin_pages": "page",
}  # fmt: skip
_ARGUMENTS: Mapping[str, str] = {
    "page_id": "page", "page_pk": "page", "parent_page_id": "page", "page_to_move_id": "page", "object_id": "page",
    "destination_id": "section", "document_id": "document", "doc_id": "document", "image_id": "image",
    "revision_id": "revision", "task_state_id": "task", "workflow_state_id": "workflow",
    "collection_id": "collection", "page_view_restriction_id": "page", "restriction_id": "page",
}  # fmt: skip
_FIXED: Mapping[str, tuple[Any, ...]] = {
    "content_type_app_name": ("initiatives",), "content_type_model_name": ("initiativepage",),
    "app_name": ("themes",), "action_name": ("delete", "move", "approve", "reject"),
    "action": ("delete", "move", "publish", "unpublish"), "session_id": (1,), "uploaded_file_id": (1,),
    "redirect_id": (1,), "filter_spec": ("original",), "uidb64": ("MQ",), "token": ("x-y",), "workflow_pk": (1,),
    "task_id": (1,), "revision_id_a": ("earliest",), "revision_id_b": ("latest",), "path": ("",), "value": ("1",),
}  # fmt: skip
_KINDS = (("wagtailcore", "page"), ("wagtaildocs", "document"), ("wagtailimages", "image"), ("accounts", "user"))


def arguments(address: Address, about: Named) -> list[dict[str, Any]]:
    """The arguments of an address when it is asked about a thing; a few, where it has several kinds.

    Raises:
        KeyError: nobody said what an argument stands for: an upgrade brought it, or an app of ours.
    """
    names = [name for name, _ in address.arguments]
    if {"app_label", "model_name"} <= set(names):
        kinds = [{"app_label": app, "model_name": model} for app, model in _KINDS]
    else:
        kinds = [{}]
    values = [[(name, value) for value in _values(address, name, about)] for name in names if name not in kinds[0]]
    return list(islice((kind | dict(chosen) for kind in kinds for chosen in product(*values)), MOST * len(kinds)))


def _values(address: Address, name: str, about: Named) -> tuple[Any, ...]:
    if name in _FIXED:
        return _FIXED[name]
    if name == "pk":
        return (_key(address, about),)
    if name == "model_name":
        return ("keyword",)
    return (getattr(about, _ARGUMENTS[name]),)


def _key(address: Address, about: Named) -> Any:
    family = address.name.rpartition(":")[0] or address.name
    if family in _PK:
        return getattr(about, _PK[family])
    # What only the platform has, such as themes: the first one, whatever is asked about.
    return 1


def url(address: Address, given: dict[str, Any], about: Named) -> str:
    """The address itself, with the key of the page behind it: some views take that from there, also in a POST."""
    return f"{reverse(address.name, kwargs=given)}?id={about.page}"


def everything_about(about: Named) -> dict[str, Any]:
    """A body with the keys of a thing under every name that some form has for it."""
    page, section = str(about.page), str(about.section)
    link = json.dumps(
        {
            "blocks": [
                {
                    "key": "a", "text": "hier", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
                    "entityRanges": [{"key": 0, "offset": 0, "length": 4}], "data": {},
                }
            ],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": about.page, "url": "/x/"}}},
        }
    )  # fmt: skip
    return {
        "id": page, "page": page, "pk": page, "parent_page": section, "new_parent_page": section, "section": section,
        "destination": section, "target_pages[]": page, "object_id": page, "contact": page, "based_on": page,
        "initiative": page, "stand_in": page, "user": about.writer, "owner": about.writer, "edited_by": about.writer,
        "image": about.image, "document": about.document, "collection": about.collection,
        "collection_id": about.collection, "new_title": "x", "new_slug": "x", "title": "x", "slug": "x", "summary": "x",
        "q": "geheim", "trust": link, "introduction": link, "action-publish": "1", "action-delete": "1",
        "comment": "x", "action": "approve", "publish_copies": "on", "copy_subpages": "on", "alias": "on",
        "attachments-TOTAL_FORMS": "1", "attachments-INITIAL_FORMS": "0", "attachments-MIN_NUM_FORMS": "0",
        "attachments-MAX_NUM_FORMS": "1000", "attachments-0-document": about.document, "attachments-0-ORDER": "1",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "term": "geheim", "email": "x@elders.example",
        "is_active": "", "role": "editor", "municipality": about.municipality, "restriction_type": "login",
        "destination_page_id": section, "recursive": "1", "next": "/beheer/",
    }  # fmt: skip


def searches(about: Named) -> Iterator[dict[str, Any]]:
    """What can be asked of an address that is about nothing in particular."""
    yield {}
    yield {"q": "geheim", "term": "geheim", "p": "1"}
    yield {"id": [about.page, about.document], "owner": about.writer, "page_type": "initiatives.InitiativePage"}


_NUMBERS = re.compile(r"\d+")


def shape(response: Any) -> tuple[int, str]:
    """What an answer tells: its status and where it leads, whatever the numbers."""
    return response.status_code, _NUMBERS.sub("#", response.headers.get("Location", ""))


def text_of(response: Any) -> str:
    """All that comes back, also in a header."""
    body = response.getvalue().decode("utf-8", "replace")
    return f"{response.headers.get('Location', '')}\n{body}".lower()


def client_for(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client
