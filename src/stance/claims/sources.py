"""Whose a verb is: its subject, that of the clause it shares it with, or its agent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stance.syntax import Parse

Role = Literal["subject", "agent", "owner", "source", "beside"]

_SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep", "advmod", "acomp"})
_QUOTING = frozenset({"quote", "cite"})
_MODIFYING = frozenset({"relcl", "acl", "appos", "prep", "cc", "conj", "punct", "advmod"})


@dataclass(frozen=True, slots=True)
class Source:
    """The words `first` to `last` that name who says or holds it; `head` is the noun among them.

    `head` lies outside for a relative pronoun: it is the noun that the pronoun stands for.
    """

    first: int
    last: int
    head: int
    role: Role


def source_of(parse: Parse, verb: int) -> Source | None:
    """The source of a verb, None where the sentence does not name it."""
    words = parse.words
    agents = [noun for agent in parse.having(verb, "agent") for noun in parse.having(agent, "pobj")]
    if agents:
        return Source(*noun_phrase(parse, agents[0]), agents[0], "agent")
    passive = bool(parse.having(verb, "auxpass", "nsubjpass"))
    if passive:
        return None
    subjects = parse.having(verb, "nsubj")
    if subjects:
        subject = subjects[-1]
        if words[subject].tag in ("WDT", "WP") and words[verb].dep == "relcl":
            return Source(subject, subject, words[verb].head, "subject")
        return Source(*noun_phrase(parse, subject), subject, "subject")
    elder = elder_sibling(parse, verb)
    if elder is not None:
        return source_of(parse, elder)
    at, seen = verb, 0
    while seen < 8:
        seen += 1
        head = words[at].head
        if head == at:
            return None
        dep = words[at].dep
        if dep == "acl":
            return Source(*noun_phrase(parse, head, before=at), head, "subject")
        if (
            dep == "pcomp"
            and words[head].lower == "as"
            and words[words[head].head].lemma in _QUOTING
        ):
            # "quoted the premier as saying"
            for noun in parse.having(words[head].head, "dobj"):
                return Source(*noun_phrase(parse, noun), noun, "subject")
        if (dep == "prep" and words[head].pos in ("VERB", "AUX", "ADV", "ADJ")) or dep in _SHARING:
            at = head
        elif dep == "relcl":
            return None
        else:
            return None
        if words[at].pos not in ("VERB", "AUX", "ADP", "ADJ", "ADV", "SCONJ"):
            return None
        subjects = parse.having(at, "nsubj") or parse.having(at, "nsubjpass")
        if subjects:
            subject = subjects[-1]
            if words[subject].tag in ("WDT", "WP") and words[at].dep == "relcl":
                return Source(subject, subject, words[at].head, "subject")
            return Source(*noun_phrase(parse, subject), subject, "subject")
    return None


def elder_sibling(parse: Parse, verb: int) -> int | None:
    """The verb of saying that a verb really goes on: "X said the plan was sound and urged …".

    The parser hangs "urged" on "was"; but a plan urges nobody. None where the verb stands right.
    """
    words = parse.words
    head = words[verb].head
    if words[verb].dep != "conj" or words[head].dep not in ("ccomp", "advcl"):
        return None
    outer = words[head].head
    if outer == head or outer > verb or words[outer].tag != words[verb].tag:
        return None
    subjects = parse.having(head, "nsubj", "nsubjpass", "csubj", "expl")
    if not subjects or parse.having(verb, "nsubj", "nsubjpass"):
        return None
    plain = all(
        words[one].dep in ("csubj", "expl") or words[one].pos == "NOUN" or words[one].lower == "it"
        for one in subjects
    )
    return outer if plain else None


def noun_phrase(
    parse: Parse, noun: int, *, possessive: bool = False, before: int | None = None
) -> tuple[int, int]:
    """First and last word of the phrase around a noun, without marks at its ends.

    `before` ends it in front of that word. A possessive goes without its "'s".
    """
    first, last = parse.left[noun], parse.right[noun]
    if before is not None:
        last = min(last, parse.left[before] - 1)
    if possessive:
        while last > noun and parse.words[last].tag == "POS":
            last -= 1
    for child in parse.having(noun, "relcl"):
        # ", who has led the talks since May": not part of the name of the source
        start = parse.left[child]
        if noun < start <= last and parse.words[start - 1].text == ",":
            last = start - 1
    while last > noun and parse.words[last].is_mark:
        last -= 1
    while first < noun and parse.words[first].is_mark:
        first += 1
    return first, max(last, first)
