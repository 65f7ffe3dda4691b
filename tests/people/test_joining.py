"""From a mail address to a member, and from a member to somebody who writes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import Settings

from exchange.accounts.models import Membership, User
from exchange.accounts.viewer import viewer_for
from exchange.municipalities.models import EmailDomain
from exchange.people.models import JoinRequest
from exchange.sections.models import MunicipalityPage

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


def sign_up(client: Client, address: str) -> str:
    """Ask for an account; what stands on the page after that."""
    form = {"email": address, "first_name": "Noor", "last_name": "Verzonnen"}
    return client.post("/doe-mee/", form, follow=True).content.decode()


def link_in_mail() -> str:
    found = re.search(r"http://\S+?(/account/confirm-email/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def roles(address: str) -> set[tuple[str, str | None]]:
    return set(Membership.objects.filter(user__email=address).values_list("role", "municipality_id"))


def user_of(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


# --- becoming a member


def test_a_municipal_address_makes_a_member_by_the_button_behind_the_link(client: Client) -> None:
    assert "Kijk in je mail" in sign_up(client, "noor@waterhoven.example")
    link = link_in_mail()
    # Mail scanners open every link: that does nothing.
    assert "Ja, dit is mijn adres" in Client().get(link).content.decode()
    assert roles("noor@waterhoven.example") == set()
    assert client.post(link).headers["Location"] == "/doe-mee/"
    assert roles("noor@waterhoven.example") == {("member", "GM9901")}
    assert user_of(client).get_full_name() == "Noor Verzonnen"
    assert viewer_for(user_of(client)).is_member


def test_on_another_device_the_address_is_confirmed_and_one_signs_in_first(client: Client) -> None:
    sign_up(client, "noor@waterhoven.example")
    elsewhere = Client()
    assert elsewhere.post(link_in_mail()).headers["Location"] == "/inloggen/"
    assert "_auth_user_id" not in elsewhere.session
    assert roles("noor@waterhoven.example") == {("member", "GM9901")}


def test_the_mail_is_text_and_html_in_the_readers_language(client: Client) -> None:
    client.post("/taal/", {"language": "en"})
    sign_up(client, "noor@waterhoven.example")
    message = mail.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    assert message.subject == "Confirm your e-mail address for Samenwijzer"
    assert link_in_mail() in str(message.alternatives[0][0])
    assert '<html lang="en">' in str(message.alternatives[0][0])


def test_a_part_of_a_domain_belongs_to_it() -> None:
    assert [str(one) for one in EmailDomain.objects.municipalities("x@post.Waterhoven.example")] == ["Waterhoven"]
    assert EmailDomain.objects.municipalities("x@nietwaterhoven.example") == []
    assert EmailDomain.objects.municipalities("x@example") == []


def test_another_domain_is_told_what_to_do(client: Client) -> None:
    page = sign_up(client, "iemand@elders.example")
    assert "vraag een collega" in page
    assert not User.objects.filter(email="iemand@elders.example").exists()
    assert mail.outbox == []


def test_an_altered_or_used_link_says_so(client: Client) -> None:
    sign_up(client, "noor@waterhoven.example")
    link = link_in_mail()
    altered = link[:-4] + ("aaa/" if not link.endswith("aaa/") else "bbb/")
    assert "verlopen, al gebruikt" in client.get(altered).content.decode()
    assert client.post(altered).status_code == 404
    client.post(link)
    client.post("/uitloggen/")
    assert "verlopen, al gebruikt" in client.get(link).content.decode()


def test_a_link_expires(client: Client, settings: Settings) -> None:
    sign_up(client, "noor@waterhoven.example")
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -1
    assert client.post(link_in_mail()).status_code == 404
    assert roles("noor@waterhoven.example") == set()


def test_who_has_an_account_already_gets_a_mail_and_the_page_tells_nobody(client: Client) -> None:
    sign_up(client, "noor@waterhoven.example")
    client.post(link_in_mail())
    # The library sends one such mail in three minutes.
    cache.clear()
    assert "Kijk in je mail" in sign_up(Client(), "noor@waterhoven.example")
    assert "al een account" in mail.outbox[-1].subject


def test_who_shares_a_domain_chooses_among_its_municipalities(client: Client) -> None:
    EmailDomain.objects.create(domain="waterhoven.example", municipality_id="GM9910")
    sign_up(client, "noor@waterhoven.example")
    page = client.post(link_in_mail(), follow=True).content.decode()
    assert "Voor welke gemeente werk je?" in page
    assert "Veldersloot" in page
    client.post("/doe-mee/gemeente/", {"municipality": "GM9902"})
    assert roles("noor@waterhoven.example") == set()
    client.post("/doe-mee/gemeente/", {"municipality": "GM9910"})
    assert roles("noor@waterhoven.example") == {("member", "GM9910")}
    # The choice is made once.
    client.post("/doe-mee/gemeente/", {"municipality": "GM9901"})
    assert roles("noor@waterhoven.example") == {("member", "GM9910")}


def test_who_left_does_not_come_back_by_signing_in(client: Client, waterhoven: MunicipalityPage) -> None:
    sign_up(client, "noor@waterhoven.example")
    client.post(link_in_mail())
    user = user_of(client)
    user.set_password("een-lang-wachtwoord")
    user.save()
    client.force_login(user)
    client.post(f"/account/rol/{user.memberships.get().pk}/")
    client.post("/uitloggen/")
    client.post("/inloggen/", {"login": user.email, "password": "een-lang-wachtwoord"})
    assert "_auth_user_id" in client.session
    assert roles(user.email) == set()
    EmailDomain.objects.create(domain="waterhoven.example", municipality_id="GM9910")
    assert "Voor welke gemeente" not in client.get("/doe-mee/").content.decode()
    client.post("/doe-mee/gemeente/", {"municipality": "GM9910"})
    assert roles(user.email) == set()


# --- asking to write


def test_the_first_of_a_municipality_asks_an_administrator_and_becomes_editor(
    client: Client, person: Callable[..., User], signed_in: SignedIn
) -> None:
    page = MunicipalityPage.objects.get(municipality="GM9903")
    assert not page.has_joined
    boss = signed_in("administrator")
    member = signed_in("member", "GM9903")
    assert "Jij kunt de eerste zijn" in member.get("/doe-mee/").content.decode()
    member.post("/doe-mee/vraag/GM9903/", {"reason": "Wij willen onze inloop laten zien."})
    assert mail.outbox[-1].to == [user_of(boss).email]
    assert "Wij willen onze inloop laten zien." in mail.outbox[-1].body
    asked = JoinRequest.objects.get()
    assert "Wij willen onze inloop" in boss.get("/mensen/GM9903/").content.decode()
    boss.post(f"/mensen/verzoek/{asked.pk}/", {"grant": ""})
    page.refresh_from_db()
    assert page.has_joined
    assert roles(user_of(member).email) == {("editor", "GM9903")}
    assert mail.outbox[-1].to == [user_of(member).email]
    assert member.get(f"/beheer/pages/{page.pk}/").status_code == 200


def test_who_follows_asks_the_editors_and_becomes_author(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    boss, editor, member = signed_in("administrator"), signed_in("editor", "GM9901"), signed_in("member", "GM9901")
    member.post("/doe-mee/vraag/GM9901/", {})
    assert mail.outbox[-1].to == [user_of(editor).email]
    asked = JoinRequest.objects.get()
    elsewhere = signed_in("editor", "GM9910")
    assert elsewhere.post(f"/mensen/verzoek/{asked.pk}/", {"grant": ""}).status_code == 403
    assert member.post(f"/mensen/verzoek/{asked.pk}/", {"grant": ""}).status_code == 403
    editor.post(f"/mensen/verzoek/{asked.pk}/", {"grant": ""})
    assert roles(user_of(member).email) == {("author", "GM9901")}
    # A second answer, of somebody who looked at the same page, changes nothing.
    page = boss.post(f"/mensen/verzoek/{asked.pk}/", {"refuse": ""}, follow=True).content.decode()
    assert "al beantwoord" in page
    assert roles(user_of(member).email) == {("author", "GM9901")}


def test_a_refusal_is_told_and_one_may_ask_again(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    editor, member = signed_in("editor", "GM9901"), signed_in("member", "GM9901")
    member.post("/doe-mee/vraag/GM9901/", {})
    member.post("/doe-mee/vraag/GM9901/", {})
    editor.post(f"/mensen/verzoek/{JoinRequest.objects.get().pk}/", {"refuse": ""})
    assert "niet toegekend" in mail.outbox[-1].body
    assert roles(user_of(member).email) == {("member", "GM9901")}
    member.post("/doe-mee/vraag/GM9901/", {})
    assert JoinRequest.objects.filter(answered_at=None).count() == 1


def test_a_setting_lets_a_known_domain_open_its_own_section(client: Client, settings: Settings) -> None:
    settings.JOINING_OPENS_BY_ITSELF = True
    sign_up(client, "noor@veldersloot.example")
    client.post(link_in_mail())
    assert "Jullie deel is open" in client.post("/doe-mee/vraag/GM9910/", {}, follow=True).content.decode()
    assert roles("noor@veldersloot.example") == {("editor", "GM9910")}


def test_nobody_asks_for_another_municipality(signed_in: SignedIn) -> None:
    assert signed_in("member", "GM9901").post("/doe-mee/vraag/GM9910/", {}).status_code == 403
    assert Client().post("/doe-mee/vraag/GM9910/", {}).status_code == 302
    assert not JoinRequest.objects.exists()


# --- being invited


def test_an_invited_colleague_gets_the_role_by_confirming(
    client: Client, waterhoven: MunicipalityPage, signed_in: SignedIn
) -> None:
    editor = signed_in("editor", "GM9901")
    editor.post("/mensen/GM9901/", {"email": "Inhuur@Bureau.example", "role": "author"})
    assert "nodigt je uit" in mail.outbox[-1].subject
    assert "/doe-mee/?email=inhuur%40bureau.example" in mail.outbox[-1].body
    assert 'value="inhuur@bureau.example"' in client.get("/doe-mee/?email=inhuur@bureau.example").content.decode()
    sign_up(client, "inhuur@bureau.example")
    assert roles("inhuur@bureau.example") == set()
    client.post(link_in_mail())
    assert roles("inhuur@bureau.example") == {("author", "GM9901")}


def test_an_invitation_that_was_withdrawn_or_is_old_gives_nothing(
    client: Client, waterhoven: MunicipalityPage, signed_in: SignedIn
) -> None:
    editor = signed_in("editor", "GM9901")
    editor.post("/mensen/GM9901/", {"email": "inhuur@bureau.example", "role": "author"})
    invitation = waterhoven.municipality.invitations.get()
    assert signed_in("author", "GM9901").post(f"/mensen/uitnodiging/{invitation.pk}/").status_code == 403
    editor.post(f"/mensen/uitnodiging/{invitation.pk}/")
    assert "vraag een collega" in sign_up(client, "inhuur@bureau.example")


def test_somebody_with_an_account_gets_the_role_at_once(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    editor, member = signed_in("editor", "GM9901"), signed_in("member", "GM9901")
    known = user_of(member)
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    editor.post("/mensen/GM9901/", {"email": known.email, "role": "editor"})
    assert ("editor", "GM9901") in roles(known.email)
    assert mail.outbox[-1].to == [known.email]
