"""The closed word lists behind the rules for references."""

from __future__ import annotations

from stance.tokens import words

OFFICES = words(
    """
    minister president premier king queen emir sultan chancellor ambassador envoy spokesman
    spokeswoman spokesperson representative diplomat official leader chief delegate monarch prince
    secretary consul commissioner chairman chairwoman chair head negotiator lawmaker senator
    general counterpart politician director officer deputy undersecretary economist rapporteur
    peer colleague adviser advisor aide speaker parliamentarian legislator councillor
    """
)
TITLES = OFFICES | words("mr mrs ms miss king queen sheikh")
NATIONAL = words(
    """
    minister president premier king queen emir sultan chancellor monarch ministry government
    parliament ambassador spokesman spokeswoman spokesperson envoy diplomat delegate representative
    secretary official undersecretary consul
    """
)
"""Offices and bodies that, named without a state, are those of a state at hand."""

COUNTRIES = words(
    """
    country nation state kingdom government republic island monarchy sultanate emirate
    administration
    """
)
AT_HOME = words("ministry government parliament cabinet palace presidency senate chancellery")
"""Bodies that every state has: named without one, they are those of the state spoken of."""

PEOPLE = words("man woman team side boss lawyer mission embassy delegation leadership officials")
DOCUMENTS = words(
    "text resolution statement declaration communique communiqué letter document draft note memo"
)
PAIRS = words(
    """
    ministers countries sides governments presidents leaders nations states parties capitals
    delegations officials diplomats neighbours neighbors partners monarchs heads interlocutors
    counterparts
    """
)
NUMBERS = {
    "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
}  # fmt: skip
"""How many are meant by "the three ministers", "all four"."""

TOGETHER = {"pair": 2, "duo": 2, "twosome": 2, "trio": 3, "threesome": 3, "quartet": 4}
EACH = words("each neither both")
"""What stands for every one of those named before; "neither" denies it of them."""

SPOKES = words("spokesman spokeswoman spokesperson")
UNITED_NATIONS = words("UN UNSC UNGA UNSG UNENVOY MINURSO")
SPEAKERS = OFFICES | NATIONAL | COUNTRIES | AT_HOME | PEOPLE | PAIRS
"""What can say something, though nobody knows who is meant: an agreement or a day cannot."""

MEETING = words(
    """
    meet meeting receive visit talk talks consultation consultations summit call phone telephone
    host session encounter audience co-chair
    """
)
"""What two states do together: behind it "both sides" are these two."""

CONVEYING = words("express convey voice reaffirm reiterate renew affirm confirm extend offer")
FEELINGS = words(
    """
    support gratitude thanks position commitment solidarity rejection readiness attachment
    condolence congratulation concern appreciation satisfaction willingness keenness desire
    determination opposition confidence backing stance condemnation hope wish regret
    """
)
"""What a state has and its minister conveys."""

FIRST_PERSON = words("i we my our us me myself ourselves")
POINTING = words("this these so with such the that those")
SAYING = words(
    "words spoke sentence verdict line remark remarks answer message conclusion reply said warning"
)
STANCES = words("stance position view policy line attitude")
HEADING = words("head lead represent run chair serve")
KINDS = words(
    """
    country state government nation list group capital member power ally number bloc camp majority
    handful circle club rank company minority band
    """
)
ORDER = words("first second third latest last only one those")
GOING_BACK = words("the this that its his her their")
ORGANS = words("council committee assembly commission bureau secretariat board")
"""What decides for an organisation: "the Supreme Council" is that of the body spoken of."""

OF_ORGANS = words("supreme executive ministerial governing permanent plenary higher central")

BODIES = ORGANS | words("union court parliament league tribunal front movement party alliance")
"""What a spokesman may be of by a part of its name: "a Commission spokesman"."""
