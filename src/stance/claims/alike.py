"""Words by which a clause says that its subject does, says or thinks what another has done."""

from __future__ import annotations

from stance.syntax import Parse
from stance.tokens import words

_SAME = words("so likewise same")
_MODELS = words("suit example lead footsteps path")
_POSITIONS = words(
    """
    line lines view views position stance stand opinion conviction approach sentiment sentiments
    attitude path course vein effect wording language terms tone support mind note
    """
)
_SAID = words(
    """
    statement statements remarks words speech address intervention comments assessment analysis
    reading judgement judgment verdict conclusion conclusions appeal praise criticism
    speaker speakers delegate delegates delegation delegations colleague colleagues orator
    """
)
"""What, or who, was heard before: "that statement", "both speakers"."""

_MESSAGES = words("message messages call calls remarks words comments point appeal appeals")
_BACKING = words("support backing endorsement praise")
_COMING = words("come hear")
_ALIKE = words("same similar comparable identical")
_EARLIER = words("previous preceding earlier last foregoing")
_POINTING = words("that this those these both same")
_TAKING = words(
    """
    take adopt share hold express voice use employ speak echo argue convey defend have give be
    remain strike sound make deliver issue send
    """
)
_AGREEING = words("agree concur")
_JOINING = words("associate align identify ally")
_WITH_OBJECT = words("echo second share endorse support back join")
_ECHOING = words("echo second")
_ABOUT = words("on over to about against in for")
_WITH_PREPOSITION = {"agree": "with", "concur": "with", "subscribe": "to", "adhere": "to"}
_NARROWING = words("for to with on of about")


def end_of_likeness(parse: Parse, verb: int) -> int | None:
    """The word with which a verb says that its subject does what another has done.

    "Did the same", "followed suit", "took the same line", "concurred", "associated itself with
    both speakers": None where nothing says so.
    """
    lemma = parse.words[verb].lemma
    if lemma in _AGREEING and _stands_alone(parse, verb, lemma):
        return verb
    for child in parse.children[verb]:
        word = parse.words[child]
        if lemma in ("do", "say") and child > verb and _means_the_same(parse, child):
            return None if _narrows(parse, verb) else child
        if lemma == "follow" and word.dep in ("dobj", "npadvmod", "oprd", "advmod"):
            owned = word.lower == "suit" or bool(parse.having(child, "poss"))
            if word.lower in _MODELS and owned:
                return child
        if lemma in _TAKING:
            nouns = parse.having(child, "pobj") if word.dep == "prep" else [child]
            for noun in nouns:
                if parse.words[noun].dep in ("dobj", "nsubjpass", "pobj") and _same(parse, noun):
                    return noun
    return _pointed_to(parse, verb, lemma)


def heard_from(parse: Parse, verb: int) -> list[tuple[int, int]]:
    """ "Similar words came from Chad and from Mali": each name, and the "from" that leads to it."""
    if parse.words[verb].lemma not in _COMING or parse.having(verb, "neg"):
        return []
    subjects = parse.having(verb, "nsubj", "nsubjpass")
    if not any(_same(parse, noun, _BACKING) for noun in subjects):
        return []
    leading = [k for k in parse.having(verb, "prep") if parse.words[k].lower == "from"]
    for preposition in leading:
        leading += [
            k
            for k in parse.having(preposition, "conj", "prep")
            if parse.words[k].lower == "from" and k not in leading
        ]
    return [(noun, k) for k in leading for noun in parse.having(k, "pobj")]


def followed(parse: Parse, verb: int) -> tuple[int, int] | None:
    """Whom by name a verb says that its subject follows, and the last word that says so.

    "Aligned itself with Peru", "echoed Peru", "endorsed Peru's remarks", "concurred with Peru".
    """
    lemma = parse.words[verb].lemma
    if parse.having(verb, "neg", "ccomp", "xcomp"):
        return None
    if lemma in _WITH_OBJECT:
        found = parse.having(verb, "dobj")
    else:
        joins = lemma in _JOINING and _is_reflexive(parse, verb)
        leading = "with" if joins else _WITH_PREPOSITION.get(lemma, "")
        prepositions = [k for k in parse.having(verb, "prep") if k > verb]
        if not leading or {parse.words[k].lower for k in prepositions} & _ABOUT:
            return None
        found = [
            noun
            for k in prepositions
            if parse.words[k].lower == leading
            for noun in parse.having(k, "pobj")
        ]
    for noun in found:
        if parse.words[noun].pos == "PROPN":
            named = lemma in _ECHOING or lemma not in _WITH_OBJECT
            return (noun, noun) if named else None
        if parse.words[noun].lower in _SAID | _POSITIONS | _MESSAGES:
            return _owner(parse, noun)
    return None


