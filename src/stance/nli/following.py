"""Does a sentence go on about what was spoken of before it, or turn to something else?

In a speech that goes round the world's conflicts the sentence after one on Western Sahara is mostly
on the next conflict: of what was asserted from such sentences in the UN General Debate, one in four
was about the dispute (see LOG.md). Those that are say so: "this issue", "the parties", "his
Personal Envoy".
"""

from __future__ import annotations

import re

_MATTERS = (
    "issue|question|matter|problem|dispute|conflict|case|situation|regard|respect|connection|"
    "context|process|settlement|solution|initiative|proposal|plan|referendum|territor(?:y|ies)|"
    "region|people|cause|war|resolutions?|negotiations?|talks|efforts?|objective|goal|end|task|"
    "approach|position|agreements?|decisions?|dialogue|framework"
)
_KNOWN = (
    "parties|two (?:parties|sides)|sides|conflict|dispute|territory|referendum|plebiscite|"
    "settlement plan|peace plan|peace process|political process|negotiations|talks|"
    "identification|front|personal envoy|special representative|initiative|autonomy plan|"
    "people of the territory|administering power|occupying power|kingdom"
)
_BACK = re.compile(
    rf"\b(?:this|that|these|those|such(?: an?)?)\s+(?:[a-z-]+\s+){{0,2}}(?:{_MATTERS})\b|"
    rf"\b(?:the|both|all|two)\s+(?:[a-z-]+\s+)?(?:{_KNOWN})\b|"
    r"\bhis\s+(?:new\s+|personal\s+|special\s+)?(?:envoy|representative|efforts|mission|work|"
    r"good\s+offices|mediation|endeavours)\b|"
    r"\b(?:they|them|their)\b",
    re.IGNORECASE,
)
"""What points back to a matter that is being spoken of."""

_PLACE = re.compile(
    r"\b(?:in|of|on|for|between|concerning|regarding|over|about|against|to|from)\s+"
    r"(?:the\s+)?(?:question\s+of\s+|people\s+of\s+)?(?!(?:United\s+Nations|Security\s+Council|"
    r"Secretar(?:y|ies)|General\s+Assembly|Organi[sz]ation|Personal|Special|Charter|African\s+"
    r"Unity|African\s+Union|Maghreb|Mor+oc|Algeria|Mauritania|Polisario|Front|Government|"
    r"Assembly|Council|Member|State|Kingdom|Territor|Heads?|Saha?r|Western\s+Sahara|OAU|UN|"
    r"Africa|Foreign|President|Minister|Republic|King|His|Her|Mr|Ms|Mrs|January|February|March|"
    r"April|May|June|July|August|September|October|November|December|[A-Z]\b|[IVX]+\b))"
    r"[A-Z][a-zé’'-]+"
)
"""A place or matter by its name, after a word that puts something there; those of any talk on a
dispute before the United Nations are none."""


def follows(sentence: str) -> bool:
    """Whether a sentence goes on about the matter of the one before it."""
    return _BACK.search(sentence) is not None and _PLACE.search(sentence) is None
