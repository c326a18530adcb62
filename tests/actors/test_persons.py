"""Persons whom a text does not introduce, those it does, and what only looks like a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stance.actors.finder import RuleMentions
from stance.actors.persons import WellKnown, key, read_persons
from stance.actors.table import ActorTable
from stance.build import segmenter
from stance.errors import ConfigError
from stance.shipped import shipped
from stance.types import Document, Meta


@pytest.fixture(scope="module")
def persons(table: ActorTable) -> WellKnown:
    return read_persons(shipped("configs", "actors", "persons.toml"), table.actors)


def named(reading: Any) -> list[tuple[str, str | None]]:
    text = reading.document.text
    return [(one.span.of(text), one.actor) for one in reading.mentions if one.person]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Emmanuel Macron's endorsement came late.", [("Emmanuel Macron", "FRA")]),
        ("Antonio Guterres urged restraint.", [("Antonio Guterres", "UNSG")]),
        ("Ban Ki-moon urged restraint.", [("Ban Ki-moon", "UNSG")]),
        ("Staffan de Mistura left for Tindouf.", [("Staffan de Mistura", "UNENVOY")]),
        ("A letter to King Mohammed VI was read.", [("King Mohammed VI", "MAR")]),
        ("President Tebboune objected.", [("President Tebboune", "DZA")]),
        ("Under Donald Trump it rained.", [("Donald Trump", "USA")]),
        # what the text says goes first
        ("Kenyan minister Emmanuel Macron agreed. Macron left.",
         [("Kenyan minister Emmanuel Macron", "KEN"), ("Macron", "KEN")]),
        # named after a person
        ("The Mohammed VI Foundation opened a school.", []),
        ("The James Baker Plan was shelved.", []),
        ("Karl Horn-led talks failed.", []),
    ],
)  # fmt: skip
def test_well_known_persons(
    read: Callable[..., Any], text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert named(read(text)) == expected


@pytest.mark.parametrize(
    ("year", "actor"), [(None, None), (1990, None), (2000, "UNENVOY"), (2018, None)]
)
def test_an_office_has_its_years(persons: WellKnown, year: int | None, actor: str | None) -> None:
    assert persons.of(year).get("James Baker", ("", None))[1] == actor


def test_the_year_is_that_of_the_document(find_mentions: RuleMentions) -> None:
    def actors(date: str) -> list[str | None]:
        document = Document.from_text("Boris Johnson agreed.", meta=Meta(date=date))
        return [one.actor for one in find_mentions(document, segmenter()(document))]

    assert (actors("2020-05-01"), actors("2024-05-01")) == (["GBR"], [])


def test_a_name_has_one_owner_in_a_year(persons: WellKnown) -> None:
    for year in (None, *range(1970, 2031)):
        held = [row for row in persons.rows if year is None or _serves(row, year)]
        owners: dict[str, set[str]] = {}
        for row in held if year is not None else [r for r in held if r.last_year is None]:
            for form in (row.name, *row.aliases):
                owners.setdefault(key(form), set()).add(row.actor)
        assert not {form for form, actors in owners.items() if len(actors) > 1}


def _serves(row: Any, year: int) -> bool:
    return (row.first_year or 0) <= year <= (row.last_year or 9999)


def test_a_person_of_nobody_is_refused(tmp_path: Path, table: ActorTable) -> None:
    path = tmp_path / "persons.toml"
    path.write_text('[[person]]\nname = "Ana Ruiz"\nactor = "NOWHERE"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="'Ana Ruiz' speaks for 'NOWHERE'"):
        read_persons(path, table.actors)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("ALGIERS - Foreign Minister Ali Otba said so. Mr Otba left.", ["DZA", "DZA"]),
        ("MADRID (EFE) - Prime Minister Ana Sanz told parliament so.", ["ESP"]),
        ("Lisbon, 3 May 2024 - The Minister of Economy, Rui Melo, said so. Melo left.",
         ["PRT", "PRT"]),
        # the state of a guest is said
        ("ALGIERS - Peruvian Foreign Minister Ana Ruiz said so. Ruiz left.", ["PER", "PER"]),
        # no office of a state; not the one that opens the report; no capital
        ("ALGIERS - Chairman Ali Otba said so.", [None]),
        ("ALGIERS - It rained when Minister Ali Otba came.", [None]),
        ("GENEVA - Foreign Minister Ali Otba said so.", [None]),
    ],
)  # fmt: skip
def test_the_minister_of_the_capital_where_a_report_is_from(
    read: Callable[..., Any], text: str, actors: list[str | None]
) -> None:
    assert [actor for _, actor in named(read(text))] == actors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Minister of Foreign Affairs, African Cooperation and Moroccan Expatriates, "
         "Nasser Benfa, agreed.",
         ("Minister of Foreign Affairs, African Cooperation and Moroccan Expatriates, "
          "Nasser Benfa", "MAR")),
        ("Spain's Minister of Foreign Affairs, European Union and Cooperation, José Arribas, "
         "agreed.",
         ("Spain's Minister of Foreign Affairs, European Union and Cooperation, José Arribas",
          "ESP")),
        ("The Minister of State, Minister of Foreign Affairs, National Community Abroad and "
         "African Affairs, Mr. Ali Otba, agreed.",
         ("Minister of State, Minister of Foreign Affairs, National Community Abroad and "
          "African Affairs, Mr. Ali Otba", None)),
        # a list of states
        ("Chile's Minister of Foreign Affairs, Peru and Spain agreed.", None),
    ],
)  # fmt: skip
def test_a_portfolio_with_commas(
    read: Callable[..., Any], text: str, expected: tuple[str, str | None] | None
) -> None:
    found = named(read(text))
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The Hague also agreed.", ["NLD"]),
        ("Judges in The Hague agreed.", []),
        ("The Hague Tribunal agreed.", []),
        ("The Elysee and Downing Street agreed with Itamaraty.", ["FRA", "GBR", "BRA"]),
        ("The Quai d'Orsay, the Moncloa and Foggy Bottom agreed.", ["FRA", "ESP", "USA"]),
        ("The Paris Accords and the Rabat Declaration say so.", []),
        ("The leader of the Spanish Rowers' Party agreed.", ["ESP", None]),
    ],
)
def test_seats_of_government(read: Callable[..., Any], text: str, actors: list[str]) -> None:
    assert [one.actor for one in read(text).mentions] == actors


def test_a_delegation_of_a_party_is_not_its_state_s(read: Callable[..., Any]) -> None:
    (mention,) = read("A delegation of the Portuguese Communist Party agreed.").mentions
    assert (mention.actor, mention.acts) == ("PRT_PCP", True)
    state, party = read("A delegation of the Portuguese Rowers' Party agreed.").mentions
    assert (state.actor, state.acts, party.actor) == ("PRT", False, None)


def test_the_marks_of_a_name_stay(read: Callable[..., Any]) -> None:
    found = read("President Jean-Luc Petit-Robin spoke. Robin left. Jean-Luc Petit-Robin rested.")
    assert {one.person for one in found.mentions if one.person} == {"Jean-Luc Petit-Robin"}
