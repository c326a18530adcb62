"""Polarity, modality and time of a relation: what its verb group and clause say of it."""

from __future__ import annotations

from collections.abc import Iterator

from stance.claims.cues import Cues
from stance.claims.relations import Relation
from stance.syntax import Parse
from stance.tokens import words
from stance.types import Modality, Polarity, Time

_NEGATORS = words("not n't never no neither nor hardly scarcely nobody none without cannot")
_REFUSING = words(
    """
    refuse decline deny fail stop cease avoid withdraw withhold rescind revoke suspend abandon drop
    reverse freeze waver retract renounce cancel halt reject reconsider forgo
    """
)
_SHORT = words("short stop fall")
_MODALS = words("would could may might can")
_DUTY = words("should must ought shall")
_CONDITIONS = words("if unless whether provided should lest")
_WISHING = words("like welcome prefer want hope wish love")
_PAST = words("previously formerly earlier once successive long-time erstwhile then")
_WEIGHING = words("consider weigh mull contemplate ponder study examine")
_ASKING = words(
    "urge ask call press demand request invite beg exhort want push lobby implore order instruct appeal tell"
)


def polarity(parse: Parse, relation: Relation, cues: Cues) -> Polarity:
    """`negated` where what the cue says is denied, refused or taken back.

    Two negations undo each other: "did not refuse to back".
    """
    count = 0
    if relation.build == "noun":
        count += any(
            parse.words[child].lower == "no" for child in parse.having(relation.at, "det", "neg")
        )
        head = parse.words[relation.at].head
        if parse.words[relation.at].dep == "pobj":
            head = parse.words[head].head
        if parse.words[relation.at].dep in ("dobj", "nsubjpass", "pobj") and head != relation.at:
            count += _negative(parse, head, cues)
    else:
        count += _negations(parse, relation)
        word = parse.words[relation.at]
        base = cues.base(word.lower, word.lemma)
        count += relation.kind == "denies" or base in _REFUSING - {"reject"}
        for head in _governors(parse, relation.at):
            count += _negative(parse, head, cues)
        nouns = parse.having(relation.at, "dobj") if relation.build == "verb" else []
        count += (
            any(
                parse.words[det].lower == "no"
                for noun in nouns
                for det in parse.having(noun, "det", "neg")
            )
            and cues.base(word.lower, word.lemma) in cues.light
        )
    return "negated" if count % 2 else "affirmed"


def _negations(parse: Parse, relation: Relation) -> int:
    verb = relation.at
    said = {k for first, last in relation.content for k in range(first, last + 1)}
    count = sum(child not in said for child in parse.having(verb, "neg"))
    count += sum(
        1
        for child in parse.having(verb, "advmod", "preconj", "cc")
        if parse.words[child].lower in ("nor", "neither", "hardly", "scarcely", "no")
        and child not in said
        and child < verb
    )
    count += _no_longer(parse, verb)
    subjects = [one for one in parse.having(verb, "nsubj", "nsubjpass") if one not in said]
    count += any(
        parse.words[child].lower in ("no", "neither")
        for subject in subjects
        for child in parse.having(subject, "det", "neg", "preconj", "cc")
    )
    return count


def _no_longer(parse: Parse, verb: int) -> bool:
    """ "no longer backs", "backs it no more"."""
    return any(
        parse.words[child].lower in ("longer", "more")
        and child > 0
        and parse.words[child - 1].lower == "no"
        for child in parse.having(verb, "advmod")
    )


def _negative(parse: Parse, verb: int, cues: Cues) -> int:
    """1 where a governing verb turns what hangs on it round, 0 where it does not."""
    word = parse.words[verb]
    refusing = cues.base(word.lower, word.lemma) in _REFUSING or (
        word.lemma in ("fall", "stop")
        and any(parse.words[c].lower == "short" for c in parse.children[verb])
    )
    return int(refusing) + len(parse.having(verb, "neg")) + _no_longer(parse, verb)


def _governors(parse: Parse, at: int) -> Iterator[int]:
    """The verbs that a verb hangs on with the same subject: "refused to back", "stopped backing"."""
    while parse.words[at].dep in ("xcomp", "pcomp", "advcl") and not parse.having(at, "nsubj"):
        head = parse.words[at].head
        if parse.words[at].dep == "advcl" and not any(
            parse.words[child].lower == "to" for child in parse.having(at, "aux", "mark")
        ):
            return
        while parse.words[head].pos in ("ADP", "SCONJ", "ADV", "ADJ", "PART"):
            if parse.words[head].head == head:
                return
            head = parse.words[head].head
        if head == at or parse.words[head].pos not in ("VERB", "AUX"):
            return
        yield head
        at = head


