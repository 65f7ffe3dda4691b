"""The doors of Wagtail's addresses: who comes in, and what they may mean. What stands here nowhere is off.

Read a line as: at this address, the thing that the argument names must be one of these. The apps add the doors of their
own addresses with the hook `register_doors`. A test holds this table against the configuration of addresses: what a new
Wagtail brings is off until somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from django.core.exceptions import ImproperlyConfigured
from wagtail import hooks

from exchange.accounts.doors import Door, Scope, Who, administers, anybody, door, every, keeps_platform
from exchange.contributions.usable import usable_documents, usable_images, usable_pages
from exchange.municipalities.models import Municipality

from .scopes import (
    documents_to_change,
    documents_to_see,
    images_to_change,
    images_to_see,
    pages_to_add_under,
    pages_to_delete,
    pages_to_edit,
    pages_to_move,
    pages_to_take_down,
    pages_to_walk,
    tasks_to_read,
    uploads_of,
    workflows_to_see,
)

# The site itself, and what needs no more than being let into the admin.
OPEN: Mapping[str, Door] = {
    "wagtail_serve": door(),  # A page asks who may read it.
    "wagtaildocs_serve": door(),  # A hook asks who may read it.
    "wagtailadmin_home": door(),
    "sign_in_for_admin": door(),
    "wagtailadmin_login": door(),
    "wagtailadmin_logout": door(),
    "wagtailadmin_account": door(),
    "wagtailadmin_dismissibles": door(),
    "wagtailadmin_sprite": door(),
    "wagtailadmin_javascript_catalog": door(),
    "wagtailadmin_editing_sessions:release": door(),
}

PAGES: Mapping[str, Door] = {
    "wagtailadmin_explore_root": door(),
    "wagtailadmin_explore": door(parent_page_id=pages_to_walk),
    "wagtailadmin_explore_results": door(parent_page_id=pages_to_walk),
    "wagtailadmin_pages:search": door(),
    "wagtailadmin_pages:search_results": door(),
    "wagtailadmin_pages:add_subpage": door(parent_page_id=pages_to_add_under),
    "wagtailadmin_pages:add": door(parent_page_id=pages_to_add_under),
    "wagtailadmin_pages:preview_on_add": door(parent_page_id=pages_to_add_under),
    "wagtailadmin_pages:choose_parent": door(sent={"parent_page": pages_to_add_under}),
    "wagtailadmin_pages:edit": door(page_id=pages_to_edit),
    "wagtailadmin_pages:preview_on_edit": door(page_id=pages_to_edit),
    "wagtailadmin_pages:view_draft": door(page_id=pages_to_edit),
    "wagtailadmin_pages:delete": door(page_id=pages_to_delete),
    "wagtailadmin_pages:unpublish": door(administers, page_id=pages_to_edit),
    "wagtailadmin_pages:move": door(
        page_to_move_id=pages_to_move, sent={"new_parent_page": pages_to_move, "destination": pages_to_move}
    ),
    "wagtailadmin_pages:move_confirm": door(page_to_move_id=pages_to_move, destination_id=pages_to_move),
    "wagtailadmin_pages:copy": door(page_id=pages_to_edit, sent={"new_parent_page": pages_to_add_under}),
    "wagtailadmin_pages:lock": door(administers, page_id=pages_to_edit),
    "wagtailadmin_pages:unlock": door(administers, page_id=pages_to_edit),
    "wagtailadmin_pages:history": door(page_id=pages_to_edit),
    "wagtailadmin_pages:history_results": door(page_id=pages_to_edit),
    "wagtailadmin_pages:revisions_view": door(page_id=pages_to_edit),
    "wagtailadmin_pages:revisions_revert": door(page_id=pages_to_edit),
    "wagtailadmin_pages:revisions_compare": door(pk=pages_to_edit),
    "wagtailadmin_pages:revisions_unschedule": door(administers, page_id=pages_to_edit),
    "wagtailadmin_editing_sessions:ping": door(object_id=pages_to_edit),
}

READING_ALONG: Mapping[str, Door] = {
    "wagtailadmin_pages:workflow_action": door(page_id=pages_to_edit, task_state_id=tasks_to_read),
    "wagtailadmin_pages:collect_workflow_action_data": door(page_id=pages_to_edit, task_state_id=tasks_to_read),
    "wagtailadmin_pages:confirm_workflow_cancellation": door(page_id=pages_to_edit),
    "wagtailadmin_pages:workflow_history": door(page_id=pages_to_edit),
    "wagtailadmin_pages:workflow_history_detail": door(page_id=pages_to_edit, workflow_state_id=workflows_to_see),
}

# Our own views of `exchange.publishing`, which stands below the gate.
PLACING: Mapping[str, Door] = {
    "take_down": door(pk=pages_to_take_down),
    "move_contribution": door(pk=pages_to_move, sent={"section": pages_to_move}),
}

# What fields and links in a text are chosen with.
CHOOSERS: Mapping[str, Door] = {
    "wagtailadmin_choose_page": door(sent={"target_pages[]": pages_to_edit}),
    "wagtailadmin_choose_page_child": door(parent_page_id=usable_pages, sent={"target_pages[]": pages_to_edit}),
    "wagtailadmin_choose_page_search": door(sent={"target_pages[]": pages_to_edit}),
    "wagtailadmin_choose_page_external_link": door(),
    "wagtailadmin_choose_page_email_link": door(),
    "wagtailadmin_choose_page_phone_link": door(),
    "wagtailadmin_choose_page_anchor_link": door(),
    "wagtaildocs_chooser:choose": door(),
    "wagtaildocs_chooser:choose_results": door(),
    "wagtaildocs_chooser:chosen": door(pk=usable_documents),
    "wagtaildocs_chooser:create": door(),
    "wagtailimages_chooser:choose": door(),
    "wagtailimages_chooser:choose_results": door(),
    "wagtailimages_chooser:chosen": door(pk=usable_images),
    "wagtailimages_chooser:create": door(),
}


def files(app: str, kind: str, several: str, *, see: Scope, change: Scope) -> dict[str, Door]:
    """The doors of documents or images.

    A file of a placed page stays as it is: a new one is chosen on the page, and somebody reads along.

    Args:
        kind: what Wagtail calls one in its addresses; `several`: its argument where several were sent at once.
    """
    number = f"{kind}_id"
    one = Door(about={number: see}, changes={number: change})
    doors_of = {
        **dict.fromkeys(("index", "index_results", "add", "add_multiple"), door()),
        **dict.fromkeys(("edit", "delete"), one),
        **dict.fromkeys(("edit_multiple", "delete_multiple"), Door(about={several: change})),
        **dict.fromkeys(
            (f"create_multiple_from_uploaded_{kind}", "delete_upload_multiple"), door(uploaded_file_id=uploads_of)
        ),
    }
    return {f"{app}:{view}": opened for view, opened in doors_of.items()}


FILES: Mapping[str, Door] = {
    **files("wagtaildocs", "document", "doc_id", see=documents_to_see, change=documents_to_change),
    **files("wagtailimages", "image", "image_id", see=images_to_see, change=images_to_change),
}


def viewset(name: str, who: Who, views: Iterable[str]) -> dict[str, Door]:
    """The doors of a set of views over one kind of thing: everybody who comes in may do with all of it what it says."""
    return {f"{name}:{view}": door(who) for view in views}


LISTS = ("index", "index_results")
KEPT = (*LISTS, "add", "edit", "delete", "history", "history_results")

# What is looked after for the whole platform. Not where something is used: that would name pages of all sections.
PLATFORM: Mapping[str, Door] = {
    **viewset("theme", keeps_platform, (*KEPT, "inspect")),
    **viewset("targetgroup", keeps_platform, KEPT),
    **viewset("organisation", keeps_platform, KEPT),
    **viewset("wordgroup", keeps_platform, (*KEPT, "inspect")),
    **viewset("pinnedresult", keeps_platform, KEPT),
    **viewset("searchedquestion", keeps_platform, (*LISTS, "delete")),
    **viewset("municipality", anybody, LISTS),
    "municipality:inspect": door(pk=every(Municipality)),
    **viewset("membership", administers, KEPT),
    **viewset("wagtailusers_users", administers, KEPT),
    **viewset("wagtailusers_groups", administers, KEPT),
    **viewset("wagtailsites", administers, KEPT),
    **viewset("wagtailadmin_collections", administers, ("index", "add", "edit", "delete")),
    **viewset("wagtailredirects", administers, (*LISTS, "add", "edit", "delete", "start_import", "process_import")),
    **viewset(
        "wagtailadmin_workflows",
        administers,
        (*LISTS, "add", "edit", "enable", "disable", "remove", "task_index", "task_index_results", "edit_task",
         "task_chooser", "task_chooser_results", "task_chosen"),
    ),
}  # fmt: skip

WAGTAIL: Mapping[str, Door] = {**OPEN, **PAGES, **READING_ALONG, **PLACING, **CHOOSERS, **FILES, **PLATFORM}


@cache
def doors() -> Mapping[str, Door]:
    """All doors by name of the address: Wagtail's, and those that the apps add.

    Raises:
        ImproperlyConfigured: two say something of the same address.
    """
    found = dict(WAGTAIL)
    for hook in hooks.get_hooks("register_doors"):
        own = hook()
        if twice := sorted(found.keys() & own.keys()):
            raise ImproperlyConfigured(f"More than one door for {', '.join(twice)}.")
        found |= own
    return found
