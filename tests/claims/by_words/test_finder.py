"""Golden table of plain news sentences: who holds what, in whose voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .describe import lines

GOLDEN: list[tuple[str, list[str]]] = [
    # the author says what an actor does
    ("Peru supports the harbour plan.", ["PER author"]),
    ("Peru backed the harbour plan on Tuesday.", ["PER author"]),
    ("On 3 May 2021, Peru recognised the republic.", ["PER author"]),
    ("Yesterday Peru recognised the republic.", ["PER author"]),
    ("Tokyo welcomed the harbour plan.", ["JPN author"]),
    ("Chile, however, rejected the plan.", ["CHL author"]),
    ("Chile also rejected the plan.", ["CHL author"]),
    ("Togo opened a consulate in Dakhla.", ["TGO author"]),
    ("Peru's foreign minister, Ana Ruiz, welcomed the plan.", ["PER author"]),
    ("Peru took note of the plan and has long supported it.", ["PER own"]),
    ("Jordan is among the countries who support the plan.", ["JOR author"]),
    ("Ghana is one of the countries that support the plan.", ["GHA author"]),
    # passive
    ("The plan was backed by Gabon.", ["GAB author"]),
    ("The plan, strongly backed by Gabon and Togo, was presented.", ["GAB author", "TGO author"]),
    ("The plan is rejected by Chile.", ["CHL author"]),
    ("The referendum, opposed by Chile, was postponed.", ["CHL author"]),
    ("The plan is supported by Peru, Chile and the United States.",
     ["CHL author", "PER author", "USA author"]),
    # a noun that says it
    ("She restated US commitment to the harbour plan.", ["USA author"]),
    ("Bahrain's steadfast support for the plan is well known.", ["BHR author"]),
    ("Spanish support for the plan surprised many.", ["ESP author"]),
    ("The support of Bahrain for the plan is clear.", ["BHR author"]),
    ("They noted the support of several countries such as Chad, Niger and Mali for the plan.",
     ["MLI author", "NER author", "TCD author"]),
    # an actor expresses something
    ("Germany expressed its support for the plan.", ["DEU own"]),
    ("Austria voiced its opposition to the annexation.", ["AUT own"]),
    ("Peru described the plan as the most serious basis.", ["PER own"]),
    ("Peru considers the plan serious.", ["PER own"]),
    ("Hungary, for its part, considers the plan serious.", ["HUN own"]),
    # several actors
    ("Chile and Peru announced their support for the envoy.", ["CHL own", "PER own"]),
    ("Both Oman and Qatar backed the plan.", ["OMN author", "QAT author"]),
    ("Malta, Cyprus and Greece support the plan.", ["CYP author", "GRC author", "MLT author"]),
    ("In a joint statement, Peru and Chile backed the plan.", ["CHL author", "PER author"]),
    ("Countries such as Ghana, Togo and Benin opened consulates in Dakhla.",
     ["BEN author", "GHA author", "TGO author"]),
    ("Several countries, including Ghana and Togo, support the plan.",
     ["GHA author", "TGO author"]),
    ("The Peruvian delegation and the Chilean embassy welcomed the plan.",
     ["CHL author", "PER author"]),
    # two clauses
    ("Chile rejects the plan; Peru welcomes it.", ["CHL author", "PER author"]),
    ("Peru supports the plan but Chile rejects it.", ["CHL author", "PER author"]),
    ("Peru backed the plan, while Chile opposed it.", ["CHL author", "PER author"]),
    # relative clauses
    ("They met the delegation of Kenya, which calls for a referendum.", ["KEN own"]),
    ("They met officials of Peru, who reiterated their support for the plan.", ["PER own"]),
    ("Kuwait, whose emir visited the camp, supports the plan.", ["KWT author"]),
    # reported speech
    ("Peru said on Monday that Chile supports the plan.", ["CHL reported"]),
    ("Peru's minister, Ana Ruiz, said that the plan was the only basis.", ["PER own"]),
    ("The UN envoy said Mauritania supports the plan.", ["MRT reported"]),
    ("Members must respect the plan, Peru insisted.", ["PER own"]),
    ("According to Peru, the people have a right to vote.", ["PER own"]),
    ("The people have a right to vote, according to Peru.", ["PER own"]),
    # demands
    ("Peru urged the parties to negotiate.", ["PER own"]),
    ("Peru called on the Security Council to organise a referendum.", ["PER own"]),
    ("Norway demanded that the Security Council organise a referendum.", ["NOR own"]),
    ("Denmark should support the plan.", ["DNK author demanded"]),
    ("The Security Council must renew the mandate.", ["UNSC own demanded"]),
    # negation
    ("Kenya does not recognise the republic.", ["KEN author negated"]),
    ("Ireland has not recognised the republic.", ["IRL author negated"]),
    ("Portugal never supported the plan.", ["PRT author negated"]),
    ("Iceland cannot support the plan.", ["ISL author negated"]),
    ("Spain refused to back the plan.", ["ESP own negated"]),
    ("Norway declined to endorse the plan.", ["NOR own negated"]),
    # what is not so yet
    ("Italy would support a new round of talks.", ["ITA author hypothetical"]),
    ("Norway might recognise the republic.", ["NOR author hypothetical"]),
    ("Whether Norway supports the plan is unclear.", ["NOR author hypothetical"]),
    ("If Sweden recognises it, Norway may follow.",
     ["NOR author hypothetical", "SWE author hypothetical"]),
    # the past
    ("Peru had previously supported the plan.", ["PER author past"]),
    # nothing is held
    ("Peru.", []),
    ("The talks were held in Rabat under Western Sahara's sun.", []),
    ("Peru thanked Chile for its support.", []),
    ("Latin America supports the plan.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text[:48] for text, _ in GOLDEN])
def test_golden(read: Callable[..., Any], text: str, expected: list[str]) -> None:
    assert lines(read(text).claims) == expected


BUGS: list[tuple[str, str, list[str]]] = [
    ("a date without a comma hides the subject",
     "In 2020 the United States recognised the republic.", ["USA author"]),
    ("a date without a comma hides the subject",
     "On Monday Peru recognised the republic.", ["PER author"]),
    ("'no longer' hides the verb", "Croatia no longer recognises it.", ["HRV author negated"]),
    ("'process' is taken for a verb after 'for the UN'",
     "Germany expressed its support for the UN process.", ["DEU own"]),
    ("the object of 'its backing of' is taken for its owner",
     "Senegal reiterated its backing of Morocco's plan.", ["SEN own"]),
    ("the object of 'its recognition of' is taken for its owner",
     "The United States reaffirmed its recognition of Moroccan sovereignty.", ["USA own"]),
    ("what is denied is affirmed by the author in a second claim",
     "Algiers denied that Algeria supports the plan.", ["DZA own negated"]),
    ("the noun before 'of' at the end of the sentence has no content",
     "The plan has the backing of Estonia.", ["EST author"]),
    ("the noun before 'of' at the end of the sentence has no content",
     "The plan has won the support of Bahrain and Oman.", ["BHR author", "OMN author"]),
    ("the passive object of a demand is taken for who demands",
     "Latvia was asked to support the plan.", []),
    ("a question is read as a statement", "Does Romania support the plan?", []),
    ("a quotation mark hides the noun", "Belgium's “full support” for the plan was noted.",
     ["BEL author quoted"]),
    ("the negation behind 'that it' is lost",
     "Chile stressed that it does not support the plan.", ["CHL own negated"]),
    ("the negation behind 'that it' is lost",
     "Peru said it will never back the plan.", ["PER own negated"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            text, expected, id=text[:48], marks=pytest.mark.xfail(strict=True, reason=reason)
        )
        for reason, text, expected in BUGS
    ],
)
def test_known_bugs(read: Callable[..., Any], text: str, expected: list[str]) -> None:
    assert lines(read(text).claims) == expected


@pytest.mark.parametrize(
    ("text", "holder", "content"),
    [
        ("Peru supports the plan.", "PER", ["supports the plan"]),
        ("The plan was backed by Gabon.", "GAB", ["The plan was backed"]),
        ("Members must respect the plan, Peru insisted.", "PER", ["Members must respect the plan"]),
        ("Chile rejects the plan; Peru welcomes it.", "CHL", ["rejects the plan"]),
        ("Peru supports the plan and Chile rejects it.", "PER", ["supports the plan"]),
        ("She restated US commitment to the plan.", "USA", ["to the plan"]),
        ("In a joint statement, Peru backed it.", "PER", ["In a joint statement", "backed it"]),
    ],
)
def test_the_content_is_what_is_held(
    read: Callable[..., Any], text: str, holder: str, content: list[str]
) -> None:
    (claim,) = [claim for claim in read(text).claims if claim.holder == holder]
    assert [span.of(text) for span in claim.content] == content


@pytest.mark.xfail(strict=True, reason="the content is not bounded by the clause")
@pytest.mark.parametrize(
    ("text", "holder", "content"),
    [
        ("According to Peru, the vote is a right.", "PER", ["the vote is a right"]),
        ("The vote is a right, according to Peru.", "PER", ["The vote is a right"]),
        ("While Peru supports the plan, Chile rejects it.", "PER", ["While", "supports the plan"]),
        ("“Chile supports it,” the Peruvian minister said.", "CHL", ["supports it"]),
    ],
)
def test_the_content_ends_with_its_clause(
    read: Callable[..., Any], text: str, holder: str, content: list[str]
) -> None:
    (claim,) = [claim for claim in read(text).claims if claim.holder == holder]
    assert [span.of(text) for span in claim.content] == content
