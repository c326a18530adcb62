"""Polarity, modality and time of a relation: what its verb group and clause say of it."""

from __future__ import annotations

from collections.abc import Iterator

from stance.claims.cues import Cues
from stance.claims.relation import Relation
from stance.claims.verbs import base_of
from stance.syntax import Parse
from stance.tokens import words
from stance.types import Modality, Polarity, Time

_REFUSING = words(
    """
    refuse decline deny fail stop cease avoid withdraw withhold rescind revoke suspend abandon drop
    reverse freeze waver retract renounce cancel halt reject reconsider forgo
    """
)
_MODALS = words("would could may might can")
_FUTURE = words("will shall 'll")
_HOPING = words("hope wish trust expect pray desire hopeful expectation")
_ABLE = words("can could cannot")
_DUTY = words("should must ought shall")
_CONDITIONS = words("if unless whether provided should lest")
_WISHING = words("like welcome prefer want hope wish love")
_GOING_ON = words("keep continue remain go maintain stay")
_PAST = words("previously formerly earlier once successive long-time erstwhile then")
_SURMISING = words(
    """
    hope expect think believe fear doubt wonder suggest hint predict speculate suspect guess imply
    assume anticipate argue warn
    """
)
"""Verbs of saying behind which "would" is no plan of anybody: "thought that it would help"."""
_WEIGHING = words("consider weigh mull contemplate ponder study examine")
_DISOWNING = words("reject dismiss refute rebut dispute deny contradict")
_REPORTS = words(
    """
    report claim suggestion rumour rumor allegation speculation assertion story notion idea
    accusation charge insinuation account
    """
)
_SCARCELY = words("nor neither hardly scarcely no")


def polarity(parse: Parse, relation: Relation, cues: Cues) -> Polarity:
    """`negated` where what the cue says is denied, refused or taken back.

    Two negations undo each other: "did not refuse to back".
    """
    of_noun = relation.build == "noun"
    count = _of_noun(parse, relation, cues) if of_noun else _of_verb(parse, relation, cues)
    return "negated" if count % 2 else "affirmed"


def _of_noun(parse: Parse, relation: Relation, cues: Cues) -> int:
    """How often a noun is negated: "no support", "refused its support"."""
    word = parse.words[relation.at]
    count = int(_has_no(parse, relation.at))
    head = parse.words[word.head].head if word.dep == "pobj" else word.head
    if word.dep in ("dobj", "nsubjpass", "pobj") and head != relation.at:
        count += _negative(parse, head, cues)
    return count


def _of_verb(parse: Parse, relation: Relation, cues: Cues) -> int:
    """How often what a verb or adjective says is negated."""
    base = base_of(parse, relation.at, cues)
    count = _negations(parse, relation)
    count += relation.kind == "denies" or base in _REFUSING - {"reject"}
    count += sum(_negative(parse, head, cues) for head in _governors(parse, relation.at))
    count += base in _DISOWNING and relation.kind != "denies" and _of_a_report(parse, relation.at)
    if relation.build == "verb" and base in cues.light:
        count += any(_has_no(parse, noun) for noun in parse.having(relation.at, "dobj"))
    return count


def _of_a_report(parse: Parse, verb: int) -> bool:
    """ "rejected reports that it had backed the plan": what the report tells is denied."""
    return any(
        parse.words[noun].lemma in _REPORTS and parse.having(clause, "mark")
        for noun in parse.having(verb, "dobj")
        for clause in parse.having(noun, "acl", "ccomp", "relcl")
    )


def _has_no(parse: Parse, noun: int) -> bool:
    return any(parse.words[child].lower == "no" for child in parse.having(noun, "det", "neg"))


def _negations(parse: Parse, relation: Relation) -> int:
    """How often the clause of a verb is negated, by words that are not of its content."""
    verb = relation.at
    said = {k for first, last in relation.content for k in range(first, last + 1)}
    count = sum(child not in said for child in parse.having(verb, "neg"))
    count += sum(
        1
        for child in parse.having(verb, "advmod", "preconj", "cc")
        if parse.words[child].lower in _SCARCELY and child not in said and child < verb
    )
    count += _no_longer(parse, verb)
    subjects = [one for one in parse.having(verb, "nsubj", "nsubjpass") if one not in said]
    count += any(parse.words[subject].lower == "neither" for subject in subjects)
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
    refusing = base_of(parse, verb, cues) in _REFUSING or (
        word.lemma in ("fall", "stop")
        and any(parse.words[c].lower == "short" for c in parse.children[verb])
    )
    return int(refusing) + len(parse.having(verb, "neg")) + _no_longer(parse, verb)


