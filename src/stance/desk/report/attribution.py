"""Who says a claim for whom, in words: "Ana Lima, for Brazil, reported by Spain"."""

from __future__ import annotations

from collections.abc import Mapping

from stance.output.records import SavedClaim, SavedLink
from stance.output.visible import visible
from stance.types import OPEN, PERSON

_LONGEST = 80
"""Code points that are shown of the words that name a source, and of a person's name."""

AUTHOR = "the author of the text"


def said_by(claim: SavedClaim, names: Mapping[str, str]) -> str:
    """One line, safe to show; `names` are those of the record's actors by id.

    The holder's own words come first ("Ana Lima, for Brazil"), then who reports them. A source
    that is no name is quoted, so that a wrong resolution can be seen: "Brazil (“it”)".
    """
    if not claim.attribution:
        return AUTHOR
    own = [link for link in claim.attribution if _is_own(link, claim.holder)]
    others = [link for link in claim.attribution if not _is_own(link, claim.holder)]
    parts = []
    if own:
        speaking = next((link for link in own if link.person), own[0])
        parts.append(_speaker(speaking, claim.holder, names))
    for link in others:
        reporter = f"reported by {_speaker(link, link.actor, names)}"
        if reporter not in parts:
            parts.append(reporter)
    return ", ".join(parts)


def name_of(actor: str, names: Mapping[str, str]) -> str:
    """The name of an actor, safe to show; its id where the record has none."""
    if actor == OPEN:
        return "unclear who"
    return short(names.get(actor) or actor.removeprefix(PERSON))


def short(text: str, limit: int = _LONGEST) -> str:
    """`text` on one line, safe to show, cut to about `limit` code points."""
    text = visible(text[: 4 * limit])
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _is_own(link: SavedLink, holder: str) -> bool:
    return holder in (link.actor, f"{PERSON}{link.person}")


def _speaker(link: SavedLink, actor: str | None, names: Mapping[str, str]) -> str:
    body = name_of(actor, names) if actor else None
    if link.person:
        person = short(link.person)
        return person if body in (None, person) else f"{person}, for {body}"
    words = short(link.source.text) if link.source else ""
    if body is None:
        return f"“{words}”" if words else "somebody unnamed"
    return body if words in ("", body) else f"{body} (“{words}”)"
