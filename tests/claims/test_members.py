"""Who else holds what a group, a delegate or an office says, and how far the content reaches."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import OPEN, Claim

Parsed = Callable[..., tuple[Claim, ...]]


def cued(claims: tuple[Claim, ...], text: str) -> set[tuple[str, str]]:
    """Holder and content of the claims that have a cue."""
    return {
        (one.holder, " ".join(span.of(text) for span in one.content))
        for one in claims
        if one.cue is not None and one.holder != OPEN
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Group, which includes Kenya, Ghana and Bolivia, reaffirmed its support for talks.",
         {"KEN", "GHA", "BOL"}),
        ("A bloc made up of Chile and Peru backs the plan.", {"CHL", "PER"}),
        ("A loose group comprising Chile and Peru backs the plan.", {"CHL", "PER"}),
        ("The alliance, consisting of Peru and Chile, rejected the plan.", {"PER", "CHL"}),
        ("The bloc, which counts Peru and Chile among its members, backs the plan.",
         {"PER", "CHL"}),
        # who is named beside a group is none of its members
        ("The group, which has not included Chile since May, backs the plan.", set()),
        ("The group, which Chile left in May, backs the plan.", set()),
        ("The bloc, which met in Kenya, backs the plan.", set()),
        ("The tour, which includes Kenya and Ghana, backs the plan.", set()),
        # for whom it is said
        ("Peru, speaking on behalf of the African Union, commended the plan.", {"PER", "AU"}),
        ("On behalf of the African Union, Kenya welcomed the plan.", {"KEN", "AU"}),
        ("Speaking on behalf of the African Union, Kenya's envoy welcomed the plan.",
         {"KEN", "AU"}),
        ("Chile, taking the floor on behalf of Peru, rejected the plan.", {"CHL", "PER"}),
        ("Chile, talking on behalf of Peru and Bolivia, rejected the plan.",
         {"CHL", "PER", "BOL"}),
        ("Kenya, acting on behalf of Chad in a border case, backed the plan.", {"KEN"}),
        ("Kenya, speaking in the hall of the African Union, backed the plan.", {"KEN"}),
        # an office that is the country's own
        ("Kenya is calm. The head of state backs the plan.", {"KEN"}),
        ("Kenya is calm. The head of government backs the plan.", {"KEN"}),
        ("Kenya is calm. The head of the bakery backs the plan.", set()),
        # ", who" behind a noun, though the parser makes it a clause of its own
        ("He had been received in Rome by the Chilean minister, who reiterated that the plan was "
         "sound and that talks must go on.", {"CHL"}),
        ("The envoy met with the president of Chile, who renewed his support for the plan.",
         {"CHL"}),
        # the parties to a conflict are not the two at the table
        ("Chile and Peru met in Lima. Both capitals left the plan accepted by the two parties.",
         set()),
        ("Chile and Peru met in Lima. The two parties backed the plan.", {"CHL", "PER"}),
    ],
)  # fmt: skip
def test_who_holds_it(text: str, expected: set[str], parsed_claims: Parsed) -> None:
    assert {holder for holder, _ in cued(parsed_claims(text), text)} == expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("President Mokrani reaffirmed Kenya's firm position in favour of a just solution.",
         "Kenya's firm position in favour of a just solution"),
        ("Kenya renewed its trust in the efforts of the envoy.", "in the efforts of the envoy"),
        ("Kenya reaffirmed its position in support of the plan.", "in support of the plan"),
        ("Peru's minister repeated Peru's faith in the mediation of the envoy.",
         "Peru's faith in the mediation of the envoy"),
        ("Peru renewed its confidence in the process.", "in the process"),
        # the occasion is no part of it
        ("Kenya reaffirmed Kenya's backing in a letter to the envoy.", "Kenya's backing"),
        ("Kenya repeated Kenya's backing in January.", "Kenya's backing"),
        ("Kenya reiterated Kenya's hope in a statement.", "Kenya's hope"),
    ],
)  # fmt: skip
def test_what_a_noun_of_stance_is_about(text: str, content: str, parsed_claims: Parsed) -> None:
    held = cued(parsed_claims(text), text)
    assert {what for _, what in held} == {content}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru recalled its ambassador to Spain in 2024.", set()),
        ("Peru would recall its envoy from Chile.", set()),
        ("Peru recalled its commitment to the plan.", {("PER", "to the plan")}),
        ("Peru recalled that the plan was sound.", {("PER", "that the plan was sound")}),
    ],
)
def test_recalling(text: str, expected: set[tuple[str, str]], parsed_claims: Parsed) -> None:
    assert cued(parsed_claims(text), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya backs the plan. Ghana agrees.", {("KEN", "the plan"), ("GHA", "backs the plan")}),
        ("Kenya backs the plan. Ghana and Peru fully concur.",
         {("KEN", "the plan"), ("GHA", "backs the plan"), ("PER", "backs the plan")}),
        ("Kenya says that the plan is sound. Ghana agrees.",
         {("KEN", "that the plan is sound"), ("GHA", "says that the plan is sound")}),
        # who agrees to something else, or does not
        ("Kenya backs the plan. Ghana agreed to sign a fishing deal.",
         {("KEN", "the plan"), ("GHA", "to sign a fishing deal")}),
        ("Kenya backs the plan. Ghana does not agree.", {("KEN", "the plan")}),
        # two more words
        ("Peru termed the plan a serious basis.", {("PER", "the plan a serious basis")}),
        ("In terms of trade, Peru backs the plan.", {("PER", "the plan")}),
        ("Peru spoke at length. Its chancellery backs the plan.", {("PER", "the plan")}),
    ],
)  # fmt: skip
def test_agreeing(text: str, expected: set[tuple[str, str]], parsed_claims: Parsed) -> None:
    assert cued(parsed_claims(text), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an organ is that of the body spoken of, and "it" goes back to it
        (
            "The leaders of the Gulf Cooperation Council met. On Peru, the Supreme Council "
            "reaffirmed its backing for the plan. It commended the envoy.",
            {"GCC"},
        ),
        ("The Gulf Cooperation Council met. The Ministerial Council backs the plan.", {"GCC"}),
        ("The African Union met in Lima. The Executive Council rejected the plan.", {"AU"}),
        # one that nobody has named is not whoever else the sentence names
        (
            "Rain fell. On ties with Peru, the Supreme Council backs the plan. It left early.",
            set(),
        ),
        ("Peru is calm. The Higher Committee backs the plan.", set()),
    ],
)
def test_organs_belong_to_the_body_spoken_of(
    parsed_claims: Parsed, text: str, expected: set[str]
) -> None:
    assert {holder for holder, _ in cued(parsed_claims(text), text)} == expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Peru has met the envoy, whose efforts to find a political solution Chile supports.",
            "the envoy",
        ),
        ("Peru named the plan that Chile supports.", "the plan"),
    ],
)
def test_what_belongs_to_somebody_is_the_content(
    parsed_claims: Parsed, text: str, content: str
) -> None:
    assert any(
        holder == "CHL" and said.startswith(content)
        for holder, said in cued(parsed_claims(text), text)
    )


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Peru, taking the floor after Chile, backs the plan.", "CHL"),
        ("On ties with Chile, Peru backs the plan.", "CHL"),
        ("Unlike Chile, Peru backs the plan.", "CHL"),
        ("Peru has never recognised the regime that Chile arms.", "CHL"),
    ],
)
def test_who_is_only_named_beside_has_no_claim(
    parsed_claims: Parsed, text: str, beside: str
) -> None:
    assert beside not in {one.holder for one in parsed_claims(text) if one.content[0].start == 0}
