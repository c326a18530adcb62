"""Who does what in a sentence: the actors that are subjects, agents, sources or owners of a cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stance.claims.by_words.grammar import before, is_adverb, is_noun_use, opens_clause, verb_after
from stance.claims.cues import Cues
from stance.tokens import QUOTES, Token, words
from stance.types import Mention

Role = Literal["subject", "nested", "relative", "inverted", "agent", "source", "owner"]
_NO_ADJECTIVES = words(
    """
    and of in to for with from by on at that which who as or
    """
)
_AGENT_KINDS = frozenset({"supports", "opposes", "demands"})
_SPEAKING = words(
    """
    said says added adds told stated explained declared noted wrote stressed
    """
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with its tokens `first` to `last`, inclusive."""

    first: int
    last: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Deed:
    """Actors (one, or several joined by "and") and the verb or noun that ties them to a content.

    `verb` is the index of the first verb, `cue` that of the word that says what is done;
    `opening` is the index of the token in front of the actors (-1 at the start of the sentence).
    """

    actors: tuple[Placed, ...]
    role: Role
    verb: int
    cue: int
    opening: int

    @property
    def first(self) -> int:
        """The first token of the actors."""
        return self.actors[0].first

    @property
    def last(self) -> int:
        """The last token of the actors."""
        return self.actors[-1].last


def place(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Placed]:
    """The mentions of one sentence with the tokens that they cover."""
    starts = {token.start: index for index, token in enumerate(tokens)}
    ends = {token.end: index for index, token in enumerate(tokens)}
    return [
        Placed(starts[mention.span.start], ends[mention.span.end], mention) for mention in mentions
    ]


def deeds(tokens: Sequence[Token], placed: Sequence[Placed], cues: Cues) -> list[Deed]:
    """All deeds of a sentence, by the position of their actors."""
    found: list[Deed] = []
    for group in _groups(tokens, placed):
        deed = _verbal(tokens, group, cues) if all(one.mention.acts for one in group) else None
        deed = deed or _owned(tokens, group, cues)
        if deed is not None:
            found.append(deed)
    return found


def _groups(tokens: Sequence[Token], placed: Sequence[Placed]) -> list[tuple[Placed, ...]]:
    """Actors joined into lists: "the US, Germany and Spain"; a comma alone joins nothing."""
    groups: list[list[Placed]] = []
    pending: list[Placed] = []
    for one in placed:
        if pending:
            gap = [token.lower for token in tokens[pending[-1].last + 1 : one.first]]
            gap = [word for word in gap if word not in {"the", "both", "well", "also"}]
            if gap in (["and"], [",", "and"], ["or"], ["as", "as"], ["along", "with"], ["&"]):
                pending.append(one)
                groups.append(pending)
                pending = []
                continue
            if gap == [","]:
                pending.append(one)
                continue
            groups += [[single] for single in pending]
        pending = [one]
    groups += [[single] for single in pending]
    return [tuple(group) for group in groups]


def _verbal(tokens: Sequence[Token], group: tuple[Placed, ...], cues: Cues) -> Deed | None:
    opening = before(tokens, group[0].first)
    previous = tokens[opening].lower if opening >= 0 else ""
    verb = verb_after(tokens, _apposition_end(tokens, group), cues)
    if opening >= 1 and previous == "to" and tokens[opening - 1].lower == "according":
        return Deed(group, "source", opening - 1, opening - 1, opening)
    if opening == 0 and previous in {"for", "to"} and _comma_after(tokens, group):
        return Deed(group, "source", 0, 0, opening)
    if opening >= 1 and previous == "by":
        participle = opening - 1
        while participle > 0 and (
            is_adverb(tokens[participle]) or tokens[participle].lower == "forward"
        ):
            participle -= 1
        if cues.verbs.get(tokens[participle].lower) in _AGENT_KINDS:
            return Deed(group, "agent", participle, participle, opening)
        return None
    if opening >= 0 and cues.verbs.get(previous) == "says":
        outer = before(tokens, opening)
        if opening >= 1 and _speaks_after(tokens, opening):
            return Deed(group, "inverted", opening, opening, opening)
        if verb is not None and outer != opening:
            return Deed(group, "nested", verb, _cue(tokens, verb, cues), opening)
        return None
    if verb is None:
        return None
    if not opens_clause(tokens, opening):
        if _relative(tokens, group) and previous not in {"as", "like"}:
            return Deed(group, "relative", verb, _cue(tokens, verb, cues), opening)
        return None
    role: Role = "nested" if previous in {"that", "whether", "if", "how"} else "subject"
    return Deed(group, role, verb, _cue(tokens, verb, cues), opening)


def _apposition_end(tokens: Sequence[Token], group: tuple[Placed, ...]) -> int:
    """The token behind the actors; an apposition inside them is closed by a comma."""
    after = group[-1].last + 1
    apposed = len(group) > 1 or any(
        token.text == "," for token in tokens[group[-1].first : group[-1].last]
    )
    return after + 1 if apposed and _comma_after(tokens, group) else after


def _comma_after(tokens: Sequence[Token], group: tuple[Placed, ...]) -> bool:
    after = group[-1].last + 1
    return after < len(tokens) and tokens[after].text == ","


def _speaks_after(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb at `at` follows what was said: '…," said Blinken'."""
    previous = tokens[at - 1].text
    return previous in QUOTES or (previous == "," and tokens[at].lower in _SPEAKING)


def _relative(tokens: Sequence[Token], group: tuple[Placed, ...]) -> bool:
    """Whether ", which" or ", who" follows the actors."""
    after = [token.lower for token in tokens[group[-1].last + 1 : group[-1].last + 3]]
    return after in ([",", "which"], [",", "who"])


def _cue(tokens: Sequence[Token], verb: int, cues: Cues) -> int:
    """The first cue from the verb on, not beyond the clause; without one, the verb itself."""
    for index in range(verb, min(verb + 10, len(tokens))):
        if tokens[index].lower in cues.verbs and not is_noun_use(tokens, index):
            return index
        if tokens[index].text in ";:" or tokens[index].lower in {"that", "which", "while", "as"}:
            break
    return verb


def _owned(tokens: Sequence[Token], group: tuple[Placed, ...], cues: Cues) -> Deed | None:
    """ "US commitment to", "Japan's steadfast support for", "the support of countries such as"."""
    at = group[-1].last + 1
    if at < len(tokens) and tokens[at].lower == "'":
        at += 2 if at + 1 < len(tokens) and tokens[at + 1].lower == "s" else 1
    for index in range(at, min(at + 4, len(tokens))):
        if tokens[index].lower in cues.nouns:
            return Deed(group, "owner", index, index, before(tokens, group[0].first))
        if not tokens[index].is_word or tokens[index].lower in _NO_ADJECTIVES:
            break
    opening = before(tokens, group[0].first)
    for index in range(opening, max(-1, opening - 9), -1):
        word = tokens[index].lower
        if word in cues.nouns and index < opening:
            joined = tokens[index + 1].lower in {"of", "from", "by"}
            return Deed(group, "owner", index, index, opening) if joined else None
        if word in {";", ":"} or (word == "," and tokens[opening].lower not in {"as", "like"}):
            break
        if index < opening and word in {"for", "to", "in", "with"}:
            break
    return None
