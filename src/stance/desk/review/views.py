"""What the page is told, as JSON values. Names and titles have nothing hidden in them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import msgspec

from stance.desk.review.agreement import agreement
from stance.desk.review.decisions import Row
from stance.desk.review.state import History, State, said
from stance.desk.review.work import Work
from stance.measure.gold import GoldText
from stance.output.visible import visible
from stance.types import PERSON

View = dict[str, Any]


def session(work: Work, token: str) -> View:
    """All that does not depend on one document, and the list of documents."""
    names: dict[str, list[str]] = {}
    for name in work.table.names:
        names.setdefault(name.actor.id, []).append(name.text)
    return {
        "token": token,
        "annotator": work.annotator,
        "labelsFile": work.path.name,
        "issue": work.issue.title,
        "labels": [{"id": one.id, "short": one.short} for one in work.issue.labels],
        "actors": [
            {"id": one.id, "name": one.name, "kind": one.kind, "also": names.get(one.id, [])}
            for one in sorted(work.table.actors.values(), key=lambda one: one.name.casefold())
        ],
        "documents": [row(work, sha256) for sha256 in work.documents.listed],
        "remarks": [visible(remark) for remark in work.remarks],
    }


def row(work: Work, sha256: str) -> View:
    """A document in the list."""
    listed = work.documents.listed[sha256]
    history = work.histories.get((work.annotator, sha256))
    return {
        "key": sha256,
        "id": listed.id,
        "title": listed.title,
        "date": listed.date,
        "claims": listed.claims,
        "uncertain": history.state.uncertain if history else listed.uncertain,
        "copies": listed.copies,
        "left": history.state.left if history else listed.claims,
        "finished": history is not None and history.state.finished,
        "begun": history is not None,
    }


def document(work: Work, sha256: str) -> View:
    """A document with its text; offsets count code points from 0, half-open."""
    found, text = work.documents.read(sha256)
    history = work.history(sha256)
    known = {one.id: one for one in found.actors}
    return {
        **changes(work, sha256, history, None),
        "text": text,
        "sentences": [(one.start, one.end) for one in found.sentences],
        "unresolved": len(found.unresolved),
        "outlet": visible(found.document.outlet or ""),
        "speaker": visible(_name(work, found.document.speaker or "")),
        "warnings": [visible(warning) for warning in found.warnings],
        "mentions": {id: one.mentions for id, one in known.items()},
        "probabilities": {
            id: {
                label: (one.scores.get(label, 0.0), one.opposes.get(label, 0.0))
                for label in work.labels
            }
            for id, one in known.items()
        },
    }


def changes(work: Work, sha256: str, history: History, before: State | None) -> View:
    """What is other than `before`; all where that is None. `order` has the keys of all claims."""
    state = history.state
    old = before.claims if before else {}
    return {
        "row": row(work, sha256),
        "revision": history.revision,
        "finished": state.finished,
        "note": state.note,
        "canUndo": bool(history.done),
        "canRedo": bool(history.undone),
        "order": list(state.claims),
        "claims": {
            key: {
                **msgspec.to_builtins(claim),
                "content": [(span.start, span.end) for span in claim.content],
                "name": visible(_name(work, claim.holder)),
                "speakerName": visible(_name(work, claim.speaker or "")),
                "person": visible(claim.person or ""),
            }
            for key, claim in state.claims.items()
            if claim != old.get(key)
        },
        "actors": _actors(work, state),
    }


def _actors(work: Work, state: State) -> list[View]:
    held = state.holders()
    ids = dict.fromkeys([*state.listed(), *state.actors])
    rows = []
    for id in ids:
        known = state.actors.get(id, Row())
        claims = held.get(id, [])
        rows.append(
            {
                "id": id,
                "name": visible(_name(work, id)),
                "kind": "person" if id.startswith(PERSON) else _kind(work, id),
                "listed": known.listed or bool(claims),
                "looked": known.looked,
                "claims": len(claims),
                "set": known.values,
                "said": {label: said(claims, label) for label in work.labels},
                "torn": [
                    label
                    for label in work.labels
                    if {"supports", "opposes"} <= {claim.values[label] for claim in claims}
                ],
            }
        )
    return rows


def _kind(work: Work, id: str) -> str:
    actor = work.table.actors.get(id)
    return actor.kind if actor else "unknown"


def _name(work: Work, id: str) -> str:
    actor = work.table.actors.get(id)
    return actor.name if actor else id.removeprefix(PERSON)


def agreements(work: Work) -> list[View]:
    """The annotator beside each other one, over documents that both have finished.

    What another has decided about a document is not shown before the annotator has finished it.
    """
    lines: dict[str, dict[str, GoldText]] = {}
    for annotator, sha256, line in work.finished():
        lines.setdefault(annotator, {})[sha256] = line
    mine = lines.get(work.annotator, {})
    found = []
    for other in sorted(lines.keys() - {work.annotator}):
        one = agreement((work.annotator, mine), (other, lines[other]), work.labels)
        view = asdict(one)
        for difference in view["differences"]:
            difference["name"] = visible(_name(work, difference["actor"]))
        view["finished"] = len(lines[other])
        found.append(view)
    return found
