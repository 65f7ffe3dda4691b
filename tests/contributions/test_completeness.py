"""Begin, basis, compleet: what is there decides, and the basic card comes first."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.panels import FieldPanel, Panel

from exchange.contacts.models import ContactPage
from exchange.contributions.completeness import Item, Level, completeness
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage

BASIC = [Item("titel", done=True, basic=True), Item("samenvatting", done=True, basic=True)]
REST = [Item(name, done=False) for name in ("aanpak", "resultaat", "kosten", "uren")]
items = st.lists(st.builds(Item, st.text(max_size=5), st.booleans(), st.booleans()), max_size=12)


def test_without_the_basic_card_it_is_a_beginning() -> None:
    judged = completeness([*REST, Item("thema", done=False, basic=True), *BASIC])
    assert judged.level is Level.BEGIN
    assert judged.next == "thema"


def test_with_the_basic_card_it_is_a_basis() -> None:
    judged = completeness([*BASIC, *REST])
    assert judged.level is Level.BASIC
    assert judged.next == "aanpak"
    assert (judged.done, judged.total) == (2, 6)


def test_with_three_quarters_of_the_rest_it_is_complete() -> None:
    done = [Item(item.label, done=True) for item in REST[:3]]
    assert completeness([*BASIC, *done, REST[3]]).level is Level.COMPLETE
    assert completeness([*BASIC, *done[:2], *REST[2:]]).level is Level.BASIC


@given(items)
def test_adding_something_never_lowers_the_level(some: list[Item]) -> None:
    order = list(Level)
    before = completeness(some)
    more = [Item(item.label, done=True, basic=item.basic) for item in some]
    after = completeness(more)
    assert order.index(after.level) >= order.index(before.level)
    assert 0 <= before.share <= after.share <= 1
    assert len(before.missing) == before.total - before.done


def _fields(panel: Panel, model: type[Contribution]) -> Iterator[tuple[str, str]]:
    if isinstance(panel, FieldPanel):
        # A field that only the form has explains itself there.
        in_form = model.base_form_class.base_fields.get(panel.field_name)
        own = in_form.help_text if in_form else getattr(model._meta.get_field(panel.field_name), "help_text", "")
        yield panel.field_name, str(panel.help_text or own)
    for child in getattr(panel, "children", []):
        yield from _fields(child, model)


@pytest.mark.parametrize("model", [InitiativePage, LessonPage, ContactPage])
def test_every_field_of_the_editor_explains_itself_with_an_example(model: type[Contribution]) -> None:
    silent = {name for name, text in _fields(model.edit_handler, model) if "ijvoorbeeld" not in text}
    assert silent == set()
