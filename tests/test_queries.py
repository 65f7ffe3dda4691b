"""How many queries a page takes: few, and no more when there is ten times as much."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.contacts.models import ContactPage
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from search import vocabulary
from tests.conftest import Committed
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory, LessonFactory

SEARCH_LIMIT = 25
LIMIT = 15
# What is like a contribution is asked of search.
SIMILAR = 10
# What municipalities like one do is asked of the register, of initiatives and of adoptions.
IDEAS = 3
# Session, account and memberships of who signed in, and whether they follow it.
SIGNED_IN = 4


def grow(section: MunicipalityPage, times: int) -> InitiativePage:
    """Add as many of each kind; the last initiative is the one that is looked at."""
    for _ in range(times):
        contact = ContactFactory(parent=section)
        page: InitiativePage = InitiativeFactory(
            parent=section, contact=contact, summary="Opvang van vluchtelingen.", target_groups=["lvb"]
        )
        LessonFactory(parent=page)
    return page


def queries(client: Client, address: str) -> int:
    """How many a page takes once the names that are kept for some seconds were read."""
    with pytest.MonkeyPatch.context() as patch:
        # Else the seconds may just be over between the two.
        patch.setattr(vocabulary, "KEPT", 1_000_000_000)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_pages_take_few_queries_and_no_more_with_ten_times_as_many(
    waterhoven: MunicipalityPage, committed: Committed, signed_in: Callable[..., Client], reader: str
) -> None:
    client = Client() if reader == "visitor" else signed_in(reader, "GM9901")
    with committed():
        department = DepartmentFactory(parent=waterhoven)
        page = grow(waterhoven, 1)
        grow(department, 1)
    lesson = page.get_children().get()
    addresses = [
        "/zoeken/", "/zoeken/?q=opvang&size=xl&theme=sleutelpersonen&kind=initiative", "/api/v1/search?q=opvang",
        "/", "/gemeenten/", "/themas/", "/themas/sleutelpersonen/", "/over/",
        "/inloggen/" if reader == "visitor" else "/account/", waterhoven.url, department.url, page.url, lesson.url,
    ]  # fmt: skip
    if reader != "visitor":
        addresses.append(ContactPage.objects.get(pk=page.contact_id).url)
    before = {address: queries(client, address) for address in addresses}
    with committed():
        grow(waterhoven, 9)
        grow(department, 9)
    after = {address: queries(client, address) for address in addresses}
    assert after == before
    for address, count in after.items():
        is_search = address.startswith(("/zoeken/", "/api/"))
        limit = SEARCH_LIMIT if is_search else LIMIT + SIMILAR * ("/bijdrage-" in address)
        limit += IDEAS * (address == waterhoven.url)
        assert count <= limit + (SIGNED_IN if reader != "visitor" else 0), (address, count)
