"""What happens to a text on its way to the site stands in the log of its section."""

from django.urls import reverse
from django.utils import timezone

from exchange.auditing.models import Act, AuditEntry
from exchange.confirming.asking import confirm
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person

from .conftest import Offered, client_for, page_of


def test_writing_reading_along_and_confirming_are_noted_with_who(
    waterhoven: MunicipalityPage, person: Person, offered: Offered
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    state = offered(waterhoven, author)
    page = page_of(state)
    data = {"revision": page.latest_revision_id, "approve": ""}
    client_for(editor).post(reverse("reading", args=[state.pk]), data)
    confirm(page_of(state), author, timezone.localdate())
    noted = {(one.action, one.who) for one in AuditEntry.objects.filter(page_id=page.pk)}
    assert any(action == "wagtail.create" for action, who in noted)
    assert ("wagtail.workflow.start", author) in noted
    assert any(action == "wagtail.workflow.approve" and who == editor for action, who in noted)
    assert (Act.CONFIRMED, author) in noted
    assert all(one.municipality_id == "GM9901" and one.label for one in AuditEntry.objects.all())
