"""The closed word lists behind the rules for actors."""

from __future__ import annotations

from stance.tokens import words

OFFICES = words(
    """
    minister ministers president presidents king queen monarch sultan emir prince princess
    ambassador ambassadors envoy envoys secretary premier chancellor spokesperson spokesman
    spokeswoman spokesmen representative representatives diplomat diplomats official
    officials leader leaders chief general commander head counterpart consul lawmaker
    lawmakers senator negotiator chairman chairperson chairwoman premier commissioner
    peer peers colleague colleagues adviser advisers advisor aide aides
    delegate delegates councillor counsellor undersecretary officer officers
    """
)
"""Words for a person who speaks for a body."""

INSTITUTIONS = words(
    """
    government governments administration administrations ministry embassy delegation
    parliament army forces authorities cabinet mission side diplomacy presidency congress
    senate palace regime leadership military monarchy state republic kingdom federation
    consulate-general assembly council chamber resolution resolutions statement communique
    communiqué
    """
)
"""Words for a body that acts for its state."""

PARTY_OFFICES = words(
    """
    mp mps mep meps senators deputy deputies legislator legislators parliamentarian parliamentarians
    congressman congresswoman congressmen whip candidate group caucus faction benches bench members
    member spokespeople spokespersons spokeswomen chairs chair head bloc
    """
)
"""Words for those who speak for a party, beside `OFFICES`."""

GOVERNING = words(
    """
    government governments administration administrations cabinet minister ministers premier
    chancellor ministry
    """
)
"""Who governs speaks for the state, whatever party is named in front: "the Labour government"."""

PARTISAN = words(
    """
    ruling governing opposition far hard right left wing centre center conservative liberal
    socialist leftist rightist communist green populist nationalist islamist separatist unionist
    democratic social christian agrarian secular islamic radical extreme political parliamentary
    rightwing leftwing coalition - main largest biggest smaller small major two three junior
    """
)
"""Lower-case words that tell one party of a state from another."""

SIZES = words("- main largest biggest smaller small major two three junior far hard")
"""Those that parties to a conflict have too: "the two main parties"."""

MODIFIERS = words(
    """
    former deputy prime foreign permanent special high new visiting royal armed defence
    defense state assistant interim acting current incumbent late then outgoing senior top
    national federal vice first military diplomatic official joint ruling own whole entire
    in-charge interior justice trade european african staff deputies general
    """
)
"""Lower-case words that may stand between a state's name and an office."""

TITLES = words(
    """
    Mr Mrs Ms Dr Sir Lord President Minister Secretary Ambassador General King Queen Prince
    Princess Sultan Emir Sheikh Chancellor Premier Colonel Senator Professor Commander
    Marshal Admiral Pope Envoy Captain Major
    """
)
"""Words before a person's name."""

PARTICLES = words(
    """
    de del della da dos du di el al ben bin ibn ould van von der den la le ag mint abu
    """
)
"""Lower-case parts of a person's name."""

PREPOSITIONS = words(
    """
    of in at to from with by for on between against under into through towards toward among
    than like including near via outside inside within across over about around despite
    without during after before since until regarding concerning involving alongside per
    upon beyond
    """
)

DETERMINERS = words(
    """
    the a an this that these those both all several its his her their our my
    """
)

PERSONS = frozenset(["he", "she"])
BODIES = words(
    """
    country countries government nation delegation kingdom republic capital
    """
)
POSSESSIVES = frozenset(["his", "her", "its", "their"])
FIRST_PERSON = words(
    """
    i we my our us me
    """
)

AFTER_IT = words(
    """
    also renews renewed reiterates reiterated supports supported backs backed welcomes
    welcomed opened regards regarded considers considered says said stands stood reaffirms
    reaffirmed endorses endorsed recognises recognized recognizes recognised rejects
    rejected opposes opposed added adds stressed called calls urged urges condemned condemns
    believes praised commended commends hailed pledged voted refuses refused denies denied
    """
)
"""Verbs after which "it" is a body that acts."""
