"""Networks of actors and concepts as GraphML, for Gephi, visone, igraph and networkx.

A concept is a label of the issue. An actor's relation to it is counted over documents: in how many
it supports, in how many it opposes the label. A pair of nodes has one edge, for parallel edges are
added up when Gephi opens a file: support and opposition are its attributes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from stance.desk.exports.files import fresh
from stance.desk.saved import Saved
from stance.errors import need
from stance.output.characters import xml

WEIGHTS = ("count", "probability")
SIDES = ("supports", "opposes")

Pole = tuple[str, str]
"""A concept and a side."""


@dataclass(slots=True)
class Positions:
    """What the documents say: probabilities by actor and pole, one for each document.

    `actors` are the names and kinds of those that take any side; `reviewed` counts, by actor and
    label, the sides that a person has reviewed.
    """

    actors: dict[str, tuple[str, str]] = field(default_factory=dict)
    taken: dict[str, dict[Pole, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    reviewed: Counter[tuple[str, str]] = field(default_factory=Counter)


def positions(saved: Saved) -> Positions:
    """The sides that actors take, document by document."""
    found = Positions()
    for one in saved:
        for actor in one.actors:
            for side, labels, scores in (
                ("supports", actor.labels, actor.scores),
                ("opposes", actor.opposed, actor.opposes),
            ):
                for label in labels:
                    if label in scores:
                        found.actors.setdefault(actor.id, (actor.name, actor.kind))
                        found.taken[actor.id][label, side].append(scores[label])
                        found.reviewed[actor.id, label] += one.reviewed
    return found


def write_bipartite(saved: Saved, out: Path, weight: str = "count") -> int:
    """Write the two-mode network of actors and concepts; returns the number of edges.

    Nodes: `label` and `name`, `kind` (state, organisation, party, person or concept), `bipartite`
    (0 actors, 1 concepts). Edges: `support` and `opposition` (documents), `net` (their difference),
    `agreement` (support, opposition or both), `support_probability` and `opposition_probability`
    (the mean over these documents, 0 where there are none), `reviewed` (how many of support and
    opposition a person has reviewed), and `weight`: by count the documents of both sides, by
    probability the mean over them. Actors without any side are left out.

    Raises:
        CallError: there are no results, or the file cannot be written.
        MissingExtraError: networkx is not installed.
    """
    networkx = need("networkx", "desk")
    found = positions(saved)
    graph = networkx.Graph()
    for actor, taken in sorted(found.taken.items()):
        graph.add_node(f"actor:{xml(actor)}", **_node(*found.actors[actor], bipartite=0))
        for label in sorted({label for label, _ in taken}):
            graph.add_node(f"concept:{xml(label)}", **_node(label, "concept", bipartite=1))
            values = [taken.get((label, side), []) for side in SIDES]
            support, opposition = map(len, values)
            graph.add_edge(
                f"actor:{xml(actor)}",
                f"concept:{xml(label)}",
                weight=float(support + opposition)
                if weight == "count"
                else _mean([*values[0], *values[1]]),
                support=support,
                opposition=opposition,
                net=support - opposition,
                agreement=_agreement(support, opposition),
                support_probability=_mean(values[0]),
                opposition_probability=_mean(values[1]),
                reviewed=found.reviewed[actor, label],
            )
    return _write(networkx, graph, out)


def write_congruence(saved: Saved, out: Path, weight: str = "count") -> int:
    """Write the one-mode network of actors; returns the number of edges.

    As in discourse network analysis (Leifeld 2017, "Discourse Network Analysis: Policy Debates as
    Dynamic Networks", The Oxford Handbook of Political Networks): `congruence` counts the concepts
    on which both actors take the same side (the projections of support and of opposition are
    added, so a concept that both back in one text and reject in another counts twice),
    `conflict` those on which they take opposite sides; an actor's repeats count once. `weight` is
    the congruence, `net` congruence less conflict. By probability each concept counts the product
    of the actors' mean probabilities. Pairs that neither agree nor disagree have no edge; a pair
    that only disagrees has one of weight 0, which Gephi may leave out. `reviewed` of a node counts
    the sides of the actor, document by document, that a person has reviewed.

    Raises:
        CallError: there are no results, or the file cannot be written.
        MissingExtraError: networkx is not installed.
    """
    networkx = need("networkx", "desk")
    found = positions(saved)
    held = {
        actor: {pole: 1.0 if weight == "count" else _mean(all_) for pole, all_ in taken.items()}
        for actor, taken in found.taken.items()
    }
    graph = networkx.Graph()
    for actor in sorted(held):
        reviewed = sum(
            found.reviewed[actor, label] for label in {label for label, _ in held[actor]}
        )
        graph.add_node(f"actor:{xml(actor)}", **_node(*found.actors[actor], reviewed=reviewed))
    for one, other in combinations(sorted(held), 2):
        congruence = _shared(held[one], held[other], lambda side: side)
        conflict = _shared(held[one], held[other], _against)
        if congruence or conflict:
            graph.add_edge(
                f"actor:{xml(one)}",
                f"actor:{xml(other)}",
                weight=congruence,
                congruence=congruence,
                conflict=conflict,
                net=congruence - conflict,
            )
    return _write(networkx, graph, out)


def _shared(
    one: Mapping[Pole, float], other: Mapping[Pole, float], side_of: Callable[[str], str]
) -> float:
    return sum(
        value * other.get((label, side_of(side)), 0.0) for (label, side), value in one.items()
    )


def _against(side: str) -> str:
    return SIDES[1 - SIDES.index(side)]


def _node(name: str, kind: str, **more: int) -> dict[str, Any]:
    return {"label": xml(name), "name": xml(name), "kind": xml(kind), **more}


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _agreement(support: int, opposition: int) -> str:
    if support and opposition:
        return "both"
    return "support" if support else "opposition"


def _write(networkx: Any, graph: Any, out: Path) -> int:
    with fresh(out) as part:
        # The writer of the standard library, so that the bytes do not depend on lxml.
        networkx.write_graphml_xml(graph, part, prettyprint=True)
    return int(graph.number_of_edges())
