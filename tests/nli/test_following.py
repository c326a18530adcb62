"""Whether a sentence goes on about what was spoken of before it."""

from __future__ import annotations

import pytest

from stance.nli.following import follows


@pytest.mark.parametrize(
    "sentence",
    [
        "We hope that this long-standing dispute will be settled.",
        "My delegation calls on the parties to resume their talks.",
        "Togo supports the Secretary-General and his Personal Envoy.",
        "They alone can decide.",
        "The United Nations has to solve it, and that process is ours.",
        "We welcome the settlement plan of the Organization of African Unity.",
    ],
)
def test_what_points_back_goes_on(sentence: str) -> None:
    assert follows(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We welcome the work of the United Nations Development Programme.",
        "The Organization is the only hope of mankind.",
        "We support this process in Libya.",
        "With regard to Cyprus, the two sides should talk.",
        "The people of Palestine have waited; that conflict must end.",
        "We believe that peace is near.",
        "",
    ],
)
def test_what_names_another_matter_or_points_nowhere_does_not(sentence: str) -> None:
    assert not follows(sentence)