def _governors(parse: Parse, at: int) -> Iterator[int]:
    """The verbs that a verb hangs on with the same subject: "refused to back"."""
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
    if relation.kind == "supports" and _not_done_yet(parse, relation.at):
        return "hypothetical"
    for verb in _deciding(parse, relation):
        found = _of_group(parse, verb, cues, governs=verb != relation.at)
        if found is not None:
            return found
    if _is_question(parse):
        return "hypothetical"
    return "demanded" if _subjunctive(parse, relation.at, cues) else "asserted"


def _not_done_yet(parse: Parse, verb: int) -> bool:
    """ "Has not endorsed the plan": neither for it nor against it."""
    perfect = _helpers(parse, verb, "aux") & {"has", "have", "'ve", "’ve"}
    return bool(perfect) and any(
        parse.words[child].lower in ("not", "n't", "n’t") for child in parse.having(verb, "neg")
    )


def _has_yet_to(parse: Parse, verb: int) -> bool:
    beside = {parse.words[child].lower for child in parse.children[verb]}
    return parse.words[verb].lemma.lower() == "have" and "yet" in beside


def turns_round(parse: Parse, verb: int, cues: Cues) -> bool:
    """Whether a verb negates what hangs on it: "stopped short of backing", "did not back"."""
    return _negative(parse, verb, cues) % 2 == 1


def _deciding(parse: Parse, relation: Relation) -> list[int]:
    """The words whose verb groups decide: the cue, or the verb over it, and their governors."""
    at, head = relation.at, parse.words[relation.at].head
    if relation.build == "noun":
        return [head] if parse.words[head].pos in ("VERB", "AUX") else []
    if relation.build == "adjective":
        return [at, head, *_governors(parse, head)]
    return [at, *_governors(parse, at)]


def _of_group(parse: Parse, verb: int, cues: Cues, *, governs: bool) -> Modality | None:
    """What a verb group says of modality, None where nothing; `governs`: it is not the cue's own.

    "cannot but welcome", "we shall support" and "could not agree" are no mere possibilities, nor
    are "would never accept" and "would continue to back".
    """
    word, helpers = parse.words[verb], _helpers(parse, verb, "aux", "mark", "advmod")
    if _has_yet_to(parse, verb):
        return "hypothetical"
    weighs = word.lemma.lower() in _WEIGHING
    if helpers & _CONDITIONS or _inverted_should(parse, verb) or _inverted_were(parse, verb):
        return "hypothetical"
    just_before = [one.lower for one in parse.words[max(0, verb - 2) : verb]]
    if "can" in helpers and "but" in just_before:
        return None
    if "shall" in helpers and _first_person(parse, verb):
        return None
    if weighs and not governs and word.tag == "VBG":
        return "hypothetical"
    if "would" in helpers and _was_said(parse, verb, cues):
        return None
    if helpers & _MODALS and not ("would" in helpers and word.lemma.lower() in _WISHING):
        firm = "would" in helpers and not _under_condition(parse, verb)
        if firm and word.lemma.lower() in _GOING_ON:
            return None
        unable = (helpers & _ABLE or firm) and parse.having(verb, "neg")
        return None if unable else "hypothetical"
    if helpers & _DUTY:
        return "demanded"
    return "hypothetical" if weighs and governs else None


def _was_said(parse: Parse, verb: int, cues: Cues) -> bool:
    """ "Said that it would back the plan": what will be, told in the past, under no condition."""
    clause = verb
    while parse.words[clause].dep == "conj" and parse.words[clause].head < clause:
        clause = parse.words[clause].head
    saying = parse.words[clause].head
    if parse.words[clause].dep != "ccomp" or parse.words[saying].tag not in ("VBD", "VBN"):
        return False
    if cues.kinds.get(base_of(parse, saying, cues)) != "says":
        return False
    if base_of(parse, saying, cues) in _SURMISING:
        return False
    return not _under_condition(parse, clause)


def _under_condition(parse: Parse, verb: int) -> bool:
    """Whether a clause beside a verb, or beside one over it, says on what condition."""
    return any(
        parse.words[mark].lower in _CONDITIONS
        for one in (verb, *parse.ancestors(verb), *parse.having(verb, "xcomp"))
        for clause in parse.having(one, "advcl", "prep")
        for mark in (clause, *parse.having(clause, "mark"))
    )


