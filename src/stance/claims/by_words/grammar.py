"""The closed word lists and small tests behind the rules for claims."""

from __future__ import annotations

from collections.abc import Sequence

from stance.claims.cues import Cues
from stance.tokens import QUOTES, Token, words

AUXILIARIES = words(
    """
    is are was were be been being has have had do does did will would can could may might
    must shall should ought cannot won isn aren wasn weren hasn haven hadn doesn didn wouldn
    couldn shouldn continues continue continued remains remain remained
    """
)
_IRREGULAR_PAST = words(
    """
    made took gave sent met came went became began saw found put got led left brought kept
    set drove chose spoke won paid drew broke built bought cast cut fought grew hit knew
    laid lay lost meant read rose ran sat shut stuck struck swore threw understood bore
    bound shook told said
    """
)
_ADVERBS = words(
    """
    also again still now too further long always never not only once twice often thus then
    first last today yesterday moreover however meanwhile nevertheless therefore instead
    both all each yet ever even just once more
    """
)
_BEFORE_SUBJECT = words(
    """
    that and but while as when because since although though whereas if whether where so how
    then thus meanwhile however moreover nevertheless yet unless until like today yesterday
    later finally also for which whose or after before once
    """
)
_SKIPPED = words(
    """
    the a an both all several successive former new neighbouring neighboring his her its
    their our my this these those then even including other
    """
)
_AFTER_NOUN = words(
    """
    on in at of for to from with during under
    """
)
_BEFORE_NOUN = words(
    """
    the a an this that these those in of for with its his her their our my brief joint any
    no
    """
)
NEGATORS = words(
    """
    not never neither nor hardly no cannot t without
    """
)
_HYPOTHETICAL = words(
    """
    would could might may can if unless whether
    """
)
_WISHES = words(
    """
    like welcome prefer want hope wish
    """
)
_DEMANDING = frozenset(["must", "should", "ought", "shall"])
_PAST = words(
    """
    had previously formerly earlier ago once successive
    """
)


def before(tokens: Sequence[Token], at: int) -> int:
    """Index of the token in front of a noun phrase that begins at `at`; -1 at the start."""
    at -= 1
    while at >= 0 and tokens[at].lower in _SKIPPED:
        at -= 1
    return at


def opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a subject may follow the token `at` (-1 is the start of the sentence)."""
    if at < 0:
        return True
    token = tokens[at]
    return (
        token.text in ",;:—–-()[]•*" + QUOTES
        or token.lower in _BEFORE_SUBJECT
        or token.lower.endswith("ly")
    )


def is_verb(token: Token, cues: Cues) -> bool:
    """Whether a word can be a finite verb: a guess from its form."""
    word = token.lower
    return (
        word in AUXILIARIES
        or word in cues.verbs
        or word in _IRREGULAR_PAST
        or (token.text.islower() and len(word) > 3 and word.endswith(("ed", "s")))
    )


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between subject and verb."""
    return token.lower in _ADVERBS or (token.text.islower() and token.lower.endswith("ly"))


def verb_after(tokens: Sequence[Token], at: int, cues: Cues) -> int | None:
    """The verb of a subject that ends before token `at`, appositions and adverbs passed over."""
    limit = min(len(tokens), at + 40)
    if at < limit and tokens[at].lower in _AFTER_NOUN:
        at = _past_phrase(tokens, at, limit, cues)
    if at < limit and tokens[at].text in ",(":
        closing = "," if tokens[at].text == "," else ")"
        end = next((i for i in range(at + 1, limit) if tokens[i].text == closing), None)
        relative = at + 1 < limit and tokens[at + 1].lower in {"which", "who"}
        if relative and at + 2 < limit:
            return verb_after(tokens, at + 2, cues)
        if end is None:
            return None
        at = end + 1
    if at < limit and tokens[at].lower in {"who", "which", "that"}:
        at += 1
    while at < limit and (is_adverb(tokens[at]) or tokens[at].text in QUOTES + ","):
        at += 1
    return at if at < limit and is_verb(tokens[at], cues) else None


def _past_phrase(tokens: Sequence[Token], at: int, limit: int, cues: Cues) -> int:
    """Where a prepositional phrase behind a subject ends: at a comma or a sure verb."""
    for index in range(at + 1, min(at + 12, limit)):
        sure = tokens[index].lower in AUXILIARIES or tokens[index].lower in cues.verbs
        if tokens[index].text in ",(" or (sure and not is_noun_use(tokens, index)):
            return index
    return limit


def is_noun_use(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that could be a verb is a noun: "in this regard", "a press conference"."""
    return at > 0 and tokens[at - 1].lower in _BEFORE_NOUN


def negated(words: Sequence[str]) -> bool:
    """Whether a verb group holds a negation."""
    return any(word in NEGATORS for word in words)


def hypothetical(words: Sequence[str]) -> bool:
    """Whether a verb group, with what opens its clause, states no fact.

    "would welcome" and "would like to see" do say what somebody wants.
    """
    wishing = "would" in words and any(word in _WISHES for word in words)
    return not wishing and any(word in _HYPOTHETICAL for word in words)


def demanding(words: Sequence[str]) -> bool:
    """Whether a verb group says what ought to be."""
    return any(word in _DEMANDING for word in words)


def past(words: Sequence[str]) -> bool:
    """Whether a clause says that it speaks of an earlier position."""
    return any(word in _PAST for word in words)
