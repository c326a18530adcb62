"""Parties: names that stand alone, names that count near their country, and what is no party."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stance.actors.table import ActorTable, read_actors
from stance.errors import ConfigError
from stance.shipped import shipped

Acting = list[tuple[str, str | None]]


def acting(reading: Any) -> Acting:
    """Text and actor of the mentions that can do something."""
    found = [one for one in reading.mentions if one.acts]
    return [(one.span.of(reading.document.text), one.actor) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # unmistakable as they stand
        ("Podemos agreed.", [("Podemos", "ESP_PODEMOS")]),
        ("The Scottish National Party agreed.", [("Scottish National Party", "GBR_SNP")]),
        ("The African National Congress agreed.", [("African National Congress", "ANC")]),
        # beside their country
        ("Spain's Socialists agreed.", [("Socialists", "ESP_PSOE")]),
        ("The French Socialists agreed.", [("Socialists", "FRA_PS")]),
        ("Portugal’s ruling Socialists agreed.", [("Socialists", "PRT_PS")]),
        ("The Norwegian Labour Party agreed.", [("Norwegian Labour Party", "NOR_AP")]),
        ("Swedish Social Democrats agreed.", [("Swedish Social Democrats", "SWE_S")]),
        ("Ghana's opposition NPP agreed.", [("NPP", "GHA_NPP")]),
        ("The Greens in Germany agreed.", [("Greens", "DEU_GREENS"), ("Germany", "DEU")]),
        # elsewhere in the sentence, by its country or by a word of its politics
        ("In Oslo, Labour agreed.", [("Labour", "NOR_AP")]),
        ("In the Bundestag, the Greens agreed.", [("Greens", "DEU_GREENS")]),
        ("The Strasbourg debate began and the EPP agreed.", [("EPP", "EP_EPP")]),
        # a country beside it counts before another that is named
        ("As France looked on, Britain's Conservatives agreed.",
         [("France", "FRA"), ("Conservatives", "GBR_CON")]),
        # earlier in the text: the party itself, a debate of its country
        ("Spain's Socialists met. It rained. The Socialists agreed.",
         [("Socialists", "ESP_PSOE"), ("Socialists", "ESP_PSOE")]),
        ("The SNP and Plaid Cymru met Britain's Labour. The Conservatives agreed.",
         [("SNP", "GBR_SNP"), ("Plaid Cymru", "GBR_PLAID"), ("Labour", "GBR_LAB"),
          ("Conservatives", "GBR_CON")]),
        # who speaks for them
        ("A Vox lawmaker agreed.", [("Vox lawmaker", "ESP_VOX")]),
        ("PSOE senator Juan Ruiz agreed.", [("PSOE senator Juan Ruiz", "ESP_PSOE")]),
        ("Conservative MPs in London agreed.", [("Conservative MPs", "GBR_CON")]),
        ("British Conservative MP Ann Hill agreed.", [("Conservative MP Ann Hill", "GBR_CON")]),
        ("A Republican senator left the US Senate.",
         [("Republican senator", "USA_REP"), ("US Senate", "USA")]),
        ("The Norwegian Socialist Left Party's foreign policy spokesman agreed.",
         [("Socialist Left Party's foreign policy spokesman", "NOR_SV")]),
        ("Ann Hill, a senator for the PSOE, agreed.",
         [("Ann Hill, a senator for the PSOE", "ESP_PSOE")]),
        ("The UK met. For the Conservatives, Ann Hill agreed.",
         [("UK", "GBR"), ("Conservatives", "GBR_CON"), ("Ann Hill", "GBR_CON")]),
        # who governs speaks for the state
        ("Spain's Socialist government agreed.", [("Socialist government", "ESP")]),
        ("Britain's Labour foreign secretary agreed.", [("Labour foreign secretary", "GBR")]),
        ("The ANC government in South Africa agreed.",
         [("ANC government", "ZAF"), ("South Africa", "ZAF")]),
        # no country, or another one: no party
        ("The Socialists agreed.", []),
        ("The Greens met Labour.", []),
        ("PP was printed on it.", []),
        ("A conservative estimate was made in London.", []),
        ("The Ministry of Labour of Norway agreed.", [("Norway", "NOR")]),
        ("Norway's Labour Minister agreed.", [("Norway's Labour Minister", "NOR")]),
        ("Iran and the US met the Republican Guard.", [("Iran", "IRN"), ("US", "USA")]),
        ("Spanish socialist ideas agreed.", []),
    ],
)  # fmt: skip
def test_which_party_is_meant(read: Callable[..., Any], text: str, expected: Acting) -> None:
    assert acting(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Spain's ruling party agreed.", "ruling party"),
        ("The ruling party in Spain agreed.", "ruling party"),
        ("Spain's two main parties agreed.", "two main parties"),
        ("A Spanish left-wing party agreed.", "left-wing party"),
        ("Spanish political parties agreed.", "political parties"),
        ("Spain's governing coalition agreed.", "governing coalition"),
        ("Spain's opposition agreed.", "opposition"),
        ("The leader of the Spanish opposition agreed.", "opposition"),
        ("An opposition lawmaker in Spain agreed.", "opposition lawmaker"),
        ("Spain's shadow foreign minister agreed.", "shadow foreign minister"),
        ("Spain's Pensioners' Party agreed.", "Pensioners' Party"),
        ("Spain's opposition Rally for Progress agreed.", "opposition Rally for Progress"),
        ("Peru's Communists agreed.", "Communists"),
        ("The party of Spain's prime minister agreed.", "party"),
    ],
)
def test_a_camp_inside_a_state_is_nobody_s(read: Callable[..., Any], text: str, group: str) -> None:
    assert (group, None) in acting(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Spain's opposition to the plan is known.",
        "Opposition from Spain is known.",
        "The Spanish party agreed with the Peruvian party.",
        "The two parties and both main parties agreed.",
        "Spain is party to the treaty.",
        "Spain stood in the shadow of the king.",
        "The left bank of the river belongs to Spain.",
    ],
)
def test_what_is_no_camp(read: Callable[..., Any], text: str) -> None:
    assert not [one for one in read(text).mentions if one.actor is None]


def test_an_opposition_leader_speaks_in_person(read: Callable[..., Any]) -> None:
    state, leader = read("Spain's opposition leader Ana Ruiz agreed.").mentions
    assert (state.actor, state.acts) == ("ESP", False)
    assert (leader.actor, leader.person) == (None, "Ana Ruiz")


def test_the_shipped_parties_have_a_home_and_their_own_names(table: ActorTable) -> None:
    path = shipped("configs", "actors", "parties.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["actor"]
    assert len(rows) > 120
    assert all(row["kind"] == "party" and row["home"] in table.actors for row in rows)
    assert all(row["id"] == "ANC" or row["id"].startswith(row["home"] + "_") for row in rows)
    owners: dict[str, set[str]] = {}
    for name in table.names:
        if not name.shared:
            owners.setdefault(name.text, set()).add(name.actor.id)
    parties = {row["id"] for row in rows}
    assert not {text: ids for text, ids in owners.items() if len(ids) > 1 and ids & parties}


def test_an_unknown_home_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "parties.toml"
    row = '[[actor]]\nid = "X"\nname = "Xs"\nkind = "party"\n'
    path.write_text(row + 'home = "NOWHERE"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="'X' names the home 'NOWHERE'"):
        read_actors([path])
    path.write_text(row + '[[home]]\nid = "NOWHERE"\nwords = ["Diet"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="home 'NOWHERE'"):
        read_actors([path])
