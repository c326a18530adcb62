"""The closed word lists behind the rules for actors."""

from __future__ import annotations

OFFICES = frozenset(
    """
    minister ministers president presidents king queen monarch sultan emir prince princess
    ambassador ambassadors envoy envoys secretary premier chancellor spokesperson spokesman
    spokeswoman spokesmen representative representatives diplomat diplomats official officials
    leader leaders chief general commander head counterpart consul lawmaker lawmakers senator
    negotiator chairman chairperson chairwoman premier commissioner delegate delegates
    """.split()
)
"""Words for a person who speaks for a body."""

INSTITUTIONS = frozenset(
    """
    government governments administration administrations ministry embassy delegation parliament
    army forces authorities cabinet mission side diplomacy presidency congress senate palace
    regime leadership military monarchy state republic kingdom federation consulate-general
    assembly council chamber resolution resolutions statement communique communiqué
    """.split()
)
"""Words for a body that acts for its state."""

MODIFIERS = frozenset(
    """
    former deputy prime foreign permanent special high new visiting royal armed defence defense
    state assistant interim acting current incumbent late then outgoing senior top national
    federal vice first military diplomatic official joint ruling own whole entire in-charge
    interior justice trade european african staff deputies general
    """.split()
)
"""Lower-case words that may stand between a state's name and an office."""

TITLES = frozenset(
    """
    Mr Mrs Ms Dr Sir Lord President Minister Secretary Ambassador General King Queen Prince
    Princess Sultan Emir Sheikh Chancellor Premier Colonel Senator Professor Commander Marshal
    Admiral Pope Envoy Captain Major
    """.split()
)
"""Words before a person's name."""

PARTICLES = frozenset(
    "de del della da dos du di el al ben bin ibn ould van von der den la le ag mint abu".split()
)
"""Lower-case parts of a person's name."""

PREPOSITIONS = frozenset(
    """
    of in at to from with by for on between against under into through towards toward among than
    like including near via outside inside within across over about around despite without
    during after before since until regarding concerning involving alongside per upon beyond
    """.split()
)

DETERMINERS = frozenset("the a an this that these those both all several its his her their our my".split())

PERSONS = frozenset("he she".split())
BODIES = frozenset("country countries government nation delegation kingdom republic capital".split())
POSSESSIVES = frozenset("his her its their".split())
FIRST_PERSON = frozenset("i we my our us me".split())

NOT_NAMES = frozenset(
    """
    Statement Declaration Joint Commission Committee Dept Department Zone Summit Conference
    Agreement Plan Initiative Council Assembly Army Forces Meeting Session Treaty Resolution
    Communique Communiqué Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Sahara
    """.split()
)
"""Capitalised words that no person's name holds."""
