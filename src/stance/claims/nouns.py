"""Nouns as cues: "Japan's support for", "the support of countries such as", "US commitment to"."""

from __future__ import annotations

from stance.claims.cues import Cues
from stance.claims.objects import TAKING_IN
from stance.claims.relation import Range, Relation, runs
from stance.claims.sources import Source, noun_phrase, source_of
from stance.claims.trimming import without_events
from stance.claims.verbs import base_of
from stance.syntax import Parse
from stance.tokens import words

_BEFORE_OWNERS = words("of by from among in")
_CARRIERS = words(
    """
    vote message messages expression expressions declaration statement word words letter pledge show
    policy gesture sign voice
    """
)
_OVER_OTHERS = words(
    """
    thank praise commend hail applaud congratulate salute credit laud criticise criticize blame
    condemn denounce rebuke attack fault castigate slam chide reproach reward
    """
)
"""Verbs of what is said to or of others for what they do."""

_GOING_TO = words("be remain stay lie go rest")
_BEFORE_CONTENT = words(
    """
    for to of on about against over with in towards toward at as regarding concerning that behind
    """
)


def of_noun(parse: Parse, at: int, cues: Cues) -> Relation | None:
    """The relation of a noun that says what a verb could, with its owner as source."""
    noun = parse.words[at].lemma.lower()
    spoken = parse.having(at, "acl") or _is_told(parse, at)
    kind = cues.nouns.get(noun, cues.spoken.get(noun) if spoken else None)
    if kind is None or _belongs_to_light_verb(parse, at, cues):
        return None
    source, preposition = _owner(parse, at) or _owner_of_message(parse, at), None
    if source is None:
        source, preposition = _owner_behind(parse, at)
    if source is None and _is_received(parse, at, cues):
        source = _giver(parse, at)
    if source is None:
        return None
    held = _content(parse, at, preposition) or _right_behind(parse, source)
    held = held or _receiver(parse, at, cues)
    held -= set(range(source.first, source.last + 1))
    content = runs(parse, without_events(parse, held))
    return Relation("noun", kind, source, at, (at, at), content) if content else None


def _is_told(parse: Parse, at: int) -> bool:
    """ "Peru's position is that the plan is sound"."""
    head = parse.words[at].head
    told = parse.words[at].dep == "nsubj" and parse.words[head].lemma in ("be", "remain")
    return told and any(
        parse.words[k].lower == "that"
        for clause in parse.having(head, "ccomp")
        for k in parse.having(clause, "mark")
    )


def is_owned(parse: Parse, noun: int) -> bool:
    """Whether a noun has an owner by name: "conveyed Paraguay's backing"."""
    return any(parse.words[child].pos != "PRON" for child in parse.having(noun, "poss"))


def is_light(verb: str, noun: str, cues: Cues) -> bool:
    """Whether a verb lends itself to a noun: "express support", and of "have" only "have faith"."""
    return verb in cues.light and (
        verb not in cues.received or (verb == "have" and noun in cues.had)
    )


def noun_content(parse: Parse, noun: int) -> tuple[Range, ...]:
    """What a noun itself says of its content: "support for the plan"."""
    return runs(parse, without_events(parse, _complements(parse, noun)))


def _belongs_to_light_verb(parse: Parse, at: int, cues: Cues) -> bool:
    """Whether the verb over a noun makes the relation: "expressed support for"."""
    head = parse.words[at].head
    return (
        not is_owned(parse, at)
        and parse.words[at].dep in ("dobj", "nsubjpass")
        and is_light(base_of(parse, head, cues), parse.words[at].lemma.lower(), cues)
        and source_of(parse, head) is not None
    )


def _owner(parse: Parse, at: int) -> Source | None:
    """The owner in front of a noun: "Japan's", "its", "US"."""
    source: Source | None = None
    for child in parse.children[at]:
        word = parse.words[child]
        if word.tag == "WP$":
            source = _before_whose(parse, child)
        elif word.dep == "poss" and word.pos == "PRON":
            source = _governor(parse, at) or Source(child, child, child, "owner")
        elif word.dep == "poss":
            source = Source(*noun_phrase(parse, child, possessive=True), child, "owner")
        elif word.dep in ("compound", "amod", "nmod") and word.pos == "PROPN" and source is None:
            source = Source(child, child, child, "owner")
    return source


def _owner_of_message(parse: Parse, at: int) -> Source | None:
    """ "Peru's vote of confidence in", "Chile's message of support for"."""
    preposition = parse.words[at].head
    carrier = parse.words[preposition].head
    of = parse.words[at].dep == "pobj" and parse.words[preposition].lower == "of"
    return _owner(parse, carrier) if of and parse.words[carrier].lower in _CARRIERS else None


def _before_whose(parse: Parse, whose: int) -> Source | None:
    """ "Cuba and Namibia, whose support": the noun in front, with all that it is listed with."""
    noun = whose - 1
    while noun > 0 and parse.words[noun].is_mark:
        noun -= 1
    if noun < 0 or parse.words[noun].pos not in ("NOUN", "PROPN"):
        return None
    while parse.words[noun].dep == "conj" and parse.words[noun].head < noun:
        noun = parse.words[noun].head
    return Source(*noun_phrase(parse, noun, before=whose), noun, "owner")


