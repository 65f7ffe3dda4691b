"""People: their accounts, their mails and their locks."""

from __future__ import annotations

import datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client
from django.urls import reverse

from exchange.accounts import links as signed
from exchange.accounts.models import User
from exchange.confirming import links
from exchange.following import digest
from exchange.following.models import NoDigest
from exchange.initiatives.models import InitiativePage
from exchange.people import oidc
from tests.factories import InitiativeFactory

from .world import World

# RFC 5322: no line of a mail is longer.
LONGEST_LINE = 998


def confirm_link_too_long(world: World) -> None:
    user = world.person("editor", world.section.municipality_id)
    pages = [(number, datetime.date(2026, 1, 1)) for number in range(100_000, 100_600)]
    assert len(links.write(user.pk, pages)) < LONGEST_LINE / 2


def digest_week_boundary(world: World) -> None:
    page = InitiativeFactory(parent=world.section)
    moment = datetime.datetime(2026, 11, 23, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    InitiativePage.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)
    assert [one.key for one in digest.read(datetime.date(2026, 11, 23))] == [page.pk]
    assert digest.read(datetime.date(2026, 11, 16)) == []


def lock_ignored_by_card(world: World) -> None:
    author = world.person("author", world.section.municipality_id)
    page = InitiativeFactory(parent=world.section, published=False, owner=author, title="Zoals het was")
    administrator, writer = world.client("administrator"), Client()
    writer.force_login(author)
    administrator.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    page.refresh_from_db()
    assert page.locked
    answer = writer.post(reverse("card", args=[page.pk]), {"title": "Iets anders", "base": page.latest_revision_id})
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Zoals het was"
    told = answer if answer.status_code == 200 else writer.get(answer.headers["Location"])
    assert "slot" in told.content.decode() or "vergrendeld" in told.content.decode()


def member_opens_admin(world: World) -> None:
    member = world.client("member")
    answer = member.get(world.lines("adres.txt")[0])
    assert answer.status_code == 403
    assert "Beheer" in answer.content.decode() or "beheer" in answer.content.decode()


def oidc_no_email_claim(world: World) -> None:
    claims: dict[str, Any] = json.loads((world.folder / "claims.json").read_text())
    mapping = {"municipality": "GM9901", "email_claim": "preferred_username"}
    assert oidc.address_in(claims, mapping) == "nieuw2@waterhoven.example"
    assert not oidc.address_in(claims, {"municipality": "GM9901"})


def unsubscribe_bare_post(world: World) -> None:
    user: User = world.person("member", world.section.municipality_id)
    address = reverse("digest_off", args=[signed.write(user.pk, purpose=digest.PURPOSE)])
    Client().post(address)
    assert not NoDigest.objects.filter(user=user).exists()
    Client().post(address, {"List-Unsubscribe": "One-Click"})
    assert NoDigest.objects.filter(user=user).exists()
    assert settings.TIME_ZONE == "Europe/Amsterdam"
