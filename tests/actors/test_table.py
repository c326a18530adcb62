"""Actor tables: mistakes are refused with file and id; the shipped ones hold their promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stance.actors.table import ActorTable, read_actors
from stance.errors import ConfigError
from stance.shipped import shipped

GOOD = """
[[actor]]
id = "NOR"
name = "Norland"
kind = "state"
aliases = ["Kingdom of Norland"]
demonyms = ["Norlander"]
capitals = ["Norport"]
nouns = ["kingdom"]
from = 1905

[[actor]]
id = "LEAGUE"
name = "Coast League"
kind = "organisation"

[[actor]]
id = "COURT"
name = "League Court"
kind = "organisation"
parent = "LEAGUE"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "actors.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_becomes_actors_and_names(tmp_path: Path) -> None:
    table = read_actors([write(tmp_path, GOOD)])
    assert list(table.actors) == ["NOR", "LEAGUE", "COURT"]
    norland = table.known("NOR")
    assert (norland.name, norland.kind) == ("Norland", "state")
    assert (norland.first_year, norland.last_year) == (1905, None)
    assert table.actors["COURT"].parent == "LEAGUE"
    assert table.nouns["NOR"] == {"kingdom"} and table.nouns["COURT"] == frozenset()
    means = {name.text: name.via for name in table.names if name.actor is norland}
    assert means == {
        "Norland": "name",
        "Kingdom of Norland": "name",
        "Norlander": "demonym",
        "Norport": "capital",
    }


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('id = "LEAGUE"', 'id = "NOR"', "actor 'NOR' stands twice"),
        ('parent = "LEAGUE"', 'parent = "LEAG"', "names the parent 'LEAG'"),
        ('kind = "state"', 'kind = "empire"', "empire"),
        ('name = "Norland"', "", "name"),
        ("from = 1905", 'from = "1905"', "int"),
        ("from = 1905", "since = 1905", "since"),
        ('nouns = ["kingdom"]', 'nouns = "kingdom"', "nouns"),
        ("[[actor]]", "[[actors]]", "actor"),
        ('name = "Norland"', "name = Norland", "not valid TOML"),
    ],
)
def test_a_malformed_table_is_refused_in_one_line(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        read_actors([write(tmp_path, GOOD.replace(old, new))])
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.xfail(strict=True, reason="the message names the actor but not the file")
def test_an_unknown_parent_is_reported_with_its_file(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace('parent = "LEAGUE"', 'parent = "LEAG"'))
    with pytest.raises(ConfigError, match=re.escape(str(path))):
        read_actors([path])


def test_ids_are_unique_across_files(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    with pytest.raises(ConfigError, match=r"'NOR' stands twice"):
        read_actors([path, path])


def test_a_parent_may_stand_in_another_file(tmp_path: Path) -> None:
    head, _, court = GOOD.rpartition("[[actor]]")
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text("[[actor]]" + court, encoding="utf-8")
    second.write_text(head, encoding="utf-8")
    assert read_actors([first, second]).actors["COURT"].parent == "LEAGUE"


def test_an_unknown_id_is_explained(table: ActorTable) -> None:
    with pytest.raises(ConfigError, match=r"no actor 'Kazakhstan'; states have .*KAZ"):
        table.known("Kazakhstan")


@pytest.mark.parametrize(
    ("id", "name", "kind"),
    [
        ("KAZ", "Kazakhstan", "state"),
        ("USA", "United States", "state"),
        ("MAR", "Morocco", "state"),
        ("YUG", "Yugoslavia", "state"),
        ("CSK", "Czechoslovakia", "state"),
        ("UN", "United Nations", "organisation"),
        ("EU", "European Union", "organisation"),
        ("AU", "African Union", "organisation"),
    ],
)
def test_the_shipped_tables_know(table: ActorTable, id: str, name: str, kind: str) -> None:
    actor = table.known(id)
    assert (actor.name, actor.kind) == (name, kind)


def test_shipped_states_have_codes_of_three_capitals() -> None:
    """Those that few recognise stand in the other file, under a constant (SADR)."""
    states = read_actors([shipped("configs", "actors", "states.toml")]).actors
    assert len(states) > 190
    assert {actor.kind for actor in states.values()} == {"state"}
    assert not [id for id in states if not re.fullmatch(r"[A-Z]{3}", id)]


def test_the_shipped_parents_lead_to_a_top(table: ActorTable) -> None:
    for actor in table.actors.values():
        seen = {actor.id}
        while actor.parent is not None:
            assert actor.parent not in seen, f"{actor.id} is its own ancestor"
            seen.add(actor.parent)
            actor = table.actors[actor.parent]


def test_the_territory_is_no_actor_and_nobody_s_name(table: ActorTable) -> None:
    """A public gazetteer lists it as a synonym of Morocco; here it must resolve to no one."""
    territory = {"western sahara", "sahara", "spanish sahara", "moroccan sahara", "the sahara"}
    assert not [name for name in table.names if name.text.lower() in territory]
    assert "ESH" not in table.actors
    moroccan = {name.text for name in table.names if name.actor.id == "MAR"}
    assert not [text for text in moroccan if re.search("(?i)sahara|sahrawi|polisario", text)]


def test_no_shipped_name_is_blank_or_padded(table: ActorTable) -> None:
    assert not [name.text for name in table.names if name.text != " ".join(name.text.split())]
    assert not [name.text for name in table.names if len(name.text) < 2]
