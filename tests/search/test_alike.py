"""Both engines answer alike: the same hits in the same order, and the same counts, whatever is asked by whom."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.accounts.viewer import VISITOR, Viewer
from exchange.contributions.choices import Visibility
from exchange.contributions.models import Contribution
from exchange.contributions.visibility import sight
from search import known_words, vocabulary
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.question import Question
from search.index.rebuild import rebuild
from search.meaning import making
from search.models import Encoding, Entry
from search.request import parse
from search.results import Results
from tests.conftest import Committed, SectionOf
from tests.factories import InitiativeFactory

READERS = {"visitor": VISITOR, "member": Viewer(municipalities=frozenset({"GM9910"}))}
SUBJECTS = [
    "Taalles met kinderopvang voor statushouders", "Buurtauto voor ouderen zonder rijbewijs", "Energiefixers aan huis",
    "Opvang van vluchtelingen in een klooster", "Hulp bij schulden en huurachterstand", "Maatjes voor nieuwkomers",
    "Netwerkaanpak seksueel geweld", "Moestuin bij de huisarts", "Wekelijkse inloop in het azc", "E-health en zzp'ers",
]  # fmt: skip
WORDS = [
    "taalles", "taal", "statushouders", "vluchtelingenopvang", "auto", "ouderen", "azc", "hulp", "seksueel geweld",
    "nieuwkomers", "dorpstaxi", "huisarts", "den haag", "ehealth", "zzp", "begeleider", "mensen", "schuldhulp",
    "-klooster", '"in het azc"', "koeien", "goede", "waterhoven", "vervoer", "chauffeur", "groente",
    "dorpstaxichauffeur", "taalniveau", "energiebus", "schuldenaanpak",
]  # fmt: skip


@pytest.fixture
def library(section_of: SectionOf, committed: Committed, elasticsearch: Elasticsearch) -> list[Contribution]:
    """Thirty contributions over three municipalities and all visibilities, in both engines."""
    places, seen = ("GM9901", "GM9910", "GM0518"), ("public", "public", "members", "own")
    with committed():
        made = [
            InitiativeFactory(
                parent=section_of(places[number % 3]),
                title=SUBJECTS[number % 10],
                summary=f"{SUBJECTS[(number * 3) % 10]}. {SUBJECTS[(number * 7) % 10]}",
                visibility=seen[number % 4],
            )
            for number in range(30)
        ]
    known_words.count()
    rebuild(elasticsearch)
    return made


def ask(engine: ElasticEngine | EmbeddedEngine, text: str, viewer: Viewer, chosen: str) -> Results:
    words = vocabulary.load()
    parameters = QueryDict(f"page_size=100{chosen}", mutable=True)
    parameters["q"] = text
    asked, _problems = parse(parameters, words)
    return engine.answer(Question(asked, viewer, words))


@pytest.mark.parametrize("witness", ["words alone", "and meaning"])
@pytest.mark.parametrize("reader", READERS)
def test_both_engines_find_order_and_count_alike(
    library: list[Contribution], reader: str, witness: str, request: pytest.FixtureRequest
) -> None:
    if witness == "and meaning":
        request.getfixturevalue("encoder")
        making.make()
        Encoding.objects.update(floor=0.3, surely=0.3)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
        chosen=st.sampled_from(["", "&size=xl", "&municipality=GM9910"]),
    )
    def check(words: list[str], chosen: str) -> None:
        text, viewer = " ".join(words), READERS[reader]
        one, other = (ask(engine, text, viewer, chosen) for engine in (EmbeddedEngine(), ElasticEngine()))
        scores = {hit.id: hit.score for hit in one.hits}
        assert scores.keys() == {hit.id for hit in other.hits}
        # Equals may stand in any order: numbers of half the length round them.
        assert [scores[hit.id] for hit in other.hits] == pytest.approx([hit.score for hit in one.hits], rel=1e-3)
        assert [hit.score for hit in other.hits] == pytest.approx([hit.score for hit in one.hits], rel=1e-3)
        assert (one.count, one.full, one.facets) == (other.count, other.full, other.facets)

    check()


# Everything by which an entry moves up or is left out, apart from its words.
TODAY = timezone.localdate()
FACTS = st.fixed_dictionaries(
    {
        "completeness": st.floats(0, 1),
        "due_on": st.none() | st.integers(-150, 150).map(lambda days: TODAY + datetime.timedelta(days=days)),
        "visibility": st.sampled_from(Visibility.values),
        "municipality_id": st.sampled_from(["GM9901", "GM9910", "GM0518", "GM0363"]),
        "values": st.sampled_from(["kind=initiative", "kind=lesson runs_at_size=s", "kind=initiative runs_at_size=xl"]),
        "member_values": st.sampled_from(["", "runs_at_size=m"]),
    }
)  # fmt: skip
VIEWERS = [
    VISITOR, Viewer(municipalities=frozenset({"GM9910"})), Viewer(municipalities=frozenset({"GM9901", "GM0363"})),
    Viewer(is_platform_editor=True), Viewer(is_administrator=True),
]  # fmt: skip
ASKED = ["taalles nieuwkomers", "taalniveau hulp", "hulp", "opvang klooster koeien inloop", "ouderen waterhoven", ""]


def test_over_any_exchange_both_engines_see_rank_and_count_alike(
    library: list[Contribution], elasticsearch: Elasticsearch
) -> None:
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(facts=st.lists(FACTS, min_size=30, max_size=30))
    def check(facts: list[dict[str, Any]]) -> None:
        entries = [Entry(page_id=page.pk, **one) for page, one in zip(library, facts, strict=True)]
        Entry.objects.bulk_update(entries, [name for name in facts[0] if name != "municipality_id"] + ["municipality"])
        rebuild(elasticsearch)
        for viewer in VIEWERS:
            may_see = {one.page_id for one in entries if sight(viewer).sees(one.visibility, one.municipality_id)}
            for text in ASKED:
                one, other = (ask(engine, text, viewer, "") for engine in (EmbeddedEngine(), ElasticEngine()))
                assert [hit.score for hit in other.hits] == pytest.approx([hit.score for hit in one.hits], rel=1e-3)
                scores = {hit.id: hit.score for hit in one.hits}
                assert [scores[hit.id] for hit in other.hits] == pytest.approx(list(scores.values()), rel=1e-3)
                assert (one.count, one.full, one.facets) == (other.count, other.full, other.facets)
                assert scores.keys() <= may_see
                assert text or scores.keys() == may_see

    check()
