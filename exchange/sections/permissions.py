"""Giving a group its rights in Wagtail: the admin itself, pages, and files. Each is safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

# What whoever writes may do with the files of their collection.
FILE_PERMISSIONS = (
    "add_document", "change_document", "choose_document", "add_image", "change_image", "choose_image",
)  # fmt: skip


def let_into_admin(group: Group) -> None:
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))


def give_pages(group: Group, page: Page, codenames: Iterable[str]) -> None:
    """Give a group exactly these rights on a page and everything below it, such as `add_page`."""
    codenames = list(codenames)
    GroupPagePermission.objects.filter(group=group, page=page).exclude(permission__codename__in=codenames).delete()
    for permission in Permission.objects.filter(codename__in=codenames, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def give_files(group: Group, collection: Collection) -> None:
    """Let a group add, change and choose the documents and images of a collection."""
    for permission in Permission.objects.filter(
        codename__in=FILE_PERMISSIONS, content_type__app_label__in=["wagtaildocs", "wagtailimages"]
    ):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
