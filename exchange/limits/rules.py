"""How often somebody may ask for what costs much, or what a machine could abuse. Data only.

A town hall is one address for thousands of people, so who signed in is counted by account and only visitors by address.
Signing in itself is counted by django-allauth (`ACCOUNT_RATE_LIMITS`).
"""

from __future__ import annotations

from dataclasses import dataclass

ANY = frozenset({"GET", "HEAD", "POST"})
POST = frozenset({"POST"})


@dataclass(frozen=True)
class Limit:
    """So many requests for a visitor's address and for an account: `60/m` is sixty a minute."""

    name: str
    for_visitor: str
    for_account: str
    methods: frozenset[str] = ANY


SEARCH = Limit("search", for_visitor="300/m", for_account="120/m")
SUGGEST = Limit("suggest", for_visitor="600/m", for_account="300/m")
API = Limit("api", for_visitor="600/m", for_account="600/m")
DOCUMENT = Limit("document", for_visitor="30/m", for_account="30/m")
UPLOAD = Limit("upload", for_visitor="10/h", for_account="120/h", methods=POST)
JOIN = Limit("join", for_visitor="30/h", for_account="20/h", methods=POST)
EXPORT = Limit("export", for_visitor="10/h", for_account="60/h")
WRITE = Limit("write", for_visitor="60/h", for_account="600/h", methods=POST)

# By the name of the address in the URL configuration.
BY_NAME: dict[str, Limit] = {
    "search": SEARCH,
    "look_alikes": SEARCH,
    "search_feed": SEARCH,
    "compare": SEARCH,
    "chosen_to_compare": SUGGEST,
    "propose": DOCUMENT,
    "card_from_text": UPLOAD,
    "imports": UPLOAD,
    "wagtaildocs:add": UPLOAD,
    "wagtaildocs:add_multiple": UPLOAD,
    "wagtaildocs_chooser:create": UPLOAD,
    "wagtailimages:add": UPLOAD,
    "wagtailimages:add_multiple": UPLOAD,
    "wagtailimages_chooser:create": UPLOAD,
    "join": JOIN,
    "choose_municipality": JOIN,
    "ask_to_join": JOIN,
    "people": JOIN,
    "audit_log_file": EXPORT,
    "my_data": EXPORT,
    "upload_errors": EXPORT,
    "new_card": WRITE,
    "save_card": WRITE,
}
# The names of the API's operations carry its version.
API_NAMESPACE = "api-"
SUGGESTIONS = ":suggestions"


def limit_of(view_name: str) -> Limit | None:
    """The limit of an address, by its name with its namespace; None where nothing is counted."""
    if view_name.startswith(API_NAMESPACE):
        return SUGGEST if view_name.endswith(SUGGESTIONS) else API
    return BY_NAME.get(view_name)