def modality(parse: Parse, relation: Relation, cues: Cues) -> Modality:
    """`hypothetical` where the clause states no fact, `demanded` where it says what ought to be.

    "would welcome" and "would like to see" do say what somebody wants.
    """
    at = relation.at
    verbs = [at, *_governors(parse, at)]
    if relation.build in ("noun",):
        head = parse.words[at].head
        verbs = [head] if parse.words[head].pos in ("VERB", "AUX") else []
    if relation.build == "adjective":
        verbs = [at, parse.words[at].head, *_governors(parse, parse.words[at].head)]
    for verb in verbs:
        helpers = [
            parse.words[child].lower for child in parse.having(verb, "aux", "mark", "advmod")
        ]
        lemma = parse.words[verb].lemma.lower()
        inverted = any(
            parse.words[child].lower == "should"
            and child < min(parse.having(verb, "nsubj"), default=0)
            for child in parse.having(verb, "aux")
        )
        if set(helpers) & _CONDITIONS or inverted or _inverted_were(parse, verb):
            return "hypothetical"
        if (
            "but" in [one.lower for one in parse.words[max(0, verb - 2) : verb]]
            and "can" in helpers
        ):
            continue
        if "shall" in helpers and _first_person(parse, verb):
            continue
        if verb == at and lemma in _WEIGHING and parse.words[at].tag == "VBG":
            return "hypothetical"
        if (
            set(helpers) & _MODALS
            and not ("would" in helpers and lemma in _WISHING)
            and "not" not in ()
        ):
            if "can" in helpers or "could" in helpers or "cannot" in helpers:
                if parse.having(verb, "neg"):
                    continue
            return "hypothetical"
        if set(helpers) & _DUTY:
            return "demanded"
        if verb != at and lemma in _WEIGHING:
            return "hypothetical"
    if parse.words[-1].text.strip("”\"’'") in ("?", "") and "?" in (
        one.text for one in parse.words[-2:]
    ):
        return "hypothetical"
    return "demanded" if _subjunctive(parse, at, cues) else "asserted"


def duty(parse: Parse, relation: Relation) -> bool:
    """Whether the clause says what its subject should or must do."""
    helpers = {parse.words[child].lower for child in parse.having(relation.at, "aux")}
    return bool(helpers & _DUTY) and not _first_person(parse, relation.at)


def _inverted_were(parse: Parse, verb: int) -> bool:
    """ "Were Bulgaria to drop its objection": a condition without "if"."""
    first = parse.words[0]
    return first.lower == "were" and any(
        parse.words[child].lower == "to" for child in parse.having(verb, "aux")
    )


def _first_person(parse: Parse, verb: int) -> bool:
    return any(parse.words[one].lower in ("i", "we") for one in parse.having(verb, "nsubj"))


def _subjunctive(parse: Parse, verb: int, cues: Cues) -> bool:
    """ "demands that Spain recognise": the base form behind a verb of demanding."""
    word = parse.words[verb]
    if word.tag not in ("VB", "VBP") or word.dep != "ccomp" or parse.having(verb, "aux"):
        return False
    head = parse.words[word.head]
    demanding = cues.kinds.get(cues.base(head.lower, head.lemma)) == "demands"
    plural = any(parse.words[one].tag == "NNS" for one in parse.having(verb, "nsubj"))
    return demanding and not plural


def time(parse: Parse, relation: Relation) -> Time:
    """`past` where the clause says that it speaks of an earlier position: "had backed"."""
    at = relation.at
    for verb in (at, *_governors(parse, at)):
        helpers = {
            parse.words[child].lower for child in parse.having(verb, "aux", "advmod", "amod")
        }
        if "had" in helpers and relation.kind != "says":
            return "past"
        if helpers & _PAST:
            return "past"
        if parse.words[verb].lemma == "use" and verb != at:
            return "past"
        for child in parse.having(verb, "prep"):
            if parse.words[child].lower in ("in", "since", "until") and any(
                parse.words[noun].text.isdigit() and len(parse.words[noun].text) == 4
                for noun in parse.having(child, "pobj")
            ):
                if parse.words[verb].tag == "VBD" and parse.words[child].lower != "since":
                    return "past"
    return "present"
