"""What a writer may use: the pages, files and people that a field offers, and the only ones that it accepts.

One answer for every form, on the site and in the admin. What is hidden is not among them, so it is refused in the words
for what does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry

from exchange.accounts.models import User
from exchange.accounts.rights import Place
from exchange.accounts.viewer import viewer_for


def usable_pages(user: User) -> QuerySet[Any, Any]:
    """What somebody may read or edit: no drafts or titles of others. Other pages than contributions are for all."""
    from .models import Contribution

    pages: QuerySet[Any, Any] = Page.objects.all()
    if user.is_superuser:
        return pages
    editable = page_permission_policy.instances_user_has_any_permission_for(user, {"change", "publish"})
    visible = Contribution.objects.visible_to(viewer_for(user))
    return pages.filter(
        Q(pk__in=visible.values("pk"))
        | Q(pk__in=Page.objects.live().not_type(Contribution).values("pk"))
        | Q(pk__in=editable.values("pk"))
        | Q(pk__in=Contribution.objects.filter(owner=user, first_published_at=None).values("pk"))
    )


def usable_files(user: User, model: type[Model]) -> QuerySet[Any, Any]:
    """The documents or images that somebody may choose: those in the collections of their sections."""
    policy = policy_registry.get_by_type(model)
    found: QuerySet[Any, Any] = policy.instances_user_has_any_permission_for(user, ["choose"])
    return found


def usable_documents(user: User) -> QuerySet[Any, Any]:
    return usable_files(user, Document)


def usable_images(user: User) -> QuerySet[Any, Any]:
    return usable_files(user, Image)


def usable_people(place: Place | None) -> QuerySet[User, User]:
    """Who has a role in a section: of a department also who has one in the whole municipality."""
    if place is None:
        return User.objects.none()
    where = Q(memberships__municipality=place.municipality)
    if place.department is not None:
        where &= Q(memberships__department=None) | Q(memberships__department=place.department)
    return User.objects.filter(where, is_active=True).distinct()


def usable(user: User, model: type[Model]) -> QuerySet[Any, Any] | None:
    """What somebody may use of a kind; None where everybody may use all of it, such as a theme."""
    if issubclass(model, Page):
        return model._default_manager.filter(pk__in=usable_pages(user).values("pk"))
    if issubclass(model, Document | Image):
        return usable_files(user, model)
    return None


def hidden_of(user: User, model: type[Model], keys: Iterable[Any]) -> set[str]:
    """Which of these may somebody not use, or are not there at all? The two look alike."""
    asked = {str(key) for key in keys}
    numbers = [key for key in asked if key.isascii() and key.isdecimal()]
    things = usable(user, model)
    found = (model._default_manager.all() if things is None else things).filter(pk__in=numbers)
    return asked - {str(key) for key in found.values_list("pk", flat=True)}


def files_of_others(page: Any, writers: Iterable[int]) -> list[Model]:
    """The files of a version that none of its writers may use, and that its page does not show already."""
    shown = type(page).objects.filter(pk=page.pk, live=True).first()
    known = set(_files_of(shown)) if shown is not None else set()
    people = list(User.objects.filter(pk__in=list(writers)))
    new = [file for file in _files_of(page) if file not in known]
    # Where a program wrote, such as an import, there is nobody whose files they could be.
    return [file for file in new if people and not any(_may_use(person, file) for person in people)]


def _files_of(page: Any) -> list[Model]:
    attached = [one.document for one in page.attachments.all()] if hasattr(page, "attachments") else []
    image = getattr(page, "image", None)
    return [*attached, *([image] if image is not None else [])]


def _may_use(user: User, file: Model) -> bool:
    return usable_files(user, type(file)).filter(pk=file.pk).exists()


def links_in(page: Model) -> dict[str, set[tuple[type[Model], str]]]:
    """What the texts of a page link to, by name of the field: the kind and key of each."""
    found: dict[str, set[tuple[type[Model], str]]] = {}
    fields: list[Any] = list(page._meta.get_fields())
    for field in fields:
        if hasattr(field, "extract_references"):
            value = field.value_from_object(page)
            links = field.extract_references(value) if value else ()
            found[field.name] = {(model, str(key)) for model, key, *_ in links}
    return found


def hidden_links(user: User, page: Model, before: dict[str, set[tuple[type[Model], str]]]) -> set[str]:
    """The fields of a page whose text links to what somebody may not use and that was not there before."""
    wrong = set()
    for name, links in links_in(page).items():
        added = links - before.get(name, set())
        if any(hidden_of(user, model, [key]) for model, key in added):
            wrong.add(name)
    return wrong
