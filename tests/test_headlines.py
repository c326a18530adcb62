"""Headlines are read as prose: common words lose their capitals, names keep theirs."""

from __future__ import annotations

import pytest

from stance.build import segmenter
from stance.headlines import as_prose, eased
from stance.tokens import tokenise
from stance.types import Document


def first_line(text: str) -> str:
    document = Document.from_text(text)
    sentences = segmenter()(document)
    row = as_prose(
        tokenise(document.text, sentences[0]),
        eased(document, sentences).get(sentences[0].index, {}),
    )
    return " ".join(token.text for token in row)


BODY = "\n\nPARIS - Luc Moreau of the GCC said on Monday that the plan was good.\n"


@pytest.mark.parametrize(
    ("headline", "prose"),
    [
        ("GCC Reiterates Firm Support for Plan", "GCC reiterates firm support for plan"),
        (
            "Moreau Backs Autonomy Plan, Says It Is Best",
            "Moreau backs autonomy plan , says it is best",
        ),
        ("Broad Backing at UN for Luc Moreau", "broad backing at UN for Luc Moreau"),
        ("MOREAU WELCOMES FRESH PLAN", "Moreau welcomes fresh plan"),
        # a name that the body lacks, behind a title
        ("King Felipe VI Receives Envoys", "King Felipe VI receives envoys"),
        ("Mr Karl Horn Rejects Talks", "Mr Karl Horn rejects talks"),
        ("Foreign Minister Rejects Talks", "foreign Minister rejects talks"),
        # halves of a word are left as they are
        ("Algeria-backed Front Rejects Talks", "algeria - backed front rejects talks"),
        ("Spain Doesn't Back New Plan", "spain Doesn ' t back new plan"),
    ],
)
def test_a_headline_as_prose(headline: str, prose: str) -> None:
    assert first_line(headline + BODY) == prose


@pytest.mark.parametrize(
    "line",
    [
        "Algeria rejects the plan of Morocco",
        "Algeria, South Africa and Chad Rejected Morocco's Plan.",
        "Luc Moreau",
        "He told the Security Council that Peru and Chile back the Paris Agreement",
    ],
)
def test_a_line_that_is_no_headline(line: str) -> None:
    document = Document.from_text(line + BODY)
    assert 0 not in eased(document, segmenter()(document))