def _governor(parse: Parse, noun: int) -> Source | None:
    """The subject of the verb that a noun with "its" hangs on: "dropped its objection to".

    Its object, where that is thanked or blamed for it: "thanked Peru for its support for".
    """
    for at in parse.ancestors(noun):
        if parse.words[at].pos in ("VERB", "AUX"):
            over = parse.words[at].lemma.lower() in _OVER_OTHERS and _is_for(parse, at, noun)
            for other in parse.having(at, "dobj") if over else ():
                return Source(*noun_phrase(parse, other, before=noun), other, "owner")
            return source_of(parse, at)
        if parse.words[at].pos not in ("ADP", "NOUN"):
            return None
    return None


def _is_for(parse: Parse, verb: int, noun: int) -> bool:
    return any(
        noun in parse.having(child, "pobj")
        for child in parse.having(verb, "prep")
        if parse.words[child].lower in ("for", "over")
    )


def _owner_behind(parse: Parse, at: int) -> tuple[Source | None, int | None]:
    """The owner behind a noun and the preposition that leads to it: "the support of Chad"."""
    trusted = parse.words[at].lemma.lower() in TAKING_IN
    for child in parse.having(at, "prep"):
        if parse.words[child].lower == "in" and trusted:
            continue  # "faith in Chad" is not Chad's
        if parse.words[child].lower in _BEFORE_OWNERS:
            owners = parse.having(child, "pobj")
            if not owners:
                return None, None
            return Source(*noun_phrase(parse, owners[-1]), owners[-1], "owner"), child
    return None, None


def _content(parse: Parse, at: int, preposition: int | None) -> set[int]:
    """What hangs on the noun; else on the verb over it, or on the `preposition` of its owner."""
    head = parse.words[at].head
    held = _complements(parse, at, without=preposition)
    goes_to = parse.words[at].dep == "nsubj" and parse.words[head].lemma in _GOING_TO
    if goes_to and not held:  # "Peru's loyalty is to the envoy"
        held = {k for one in parse.having(head, "ccomp") if one > head for k in parse.subtree(one)}
    owned = any(parse.words[k].pos == "PRON" for k in parse.having(at, "poss"))
    if not held and (owned or goes_to):
        for child in parse.having(head, "prep"):
            if child > at and parse.words[child].lower in _BEFORE_CONTENT:
                held.update(parse.subtree(child))
    if preposition is not None and not held:
        for child in parse.having(preposition, "prep"):
            held.update(parse.subtree(child))
    return held


def _receiver(parse: Parse, at: int, cues: Cues) -> set[int]:
    """ "The plan has won the support of Chad": what is supported is the subject."""
    held: set[int] = set()
    if _is_received(parse, at, cues):
        verb = parse.words[at].head
        for subject in parse.having(verb, "nsubj"):
            if parse.words[subject].tag == "WDT":  # "the plan, which enjoys the support of Chad,"
                first, last = noun_phrase(parse, _outermost(parse, verb), before=subject)
            else:
                first, last = noun_phrase(parse, subject)
            held.update(range(first, last + 1))
    return held


def _outermost(parse: Parse, verb: int) -> int:
    """The noun before a relative clause, with all that it stands in: "the plan for the lake"."""
    noun = parse.words[verb].head
    while parse.words[noun].dep == "pobj":
        above = parse.words[parse.words[noun].head].head
        if parse.words[above].pos not in ("NOUN", "PROPN"):
            break
        noun = above
    return noun


def _giver(parse: Parse, at: int) -> Source | None:
    """ "Received backing from Chad": the parser hangs the giver on the verb."""
    for child in parse.having(parse.words[at].head, "prep"):
        if child > at and parse.words[child].lower == "from":
            for owner in parse.having(child, "pobj"):
                return Source(*noun_phrase(parse, owner), owner, "owner")
    return None


def _is_received(parse: Parse, at: int, cues: Cues) -> bool:
    return base_of(parse, parse.words[at].head, cues) in cues.received


def _right_behind(parse: Parse, source: Source) -> set[int]:
    """The phrase behind a long owner, wherever the parser has hung it: "of X, Y and Z for …"."""
    at = source.last + 1
    leads = at < len(parse.words) and parse.words[at].lower in _BEFORE_CONTENT
    return set(parse.subtree(at)) if leads and parse.words[at].pos == "ADP" else set()


def _complements(parse: Parse, noun: int, without: int | None = None) -> set[int]:
    """The phrases and clauses behind a noun that say what it is about."""
    held: set[int] = set()
    for child in parse.children[noun]:
        word = parse.words[child]
        leads = word.dep == "prep" and word.lower in _BEFORE_CONTENT
        if child > noun and child != without and (leads or word.dep in ("acl", "ccomp")):
            held.update(parse.subtree(child))
    return held
