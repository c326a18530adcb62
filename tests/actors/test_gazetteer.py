"""Names in a sentence: the longest first, case respected, guards honoured, years obeyed."""

from __future__ import annotations

import pytest

from stance.actors.finder import Guards
from stance.actors.gazetteer import Gazetteer
from stance.actors.table import ActorTable, Name
from stance.tokens import span_of, tokenise
from stance.types import Actor, Sentence, Span


def found(gazetteer: Gazetteer, text: str, year: int | None = None) -> list[tuple[str, str]]:
    row = tokenise(text, Sentence(0, Span(0, len(text))))
    return [
        (span_of(row[hit.first : hit.last + 1]).of(text), hit.name.actor.id)
        for hit in gazetteer.find(row, year)
    ]


@pytest.fixture(scope="module")
def shipped_names(table: ActorTable, guards: Guards) -> Gazetteer:
    return Gazetteer(table, guards.phrases)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the longest name wins
        ("Guinea-Bissau and Guinea", [("Guinea-Bissau", "GNB"), ("Guinea", "GIN")]),
        ("Equatorial Guinea voted", [("Equatorial Guinea", "GNQ")]),
        ("the Democratic Republic of the Congo", [("Democratic Republic of the Congo", "COD")]),
        ("the UN Security Council met", [("UN Security Council", "UNSC")]),
        ("the African Union Commission met", [("African Union Commission", "AUC")]),
        ("South Sudan and Sudan", [("South Sudan", "SSD"), ("Sudan", "SDN")]),
        ("Niger's and Nigeria's votes", [("Niger", "NER"), ("Nigeria", "NGA")]),
        ("Papua New Guinea agreed", [("Papua New Guinea", "PNG")]),
        (
            "North Korean and South Korean envoys",
            [("North Korean", "PRK"), ("South Korean", "KOR")],
        ),
        # case
        ("The US told us so", [("US", "USA")]),
        ("tell us, turkey and chad farmers", []),
        ("who will polish the china", []),
        # headlines
        ("MOROCCO AND SPAIN AGREE", [("MOROCCO", "MAR"), ("SPAIN", "ESP")]),
        ("US AND UN AGREE", [("US", "USA"), ("UN", "UN")]),
        ("EQUATORIAL GUINEA OPENS CONSULATE", [("EQUATORIAL GUINEA", "GNQ")]),
        ("SOUTH KOREA AGREES", [("SOUTH KOREA", "KOR")]),
        # other spellings
        ("Côte d’Ivoire and Côte d'Ivoire", [("Côte d’Ivoire", "CIV"), ("Côte d'Ivoire", "CIV")]),
        ("the U.S. and the U.N.", [("U.S.", "USA"), ("U.N.", "UN")]),
        ("Türkiye, once Turkey", [("Türkiye", "TUR"), ("Turkey", "TUR")]),
        # guards: a state's name that does not speak of the state
        ("states of Latin America", []),
        ("islands of the Indian Ocean", []),
        ("the question of Western Sahara", []),
        ("the Moroccan Sahara", []),
        ("the Moroccan plan", [("Moroccan", "MAR")]),
        ("Northern Ireland is not Ireland", [("Ireland", "IRL")]),
        ("the Paris Agreement of Paris", [("Paris", "FRA")]),
        ("LATIN AMERICA AND AMERICA", [("AMERICA", "USA")]),
    ],
)
def test_names_in_a_sentence(
    shipped_names: Gazetteer, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(shipped_names, text) == expected


@pytest.mark.xfail(strict=True, reason="capitals are eased from five letters on")
@pytest.mark.parametrize(
    ("text", "actor"), [("CHAD AND TOGO AGREE", "TCD"), ("PERU AGREES", "PER")]
)
def test_a_short_name_in_a_headline_of_capitals(
    shipped_names: Gazetteer, text: str, actor: str
) -> None:
    assert actor in [id for _, id in found(shipped_names, text)]


@pytest.mark.parametrize(
    ("text", "year", "actor"),
    [
        ("Belgrade objected", 1965, "YUG"),
        ("Belgrade objected", 2015, "SRB"),
        ("Belgrade objected", None, "SRB"),
        ("Prague objected", 1975, "CSK"),
        ("Prague objected", None, "CZE"),
        ("Moscow objected", 1980, "SUN"),
        ("Moscow objected", 2020, "RUS"),
        ("Czechoslovakia objected", None, "CSK"),
        ("Yugoslavia objected", 2020, "YUG"),
    ],
)
def test_a_shared_name_belongs_to_its_owner_of_the_year(
    shipped_names: Gazetteer, text: str, year: int | None, actor: str
) -> None:
    assert [id for _, id in found(shipped_names, text, year)] == [actor]


def test_years_are_inclusive_and_the_living_owner_is_the_default() -> None:
    old = Actor("OLD", "Old Norland", "state", first_year=1900, last_year=1990)
    new = Actor("NEW", "New Norland", "state", first_year=1991)
    names = (Name("Norport", old, "capital"), Name("Norport", new, "capital"))
    gazetteer = Gazetteer(ActorTable({"OLD": old, "NEW": new}, names, {}))
    owners = {year: found(gazetteer, "Norport", year)[0][1] for year in (1900, 1990, 1991, 2020)}
    assert owners == {1900: "OLD", 1990: "OLD", 1991: "NEW", 2020: "NEW"}
    assert found(gazetteer, "Norport")[0][1] == "NEW"
    assert found(gazetteer, "Norport", 1850)[0][1] == "NEW"


def test_an_empty_sentence_names_nobody(shipped_names: Gazetteer) -> None:
    assert shipped_names.find([], None) == []
