"""What goes out runs in no program for sheets, and what comes back is what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.tables.formulas import as_typed, harmless

CELLS = st.text(alphabet=st.sampled_from("'=+-@\t\r\n aé1＝"), max_size=8)


@given(CELLS)
def test_no_cell_begins_a_formula_and_each_comes_back_as_it_was(cell: str) -> None:
    out = harmless(cell)
    assert out.lstrip()[:1] not in set("=+-@＝＋－＠")
    assert out[:1] not in set("\t\r\n")
    assert as_typed(out) == cell


@pytest.mark.parametrize("cell", ["", "'s-Gravenhage", "tekst", "1-3-2026", "a=b", "’t kan"])
def test_what_is_no_formula_is_left_alone(cell: str) -> None:
    assert harmless(cell) == cell


def test_an_apostrophe_of_somebodys_own_stays() -> None:
    assert harmless("'=1") == "''=1"
    assert as_typed("''=1") == "'=1"
