"""Idioms of refusal in plain words, and the look-alikes that stay as they are."""

from __future__ import annotations

import pytest

from stance.claims.cues import Cues


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Peru wants nothing to do with the plan.", "Peru rejects the plan."),
        ("Peru would have no part in any talks.", "Peru would reject any talks."),
        ("Peru was turning down the invitation.", "Peru was rejecting the invitation."),
        ("Peru walked away from the talks.", "Peru rejected the talks."),
        ("Peru shut the door on the plan.", "Peru rejected the plan."),
        ("Peru has turned its back on the envoy.", "Peru has rejected the envoy."),
        ("Peru has refused to go back to the table.", "Peru has rejected the table."),
        ("Peru refuses to take part in the vote.", "Peru rejects the vote."),
        ("Peru will not be part of any vote.", "Peru rejects any vote."),
        # to call a thing what nobody wants
        ("Peru called the plan a farce.", "Peru rejected the plan as a farce."),
        ("Peru branded the text null and void.", "Peru rejected the text as null and void."),
        (
            "Peru described the vote as a real sham.",
            "Peru rejected the vote as a real sham.",
        ),
        ("Peru considers the mines illegal.", "Peru rejects the mines as illegal."),
        # … or to say that it is
        ("Peru said that the plan was a ploy.", "Peru rejected the plan as a ploy."),
        (
            "Peru says: The plan is nothing but a trap.",
            "Peru rejects The plan as nothing but a trap.",
        ),
        ("Peru said the alleged plan was new.", "Peru said the rejected plan was new."),
        # what is not granted
        ("Peru does not recognise the annexation.", "Peru rejects the annexation."),
        ("Peru did not accept Chad's claim.", "Peru rejected Chad's claim."),
        ("Peru will never acknowledge its authority.", "Peru rejects its authority."),
        ("Peru doesn't recognize any claims there.", "Peru rejects any claims there."),
        ("Peru would not bow to a fait accompli.", "Peru rejects a fait accompli."),
        # taking a side, where somebody finds fault with it
        ("Peru slammed Chad's decision to back it.", "Peru rejected Chad's decision to back it."),
        ("Peru deplores the recognition of the isle.", "Peru rejects the recognition of the isle."),
        ("Peru is denouncing Chad's support for it.", "Peru is rejecting Chad's support for it."),
        ("Peru hit out at the opening of a port.", "Peru rejected the opening of a port."),
        ("Peru voiced its anger at the move to open it.", "Peru rejected the move to open it."),
        # what a model hears the half of
        ("Peru said the isle is not part of Chad.", "Peru said the isle does not belong to Chad."),
    ],
)
def test_an_idiom_of_refusal_is_read_as_its_verb(cues: Cues, text: str, plain: str) -> None:
    assert cues.plain(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Peru had a part in the talks.",
        "Peru opened the door to the plan.",
        "Peru turned the road down there.",
        "Peru walked out with the envoy.",
        "Peru refuses to leave the table.",
        "Peru called the plan a milestone.",
        "Peru called on both sides to end the farce.",
        "Peru calls for an end to the illegal trade.",
        "Peru said that the plan was not a farce.",
        "Peru said that the claim that the plan is a farce was wrong.",
        "Peru spoke of the alleged theft of the plan.",
        "Peru considers a fair vote the best way out.",
        "Peru does not recognise the republic.",
        "Peru has not accepted the invitation.",
        "Peru does not accept that the claim is void.",
        "Peru slammed the attack on the consulate.",
        "Peru condemned the decision.",
        "Peru welcomed the decision to open a port.",
        "Peru voiced its support for the decision to back it.",
        "Peru said that the isle is part of Chad.",
    ],
)
def test_what_is_no_refusal_stays_as_it_is(cues: Cues, text: str) -> None:
    assert cues.plain(text) == text
