"""GraphML of actors and concepts, read back by networkx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx
import pytest

from stance.desk.exports import write_export

from .export_factory import SOVEREIGNTY, UN, record, said, saved

TEXT = "one two three four"


def read(folder: Path, format: str, *records: dict[str, Any], weight: str = "count") -> Any:
    out = folder / f"net.{format}.graphml"
    count = write_export(saved(folder, *records), out, format, weight=weight)
    graph = networkx.read_graphml(out)
    assert graph.number_of_edges() == count
    assert not graph.is_directed() and not graph.is_multigraph()
    return graph


def corpus() -> list[dict[str, Any]]:
    """KAZ backs both and rejects one; MAR backs, DZA rejects sovereignty; UN is neutral."""
    kaz = said("KAZ", "one", takes={SOVEREIGNTY: 0.9})
    return [
        record(
            TEXT,
            kaz,
            said("KAZ", "two", takes={SOVEREIGNTY: 0.7, UN: 0.6}),
            said("MAR", "three", takes={SOVEREIGNTY: 0.8}),
            said("DZA", "four", rejects={SOVEREIGNTY: 0.5}),
            actors=["UN"],
            id="1.txt",
        ),
        record(
            TEXT,
            said("KAZ", "one", takes={SOVEREIGNTY: 0.5}),
            said("KAZ", "two", rejects={UN: 0.8}),
            id="2.txt",
        ),
    ]


def test_two_modes(tmp_path: Path) -> None:
    graph = read(tmp_path, "graphml", *corpus())
    assert dict(graph.nodes["actor:KAZ"]) == {
        "label": "Kazakhstan",
        "name": "Kazakhstan",
        "kind": "state",
        "bipartite": 0,
    }
    assert graph.nodes[f"concept:{UN}"]["kind"] == "concept"
    assert graph.nodes[f"concept:{UN}"]["bipartite"] == 1
    assert networkx.is_bipartite(graph)
    assert "actor:UN" not in graph
    assert dict(graph.edges["actor:KAZ", f"concept:{SOVEREIGNTY}"]) == {
        "weight": 2.0,
        "support": 2,
        "opposition": 0,
        "net": 2,
        "agreement": "support",
        "support_probability": pytest.approx(0.7),
        "opposition_probability": 0.0,
        "reviewed": 0,
    }
    mixed = graph.edges["actor:KAZ", f"concept:{UN}"]
    assert (mixed["weight"], mixed["net"], mixed["agreement"]) == (2.0, 0, "both")
    assert graph.edges["actor:DZA", f"concept:{SOVEREIGNTY}"]["agreement"] == "opposition"


def test_two_modes_by_probability(tmp_path: Path) -> None:
    graph = read(tmp_path, "graphml", *corpus(), weight="probability")
    assert graph.edges["actor:KAZ", f"concept:{SOVEREIGNTY}"]["weight"] == pytest.approx(0.7)
    assert graph.edges["actor:KAZ", f"concept:{UN}"]["weight"] == pytest.approx(0.7)
    assert graph.edges["actor:KAZ", f"concept:{UN}"]["support_probability"] == pytest.approx(0.6)


def test_congruence_and_conflict(tmp_path: Path) -> None:
    graph = read(tmp_path, "congruence", *corpus())
    assert set(graph) == {"actor:KAZ", "actor:MAR", "actor:DZA"}
    assert dict(graph.nodes["actor:MAR"]) == {
        "label": "Morocco",
        "name": "Morocco",
        "kind": "state",
        "reviewed": 0,
    }
    agree = {"weight": 1.0, "congruence": 1.0, "conflict": 0.0, "net": 1.0}
    differ = {"weight": 0.0, "congruence": 0.0, "conflict": 1.0, "net": -1.0}
    assert dict(graph.edges["actor:KAZ", "actor:MAR"]) == agree
    assert dict(graph.edges["actor:KAZ", "actor:DZA"]) == differ
    assert dict(graph.edges["actor:MAR", "actor:DZA"]) == differ


def test_congruence_of_those_who_take_both_sides(tmp_path: Path) -> None:
    both = [
        said(actor, "one", takes={UN: 0.5}, rejects={SOVEREIGNTY: 0.5}) for actor in ("KAZ", "MAR")
    ] + [said(actor, "two", rejects={UN: 0.8}) for actor in ("KAZ", "MAR")]
    records = [record(TEXT, *both), record(TEXT, said("DZA", "one", takes={UN: 1.0}), id="b.txt")]
    edge = read(tmp_path, "congruence", *records).edges["actor:KAZ", "actor:MAR"]
    assert (edge["congruence"], edge["conflict"]) == (3.0, 2.0)
    edge = read(tmp_path, "congruence", *records, weight="probability").edges[
        "actor:KAZ", "actor:MAR"
    ]
    assert edge["congruence"] == pytest.approx(0.25 + 0.25 + 0.64)
    assert edge["conflict"] == pytest.approx(2 * 0.4)
    edge = read(tmp_path, "congruence", *records).edges["actor:KAZ", "actor:DZA"]
    assert (edge["congruence"], edge["conflict"]) == (1.0, 1.0)


def test_who_shares_no_concept_has_no_edge(tmp_path: Path) -> None:
    apart = [said("KAZ", "one", takes={UN: 0.9}), said("MAR", "two", takes={SOVEREIGNTY: 0.9})]
    graph = read(tmp_path, "congruence", record(TEXT, *apart))
    assert set(graph) == {"actor:KAZ", "actor:MAR"} and not graph.edges


@pytest.mark.parametrize("format", ["graphml", "congruence"])
def test_names_that_xml_cannot_hold(tmp_path: Path, format: str) -> None:
    names = {'person:\x0b<a&"b>': ("\x00\x1b<script>\ufffe&\n'\"", "person")}
    claim = said('person:\x0b<a&"b>', "one", takes={UN: 0.9})
    graph = read(tmp_path, format, record(TEXT, claim, names=names))
    node = graph.nodes['actor:person:\ufffd<a&"b>']
    assert node["name"] == "\ufffd\ufffd<script>\ufffd& '\""


@pytest.mark.parametrize("format", ["graphml", "congruence"])
def test_no_results_are_an_empty_network(tmp_path: Path, format: str) -> None:
    assert len(read(tmp_path, format)) == 0
