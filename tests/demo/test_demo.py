"""The demo: dozens of each kind, all under invented municipalities, an account for each role, and nothing twice."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from exchange.accounts.models import Membership, User
from exchange.accounts.roles import Role
from exchange.accounts.viewer import VISITOR
from exchange.adoptions.choices import ENDED, Stage
from exchange.adoptions.models import AdoptionPage
from exchange.adoptions.reuse import reuse_of
from exchange.contacts.models import ContactPage
from exchange.contributions.completeness import Level
from exchange.contributions.models import Contribution, ThemeLink
from exchange.demo.accounts import make_accounts
from exchange.demo.content import fill
from exchange.demo.reuse import fill_reuse
from exchange.evidence.models import PeerCheck
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage
from exchange.municipalities.models import EmailDomain, Municipality
from exchange.municipalities.size import SizeClass
from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Theme
from search.projection import find_drift
from tests.conftest import Committed

pytestmark = pytest.mark.django_db


def test_the_example_municipalities_are_invented_and_of_every_size() -> None:
    invented = Municipality.objects.filter(is_invented=True)
    assert {one.size for one in invented} == set(SizeClass)
    real = Municipality.objects.filter(is_invented=False)
    for one in invented:
        assert one.code.startswith("GM99")
        assert not real.filter(name__iexact=one.name).exists()
        assert real.filter(province_code=one.province_code, safety_region_code=one.safety_region_code).exists()
        assert all([one.population, one.latitude, one.longitude])
    domains = EmailDomain.objects.filter(municipality__is_invented=True).values_list("domain", flat=True)
    assert all(domain.endswith(".example") for domain in domains)


def test_it_fills_once_and_everything_is_found(committed: Committed) -> None:
    with committed():
        first = fill()
    assert first.contributions == Contribution.objects.count()
    for kind in (InitiativePage, LessonPage, ContactPage):
        assert kind.objects.live().count() >= 25
    assert first.contributions >= 80
    assert Contribution.objects.values("municipality").distinct().count() >= 30
    assert InitiativePage.objects.filter(phase="stopped").count() >= 2
    assert LessonPage.objects.filter(outcome="did_not_work").count() >= 10
    used = set(ThemeLink.objects.values_list("tag__broader__slug", flat=True)) - {None}
    assert used == set(Theme.objects.filter(broader=None).values_list("slug", flat=True))
    assert not Contribution.objects.filter(municipality__is_invented=False).exists()
    assert not MunicipalityPage.objects.exclude(opened_at=None).filter(municipality__is_invented=False).exists()
    assert Client().get("/api/v1/search?q=opvang+vluchtelingen").json()["count"] > 0
    assert find_drift() == []
    for initiative in InitiativePage.objects.all():
        assert initiative.completeness().level is not Level.BEGIN or initiative.contact is None
    for contact in ContactPage.objects.all():
        assert contact.team_mailbox.endswith(".example")
        assert not contact.phone or contact.phone.startswith("000 000 ")
    assert fill().contributions == 0


def test_adoptions_stand_in_chains_with_failures_and_negative_results(committed: Committed) -> None:
    with committed():
        fill()
        added = fill_reuse()
    assert added == AdoptionPage.objects.live().count() >= 15
    source = InitiativePage.objects.get(external_id="voorbeeld-inloop-met-sleutelpersonen")
    reuse = reuse_of(source, VISITOR)
    assert max(link.depth for link in reuse.links) == 3
    assert {row.size for row in reuse.rows} == {SizeClass.XS, SizeClass.S, SizeClass.M}
    assert {use.stage for use in reuse.uses if use.stage in ENDED} == {Stage.STOPPED, Stage.DECLINED}
    reached = {hit["id"] for hit in Client().get("/api/v1/search?evidence=evaluated").json()["results"]}
    assert reached == {source.pk}
    assert Client().get("/api/v1/search?runs_at_size=xs&q=inloop").json()["count"] >= 1
    for page in AdoptionPage.objects.all():
        assert page.completeness().level is not Level.BEGIN
        page.full_clean()
    assert find_drift() == []
    assert fill_reuse() == 0
    assert PeerCheck.objects.count() == 6


def test_what_somebody_changed_in_an_example_stays(committed: Committed) -> None:
    fill()
    page = InitiativePage.objects.get(external_id="voorbeeld-inloop-klein")
    page.title = "Onze eigen titel"
    page.save_revision().publish()
    fill()
    assert InitiativePage.objects.get(external_id="voorbeeld-inloop-klein").title == "Onze eigen titel"


def test_there_is_an_account_for_each_role_with_a_new_password() -> None:
    first, second = make_accounts(), make_accounts()
    assert [account.role for account in first] == list(Role)
    assert User.objects.count() == Membership.objects.count() == len(first)
    for old, new in zip(first, second, strict=True):
        assert old.password != new.password
        assert Client().login(username=new.email, password=new.password)
        assert not Client().login(username=old.email, password=old.password)
        assert new.email.endswith(".example")


def test_the_command_prints_the_accounts() -> None:
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out)
    for role in Role:
        assert str(role.label) in out.getvalue()
