"""The labelling interface of Label Studio: what its marks are called, and the XML that sets it up.

A claim is a marked stretch of text with a label for each side it takes ("LABEL: supports",
"LABEL: opposes", "LABEL: open" where two careful readers may differ), or "neutral". Its holder, who
says it, the person who speaks and its status are fields of the mark. Further parts of the same
claim, the words that name who says it and the cue are marks of their own, tied to the claim by a
relation. The field "actors" of the whole text lists all actors that it mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import quoteattr

from stance.types import NEUTRAL

Mark = Literal["supports", "opposes", "open"]
Role = Literal["goes on", "source", "cue"]

ROLES: tuple[Role, ...] = ("goes on", "source", "cue")
"""Marks that belong to a claim: another part of it, who says it, what introduces it."""

STATUS = ("quoted", "pronoun", "negated", "hypothetical", "demanded", "past")
"""What may be ticked of a claim; none is an affirmed, present assertion in the writer's words."""

TEXT, LABELS, ACTORS, STATUS_FIELD = "text", "claim", "actors", "status"
FIELDS = {
    "holder": "who holds it: KAZ or Kazakhstan; two holders: two entries",
    "speaker": "who says it in this text; empty: the author",
    "person": "the person who says it",
}
"""The fields of a claim, and what the empty field shows."""

_COLOURS = {"supports": "#1b7837", "opposes": "#b2182b", "open": "#8c6d1f"}


def label_name(label: str, mark: Mark) -> str:
    """What the mark of one side of a label is called."""
    return f"{label}: {mark}"


def label_names(labels: Sequence[str]) -> dict[str, tuple[str, Mark]]:
    """What each mark of a claim stands for; "neutral" is not among them."""
    marks: tuple[Mark, ...] = ("supports", "opposes", "open")
    return {label_name(label, mark): (label, mark) for label in labels for mark in marks}


def config(labels: Sequence[str]) -> str:
    """The labelling configuration, to be pasted under Settings, Labeling Interface, Code."""
    lines = [
        "<View>",
        "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
        '  <Header value="$title"/>',
        "  <Relations>",
        *(f"    <Relation value={quoteattr(role)}/>" for role in ROLES),
        "  </Relations>",
        f'  <Labels name="{LABELS}" toName="{TEXT}" choice="multiple">',
        *(
            f'    <Label value={quoteattr(name)} background="{_COLOURS[mark]}"/>'
            for name, (_, mark) in label_names(labels).items()
        ),
        f'    <Label value="{NEUTRAL}" background="#666666"/>',
        *(f'    <Label value={quoteattr(role)} background="#4575b4"/>' for role in ROLES),
        "  </Labels>",
        f'  <Text name="{TEXT}" value="$text"/>',
        *(
            f'  <TextArea name="{name}" toName="{TEXT}" perRegion="true" editable="true" '
            f"placeholder={quoteattr(hint)}/>"
            for name, hint in FIELDS.items()
        ),
        f'  <Choices name="{STATUS_FIELD}" toName="{TEXT}" perRegion="true" choice="multiple">',
        *(f'    <Choice value="{status}"/>' for status in STATUS),
        "  </Choices>",
        '  <Header value="All actors that the text mentions, one entry each"/>',
        f'  <TextArea name="{ACTORS}" toName="{TEXT}" editable="true"/>',
        "</View>",
    ]
    return "\n".join(lines) + "\n"
