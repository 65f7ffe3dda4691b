"""The ladder of evidence: each rung by its rule, and nothing that seeing more takes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents.models import Document

from exchange.adoptions.choices import Answer, Result, Stage
from exchange.contributions.attached import Attachment
from exchange.evidence.models import PeerCheck
from exchange.evidence.rungs import Facts, Rung, evidence
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from tests.adoptions.test_figures import USES, use
from tests.conftest import Committed, Person
from tests.factories import ContactFactory, InitiativeFactory
from tests.publishing.conftest import client_for

GOOD = Facts(own="GM9901", is_started=True, is_described=True, is_confirmed=True)
TWO = (use(1), use(2))


@pytest.mark.parametrize(
    ("facts", "rungs"),
    [
        (GOOD, {Rung.DESCRIBED}),
        (replace(GOOD, is_started=False), set()),
        (replace(GOOD, is_described=False), set()),
        (replace(GOOD, is_confirmed=False, checked_by=("GM1", "GM2"), uses=TWO, evaluations=("X",)), set()),
        (replace(GOOD, checked_by=("GM1",)), {Rung.DESCRIBED}),
        (replace(GOOD, checked_by=("GM1", "GM1")), {Rung.DESCRIBED}),
        (replace(GOOD, checked_by=("GM1", "GM9901")), {Rung.DESCRIBED}),
        (replace(GOOD, checked_by=("GM1", "GM2")), {Rung.DESCRIBED, Rung.CHECKED}),
        (replace(GOOD, uses=TWO[:1]), {Rung.DESCRIBED}),
        (replace(GOOD, uses=TWO), {Rung.DESCRIBED, Rung.TAKEN_OVER}),
        (replace(GOOD, uses=(use(1), use(2, answer=Answer.SILENT))), {Rung.DESCRIBED}),
        (replace(GOOD, uses=(use(1), use(2, stage=Stage.STOPPED))), {Rung.DESCRIBED}),
        (replace(GOOD, uses=(use(1, code="GM1"), use(2, code="GM1"))), {Rung.DESCRIBED}),
        (replace(GOOD, evaluations=("Hogeschool Voorbeeld",)), {Rung.DESCRIBED, Rung.EVALUATED}),
    ],
)
def test_each_rung_has_its_rule(facts: Facts, rungs: set[Rung]) -> None:
    known = evidence(facts)
    assert known.reached == rungs
    assert known.highest == (max(rungs, key=list(Rung).index) if rungs else None)


def test_what_speaks_against_it_is_counted_too() -> None:
    uses = (use(1, result=Result.LESS), use(2, stage=Stage.STOPPED, result=Result.LESS), use(3, result=Result.BETTER))
    known = evidence(replace(GOOD, uses=uses, objections=2))
    assert (known.less, known.stopped, known.objections) == (2, 1, 2)


@given(USES, st.integers(0, 29), st.lists(st.sampled_from(["GM1", "GM2", "GM9901"]), max_size=4))
def test_seeing_more_only_adds_rungs(uses: list[Any], hidden: int, checked_by: list[str]) -> None:
    fewer = tuple(one for place, one in enumerate(uses) if place != hidden)
    facts = replace(GOOD, checked_by=tuple(checked_by), uses=fewer)
    assert evidence(facts).reached <= evidence(replace(facts, uses=tuple(uses))).reached


# --- on the site


@pytest.fixture
def initiative(waterhoven: MunicipalityPage, person: Person, committed: Committed) -> InitiativePage:
    with committed():
        maker = person("editor", "GM9901")
        page: InitiativePage = InitiativeFactory(
            parent=waterhoven, owner=maker, contact=ContactFactory(parent=waterhoven, user=maker), phase="running",
            target_groups=["lvb"], confirmed_at=timezone.localdate(),
        )  # fmt: skip
    return page


def found(rung: Rung) -> list[int]:
    return [hit["id"] for hit in Client().get("/api/v1/search", {"evidence": rung.value}).json()["results"]]


def test_two_colleagues_of_two_other_municipalities_check_it(
    initiative: InitiativePage, veldersloot: MunicipalityPage, person: Person, committed: Committed, section_of: Any
) -> None:
    section_of("GM9911")
    yes = {"is_clear": "on", "is_doable": "on", "is_honest": "on", "is_safe": "on"}
    address = reverse("peer_check", args=[initiative.pk])
    assert found(Rung.DESCRIBED) == [initiative.pk]
    first = client_for(person("member", "GM9910"))
    assert address in first.get(initiative.url).content.decode()
    with committed():
        first.post(address, yes)
        # Once more is a change of mind, not a second voice.
        first.post(address, yes)
    assert PeerCheck.objects.count() == 1
    assert found(Rung.CHECKED) == []
    with committed():
        client_for(person("author", "GM9911")).post(address, yes | {"remark": "Hoe vonden jullie ze?"})
    assert found(Rung.CHECKED) == [initiative.pk]
    assert any("Hoe vonden jullie ze?" in one.body and one.to == [initiative.owner.email] for one in mail.outbox)
    shown = Client().get(initiative.url).content.decode()
    assert "Getoetst door collega" in shown
    assert "Veldersloot" in shown
    assert "Hoe vonden jullie ze?" not in shown
    with committed():
        first.post(address, yes | {"is_honest": ""})
    assert found(Rung.CHECKED) == []
    assert "1 collega had nog vragen" in Client().get(initiative.url).content.decode()


def test_nobody_checks_the_own_work(
    initiative: InitiativePage, signed_in: Callable[..., Client], veldersloot: MunicipalityPage
) -> None:
    address = reverse("peer_check", args=[initiative.pk])
    assert signed_in("editor", "GM9901").get(address).status_code == 403
    assert signed_in("platform_editor").get(address).status_code == 403
    assert Client().get(address).status_code == 302
    InitiativePage.objects.update(visibility="own")
    assert signed_in("member", "GM9910").get(address).status_code == 404


def test_an_independent_evaluation_is_named(initiative: InitiativePage, committed: Committed) -> None:
    document = Document.objects.create(title="Onderzoek", file=ContentFile(b"x", "onderzoek.txt"))
    with committed():
        initiative.attachments.add(Attachment(document=document, evaluated_by="Hogeschool Voorbeeld"))
        initiative.save_revision().publish()
    assert found(Rung.EVALUATED) == [initiative.pk]
    assert "Onderzocht door Hogeschool Voorbeeld" in Client().get(initiative.url).content.decode()