def _helpers(parse: Parse, verb: int, *deps: str) -> set[str]:
    """The words in these relations to a verb, in lower case."""
    return {parse.words[child].lower for child in parse.having(verb, *deps)}


def _is_question(parse: Parse) -> bool:
    """Whether a sentence ends with a question mark, be it in front of a closing quotation mark."""
    last = parse.words[-1].text.strip("”\"’'")
    return last in ("?", "") and "?" in (one.text for one in parse.words[-2:])


def asked(parse: Parse, relation: Relation) -> bool:
    """Whether a verb is what somebody asks its subject to do: "demanding the UN to hold it"."""
    verb = relation.at
    infinitive = any(parse.words[one].lower == "to" for one in parse.having(verb, "aux"))
    clausal = parse.words[verb].dep in ("ccomp", "xcomp", "acl", "advcl")
    return infinitive and clausal and bool(parse.having(verb, "nsubj"))


def wished(parse: Parse, relation: Relation) -> bool:
    """Whether a clause says what another wishes its subject to do: "we hope that Spain will"."""
    verb = relation.at
    if relation.build == "adjective":
        verb = parse.words[verb].head
    if not _helpers(parse, verb, "aux") & (_MODALS | _FUTURE) or _first_person(parse, verb):
        return False
    while parse.words[verb].dep == "conj" and parse.words[verb].head < verb:
        verb = parse.words[verb].head
    head = parse.words[verb].head
    if head == verb or parse.words[verb].dep not in ("ccomp", "acl", "xcomp"):
        return False
    of = [head, *(parse.having(head, "attr") if parse.words[head].lemma == "be" else ())]
    return any(parse.words[one].lemma.lower() in _HOPING for one in of)


def duty(parse: Parse, relation: Relation) -> bool:
    """Whether the clause says what its subject should or must do."""
    helpers = _helpers(parse, relation.at, "aux")
    return bool(helpers & _DUTY) and not _first_person(parse, relation.at)


def _inverted_should(parse: Parse, verb: int) -> bool:
    """ "Should Bulgaria drop its objection": a condition without "if"."""
    first = min(parse.having(verb, "nsubj"), default=0)
    return any(
        parse.words[child].lower == "should" and child < first
        for child in parse.having(verb, "aux")
    )


def _inverted_were(parse: Parse, verb: int) -> bool:
    """ "Were Bulgaria to drop its objection": a condition without "if"."""
    return parse.words[0].lower == "were" and "to" in _helpers(parse, verb, "aux")


def _first_person(parse: Parse, verb: int) -> bool:
    return any(parse.words[one].lower in ("i", "we") for one in parse.having(verb, "nsubj"))


def _subjunctive(parse: Parse, verb: int, cues: Cues) -> bool:
    """ "demands that Spain recognise": the base form behind a verb of demanding."""
    word = parse.words[verb]
    if word.tag not in ("VB", "VBP") or word.dep != "ccomp" or parse.having(verb, "aux"):
        return False
    demanding = cues.kinds.get(base_of(parse, word.head, cues)) == "demands"
    plural = any(parse.words[one].tag == "NNS" for one in parse.having(verb, "nsubj"))
    return demanding and not plural


def time(parse: Parse, relation: Relation) -> Time:
    """`past` where the clause says that it speaks of an earlier position: "had backed"."""
    for verb in (relation.at, *_governors(parse, relation.at)):
        helpers = _helpers(parse, verb, "aux", "advmod", "amod")
        if helpers & _PAST or ("had" in helpers and relation.kind != "says"):
            return "past"
        used_to = parse.words[verb].lemma == "use" and verb != relation.at
        if used_to or _in_a_year(parse, verb):
            return "past"
    return "present"


def _in_a_year(parse: Parse, verb: int) -> bool:
    """ "backed it in 2019", "in 1984, Zaire held": a past tense with the year."""
    if parse.words[verb].tag != "VBD":
        return False
    opening = range(min(5, len(parse.words))) if parse.words[verb].dep == "ROOT" else ()
    behind = [
        noun
        for child in parse.having(verb, "prep")
        if parse.words[child].lower in ("in", "until")
        for noun in parse.having(child, "pobj")
    ]
    return any(
        parse.words[at].text.isdigit() and len(parse.words[at].text) == 4
        for at in (*opening, *behind)
    )