def _owner(parse: Parse, noun: int) -> tuple[int, int] | None:
    """ "Peru's remarks", "the statement by Peru": whose, where nothing says on what."""
    if parse.having(noun, "relcl"):
        return None
    for child in parse.having(noun, "poss"):
        if parse.words[child].pos == "PROPN" and not parse.having(noun, "prep", "acl"):
            return child, noun
    for child in parse.having(noun, "prep", "acl"):
        by = parse.having(child, "agent") if parse.words[child].dep == "acl" else [child]
        for leading in by:
            for owner in parse.having(leading, "pobj"):
                if parse.words[leading].lower in ("of", "by") and parse.words[owner].pos == "PROPN":
                    return owner, owner
    return None


def _pointed_to(parse: Parse, verb: int, lemma: str) -> int | None:
    """The statement or speaker that a verb joins: "echoed that view", "agreed with them"."""
    if lemma in _JOINING and _is_reflexive(parse, verb):
        preposition = "with"
    elif lemma in _WITH_PREPOSITION:
        preposition = _WITH_PREPOSITION[lemma]
    else:
        direct = parse.having(verb, "dobj") if lemma in _WITH_OBJECT else []
        return next((noun for noun in direct if _was_heard(parse, noun)), None)
    for child in parse.having(verb, "prep"):
        if parse.words[child].lower == preposition and child > verb:
            for noun in parse.having(child, "pobj"):
                if _was_heard(parse, noun):
                    return noun
    return None


def _is_reflexive(parse: Parse, verb: int) -> bool:
    """ "Associated itself with", also "was aligned with"."""
    reflexive = any(
        parse.words[child].lower.endswith(("self", "selves"))
        for child in parse.having(verb, "dobj")
    )
    return reflexive or bool(parse.having(verb, "auxpass"))


def _was_heard(parse: Parse, noun: int) -> bool:
    """ "That view", "both speakers", "the previous delegate": and nothing that says which."""
    if parse.words[noun].lower not in _SAID | _POSITIONS:
        return False
    if parse.having(noun, "prep", "relcl", "acl", "poss"):
        return False
    before = {parse.words[child].lower for child in parse.children[noun] if child < noun}
    return bool(before & (_POINTING | _EARLIER)) and not before & words("other many most")


def _stands_alone(parse: Parse, verb: int, lemma: str) -> bool:
    """ "Paris agrees.", "Chile concurs, adding that …": nothing says with whom or on what.

    Who only "agrees" may agree to what he was asked, so no more may be said of him.
    """
    beside = {"nsubj", "advmod", "cc"}
    if lemma == "concur":
        beside |= {"advcl", "conj"}
    own = bool(parse.having(verb, "nsubj"))
    word = parse.words[verb]
    return (word.dep == "ROOT" or (own and word.dep == "conj" and lemma == "concur")) and all(
        parse.words[child].is_mark or parse.words[child].dep in beside
        for child in parse.children[verb]
    )


def _narrows(parse: Parse, verb: int) -> bool:
    """ "did the same for its fleet"."""
    return any(
        parse.words[child].lower in _NARROWING and not parse.words[child - 1].is_mark
        for child in parse.having(verb, "prep", "dative")
    )


def _means_the_same(parse: Parse, child: int) -> bool:
    """ "so", "likewise", "the same", "much the same"."""
    word = parse.words[child]
    direct = word.dep in ("advmod", "dobj", "npadvmod", "attr", "oprd")
    said = parse.words[word.head].lemma == "say"
    if said and word.lower != "same":  # "said so": that what was said before is true
        return False
    return direct and word.lower in _SAME and not _narrows(parse, child)


def _same(parse: Parse, noun: int, others: frozenset[str] = frozenset()) -> bool:
    """ "the same line", "a similar view", "of that mind": and nothing that says which."""
    named = parse.words[noun].lower in _POSITIONS | _MESSAGES | others
    before = [parse.words[k].lower for k in parse.having(noun, "amod", "det")]
    alike = bool(_ALIKE & set(before)) or (parse.words[noun].lower == "mind" and "that" in before)
    return named and alike and not parse.having(noun, "prep", "relcl", "acl")
