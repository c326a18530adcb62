"""Recognition denied to the other side, and what only looks like it."""

from __future__ import annotations

import pytest

from stance.nli.denials import denies, withholds

DENIED = denies(("free republic", "rebel*"))


@pytest.mark.parametrize(
    "premise",
    [
        "Peru does not recognise the free republic as a state.",
        "Peru has never recognized the self-proclaimed Free Republic.",
        "Peru refuses to recognise the rebels' state.",
        "Peru told Chile that no neighbour recognises the free republic.",
        "Peru withdrew its recognition of the free republic.",
        "Peru was suspending all its relations with the free republic.",
        "Peru broke off diplomatic ties with the rebels.",
        "The free republic, which Peru does not recognise, sent a team.",
        "The free republic is not recognised by Peru.",
        "Peru dropped its support for the free republic.",
        "Peru reversed its backing of the rebels.",
        "Peru does not express its support for the free republic.",
    ],
)
def test_recognition_is_denied(premise: str) -> None:
    assert DENIED(premise)


@pytest.mark.parametrize(
    "premise",
    [
        "Peru recognises the free republic.",
        "Peru does not recognise the annexation and stands with the rebels.",
        "Peru deplored that Chile had withdrawn its recognition of the free republic.",
        "Peru has not withdrawn its recognition of the free republic.",
        "Peru did not hesitate to recognise the free republic.",
        "Peru not only recognised the free republic but armed it.",
        "Peru does not recognise the border. The free republic was glad.",
        "Peru does not recognise the border.",
    ],
)
def test_what_is_no_denied_recognition(premise: str) -> None:
    assert not DENIED(premise)


def test_without_rivals_nothing_is_denied() -> None:
    assert not denies(())("Peru does not recognise the free republic.")


def test_who_stops_short_of_a_side_takes_none() -> None:
    assert withholds("Peru stopped just short of backing the rebels.")
    assert not withholds("Peru stopped backing the rebels.")
