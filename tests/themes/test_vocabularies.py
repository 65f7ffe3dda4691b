"""Themes and target groups: loaded once, then the platform editors'; one to three themes, and never a wrong one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from exchange.contributions.forms import ThemeField
from exchange.organisations.models import Organisation
from exchange.themes import loader
from exchange.themes.models import TargetGroup, Theme

pytestmark = pytest.mark.django_db


def test_every_theme_has_labels_a_description_and_its_place_in_tooi() -> None:
    themes = list(Theme.objects.all())
    assert len(themes) == 67
    for theme in themes:
        assert all([theme.name, theme.name_en, theme.description])
        assert theme.tooi_uri.startswith("https://identifier.overheid.nl/tooi/")
        assert theme.broader is None or theme.broader.broader is None
    assert sum(bool(theme.synonyms) for theme in themes) > 50


def test_themes_about_violence_carry_urgent_help() -> None:
    violence = Theme.objects.get(slug="sggg")
    for theme in [violence, *violence.narrower.all()]:
        assert "112" in theme.urgent_help


def test_loading_again_adds_nothing_and_keeps_what_an_editor_changed() -> None:
    Theme.objects.filter(slug="inburgering").update(description="Onze eigen woorden.")
    report = loader.load()
    assert (report.themes_added, report.target_groups_added) == (0, 0)
    assert Theme.objects.get(slug="inburgering").description == "Onze eigen woorden."


def test_the_tree_has_two_levels() -> None:
    narrow, broad = Theme.objects.get(slug="inburgering"), Theme.objects.get(slug="sggg")
    with pytest.raises(ValidationError, match="hoofdthema"):
        Theme(name="x", name_en="x", slug="x", broader=narrow).full_clean()
    broad.broader = Theme.objects.get(slug="meedoen-en-inburgeren")
    with pytest.raises(ValidationError, match="onderdelen"):
        broad.full_clean()


def theme_ids(*slugs: str) -> list[str]:
    return [str(Theme.objects.get(slug=slug).pk) for slug in slugs]


def test_one_to_three_themes_are_taken() -> None:
    for slugs in (["inburgering"], ["inburgering", "wmo", "sggg"]):
        assert {theme.slug for theme in ThemeField().clean(theme_ids(*slugs))} == set(slugs)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "één tot drie"),
        (["999999"], "bestaat niet"),
        (["sleutelpersonnen"], "bestaat niet"),
    ],
)
def test_no_theme_and_an_unknown_theme_are_errors(value: list[str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ThemeField().clean(value)


def test_four_themes_are_one_too_many() -> None:
    with pytest.raises(ValidationError, match="hoogstens drie"):
        ThemeField().clean(theme_ids("inburgering", "wmo", "sggg", "jeugdhulp"))


def test_a_platform_editor_edits_the_vocabularies(signed_in: Callable[..., Client]) -> None:
    client = signed_in("platform_editor")
    theme = Theme.objects.get(slug="inburgering")
    form = {
        "name": "Inburgeren", "name_en": theme.name_en, "slug": theme.slug, "broader": theme.broader_id,
        "description": "Nieuw.", "synonyms": "inburgeringscursus", "urgent_help": "", "tooi_uri": theme.tooi_uri,
        "position": theme.position,
    }  # fmt: skip
    assert client.post(f"/beheer/theme/edit/{theme.pk}/", form).status_code == 302
    assert Theme.objects.get(slug="inburgering").name == "Inburgeren"
    assert (
        client.post(
            "/beheer/targetgroup/new/", {"name": "Studenten", "name_en": "Students", "slug": "studenten", "position": 1}
        ).status_code
        == 302
    )
    assert TargetGroup.objects.filter(slug="studenten").exists()
    assert (
        client.post(
            "/beheer/organisation/new/", {"name": "GGD Voorbeeld", "kind": "ggd", "municipalities": ["GM9901"]}
        ).status_code
        == 302
    )
    assert Organisation.objects.get().municipalities.get().code == "GM9901"


def test_an_editor_of_a_municipality_does_not(signed_in: Callable[..., Client], waterhoven: object) -> None:
    client = signed_in("editor", "GM9901")
    theme = Theme.objects.get(slug="inburgering")
    client.post(f"/beheer/theme/edit/{theme.pk}/", {"name": "Anders"})
    assert Theme.objects.get(slug="inburgering").name == "Inburgering"
