"""Every address of the site, as the URL configuration has it, with an example of each; or why it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from exchange.accounts import links
from exchange.accounts.models import User
from exchange.adoptions import confirming, following_up
from exchange.adoptions.models import AdoptionPage, FollowUp
from exchange.confirming import links as confirm_links
from exchange.following import digest
from exchange.following.models import ReadingList
from exchange.importing.models import Upload
from exchange.initiatives.choosing import PARAMETER
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from search.models import WordGroup


@dataclass(frozen=True)
class World:
    """What addresses are about: a page of each kind and the rows beside them. `user`: who looks, or somebody."""

    user: User
    section: MunicipalityPage
    department: Any
    initiative: InitiativePage
    draft: InitiativePage
    lesson: Any
    contact: Any
    adoption: AdoptionPage
    follow_up: FollowUp
    source: InitiativePage
    waiting: int
    reading_list: ReadingList
    upload: Upload
    image: str

    def named(self, name: str, *arguments: Any, query: str = "") -> str:
        return reverse(name, args=arguments) + query


Example = Callable[[World], str]


def _two(world: World) -> str:
    return f"?{PARAMETER}={world.initiative.pk}&{PARAMETER}={world.source.pk}"


# By name; an address may have several, such as a page of each kind.
EXAMPLES: dict[str, tuple[Example, ...]] = {
    "search": (
        lambda world: world.named("search"),
        lambda world: world.named("search", query="?q=opvang&size=xl&theme=sleutelpersonen&kind=initiative"),
    ),
    "look_alikes": (lambda world: world.named("look_alikes", query="?q=opvang van vluchtelingen"),),
    "search_feed": (lambda world: world.named("search_feed", query="?q=opvang"),),
    "propose": (lambda world: world.named("propose", query=_two(world)),),
    "compare": (lambda world: world.named("compare", query=_two(world)),),
    "theme": (lambda world: world.named("theme", "sleutelpersonen"),),
    "api-v1:search": (lambda world: world.named("api-v1:search", query="?q=opvang"),),
    "api-v1:suggestions": (lambda world: world.named("api-v1:suggestions", query="?q=opv"),),
    "people": (lambda world: world.named("people", "GM9901"),),
    "thanks": (lambda world: world.named("thanks", "GM9901", 2026),),
    "card": (lambda world: world.named("card", world.draft.pk),),
    "card_done": (lambda world: world.named("card_done", world.draft.pk),),
    "reading": (lambda world: world.named("reading", world.waiting),),
    "look_at_reading": (lambda world: world.named("look_at_reading", world.waiting),),
    "adopt": (lambda world: world.named("adopt", world.source.pk),),
    "adoption_form": (lambda world: world.named("adoption_form", world.adoption.pk),),
    "source_answer": (lambda world: confirming.address_for(world.user, world.adoption),),
    "follow_up": (lambda world: following_up.address_for(world.user, world.follow_up),),
    "like_ours": (lambda world: world.named("like_ours", "GM9901"),),
    "who_else": (lambda world: world.named("who_else", world.source.pk),),
    "peer_check": (lambda world: world.named("peer_check", world.source.pk),),
    "digest_off": (lambda world: world.named("digest_off", links.write(world.user.pk, purpose=digest.PURPOSE)),),
    "reading_list": (lambda world: world.named("reading_list", world.reading_list.pk),),
    "put_on_list": (lambda world: world.named("put_on_list", world.initiative.pk),),
    "audit_log": (lambda world: world.named("audit_log", "GM9901"),),
    "audit_log_file": (lambda world: world.named("audit_log_file", "GM9901"),),
    "still_true": (
        lambda world: world.named(
            "still_true", confirm_links.write(world.user.pk, [(world.initiative.pk, None), (world.contact.pk, None)])
        ),
    ),
    "image_file": (lambda world: f"/media/{world.image}",),
    "wagtail_serve": (
        lambda world: "/",
        lambda world: "/gemeenten/",
        lambda world: "/over/",
        lambda world: world.section.url,
        lambda world: world.department.url,
        lambda world: world.initiative.url,
        lambda world: world.source.url,
        lambda world: world.lesson.url,
        lambda world: world.contact.url,
        lambda world: world.adoption.url,
    ),
    "wagtailadmin_explore": (
        lambda world: world.named("wagtailadmin_explore", world.section.get_parent().pk),
        lambda world: world.named("wagtailadmin_explore", world.section.pk),
    ),
    "wagtailadmin_pages:edit": (
        lambda world: world.named("wagtailadmin_pages:edit", world.draft.pk),
        lambda world: world.named("wagtailadmin_pages:edit", world.contact.pk),
        lambda world: world.named("wagtailadmin_pages:edit", world.section.pk),
    ),
    "wagtailadmin_pages:history": (lambda world: world.named("wagtailadmin_pages:history", world.draft.pk),),
    "wagtailadmin_pages:add_subpage": (lambda world: world.named("wagtailadmin_pages:add_subpage", world.section.pk),),
    "wagtailadmin_pages:add": (
        lambda world: world.named("wagtailadmin_pages:add", "initiatives", "initiativepage", world.section.pk),
    ),
    "upload": (lambda world: world.named("upload", world.upload.pk),),
    "upload_errors": (lambda world: world.named("upload_errors", world.upload.pk),),
    "take_down": (lambda world: world.named("take_down", world.initiative.pk),),
    "move_contribution": (lambda world: world.named("move_contribution", world.initiative.pk),),
    "unanswered_tried": (
        lambda world: world.named("unanswered_tried", WordGroup.objects.earliest("pk").pk, query="?q=opvang"),
    ),
}

_POST = "answers a POST only"
_SIGN_IN = "a step of signing in: one account, no lists; the library's"
_ONE_ROW = "Wagtail's form about one row"
# By name, or by the part of a name before its last colon with a star.
REASONS: dict[str, str] = {
    "": "an address of the library without a name: what it shows has another one with a name, or is a test of Wagtail",
    "set_language": _POST,
    "page_by_number": "leads on to one page",
    "choose_municipality": _POST,
    "ask_to_join": _POST,
    "change_role": _POST,
    "withdraw_invitation": _POST,
    "answer_request": _POST,
    "leave": _POST,
    "save_card": _POST,
    "change_follow": _POST,
    "take_off_list": _POST,
    "throw_away_upload": _POST,
    "unanswered_add": _POST,
    "unanswered_dismiss": _POST,
    "unanswered_undo": _POST,
    "security": "shows settings; without one it is not there",
    "account_inactive": _SIGN_IN,
    "account_signup": _SIGN_IN,
    "account_reauthenticate": _SIGN_IN,
    "account_confirm_email": _SIGN_IN,
    "account_email_verification_sent": _SIGN_IN,
    "account_confirm_login_code": _SIGN_IN,
    "account_reset_password_from_key": _SIGN_IN,
    "account_reset_password_from_key_done": _SIGN_IN,
    "account_reset_password_done": _SIGN_IN,
    "mfa_authenticate": _SIGN_IN,
    "mfa_reauthenticate": _SIGN_IN,
    "mfa_activate_totp": _SIGN_IN,
    "mfa_deactivate_totp": _SIGN_IN,
    "mfa_view_recovery_codes": _SIGN_IN,
    "mfa_generate_recovery_codes": _SIGN_IN,
    "mfa_download_recovery_codes": _SIGN_IN,
    "mfa_add_webauthn": _SIGN_IN,
    "mfa_reauthenticate_webauthn": _SIGN_IN,
    "mfa_remove_webauthn": _SIGN_IN,
    "mfa_edit_webauthn": _SIGN_IN,
    "mfa_login_webauthn": _SIGN_IN,
    "socialaccount_login_cancelled": _SIGN_IN,
    "socialaccount_login_error": _SIGN_IN,
    "socialaccount_signup": _SIGN_IN,
    "openid_connect_login": _SIGN_IN,
    "openid_connect_callback": _SIGN_IN,
    "wagtaildocs_serve": "a file; its rule is tried in tests/contributions/test_visibility.py",
    "wagtaildocs_authenticate_with_password": "private by password: switched off here",
    "wagtailcore_authenticate_with_password": "private by password: switched off here",
    "wagtailcore_login": "Wagtail's own way in leads to ours",
    "wagtailadmin_api:*": "what Wagtail's scripts ask, page by page",
    "wagtailadmin_pages:*": _ONE_ROW,
    "wagtailadmin_collections:*": _ONE_ROW,
    "wagtailadmin_workflows:*": _ONE_ROW,
    "wagtailadmin_editing_sessions:*": "what Wagtail's scripts ask about one page",
    "wagtailadmin_reports:*": "the rest of a list that has an example",
    "wagtailadmin_error_test": "fails on purpose",
    "wagtailadmin_explore_results": "the rest of a list that has an example",
    "wagtail_bulk_action": _ONE_ROW,
    "wagtailadmin_choose_page_child": "one branch of the chooser that has an example",
    "wagtailadmin_choose_page_chosen_multiple": _ONE_ROW,
    "wagtailadmin_tag_model_autocomplete": _ONE_ROW,
    "wagtailadmin_tag_autocomplete": "what Wagtail's scripts ask, with what is typed",
    "wagtailadmin_logout": _POST,
    "wagtailadmin_dismissibles": _POST,
    "wagtailadmin_block_preview": _ONE_ROW,
    "wagtailadmin_sprite": "drawings",
    "wagtailadmin_login": "Wagtail's own way in leads to ours",
    "wagtailadmin_password_reset": "switched off here",
    "wagtailadmin_password_reset_done": "switched off here",
    "wagtailadmin_password_reset_confirm": "switched off here",
    "wagtailadmin_password_reset_complete": "switched off here",
    "wagtailadmin_javascript_catalog": "texts",
    "wagtailembeds:*": "embedding is switched off",
    **{
        f"{name}:*": _ONE_ROW
        for name in (
            "wagtailredirects", "wagtailsnippets", "wagtaildocs", "wagtailimages", "searchedquestion", "wordgroup",
            "pinnedresult", "membership", "municipality", "theme", "targetgroup", "organisation", "initiatieven",
            "toepassingen", "lessen", "aanspreekpunten", "wagtailsites", "wagtailusers_users", "wagtailusers_groups",
            "wagtaildocs_chooser", "wagtailimages_chooser",
        )
    },
}  # fmt: skip


def addresses() -> Iterator[tuple[str, bool]]:
    """The name of every address of the URL configuration, and whether it wants arguments."""
    waiting: list[tuple[Any, str, bool]] = [(one, "", False) for one in get_resolver().url_patterns]
    while waiting:
        entry, namespace, wants = waiting.pop(0)
        wants = wants or bool(entry.pattern.regex.groups)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            waiting = [*((one, inner, wants) for one in entry.url_patterns), *waiting]
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or ''}" if entry.name else "", wants


def reason(name: str) -> str | None:
    """Why an address has no example; None where it must have one."""
    return REASONS.get(name) or REASONS.get(f"{name.partition(':')[0]}:*" if ":" in name else "-")


def examples(world: World) -> dict[str, str]:
    """An address of each kind, by a name of its own: those with arguments as above, all others as they are."""
    found: dict[str, str] = {}
    for name, wants in addresses():
        if name in EXAMPLES:
            found |= {f"{name} {number}".removesuffix(" 0"): make(world) for number, make in enumerate(EXAMPLES[name])}
        elif name and not wants and (is_list(name) or reason(name) is None):
            found[name] = reverse(name)
    return found


def is_list(name: str) -> bool:
    """The lists of the admin, of which one-row forms are the rest."""
    lists = ("index", "locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages", "page_types_usage")
    return ":" in name and name.rpartition(":")[2] in (*lists, "choose", "task_index", "task_chooser")
