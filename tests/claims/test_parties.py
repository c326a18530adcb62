"""What a party holds is the party's, what a camp inside a state holds is nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import OPEN, Claim

Parsed = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spain's Socialists backed the plan.", {"ESP_PSOE"}),
        ("PSOE senator Juan Ruiz said that it rains.", {"ESP_PSOE"}),
        ("In Madrid, the Socialists and the People's Party backed the plan.",
         {"ESP_PSOE", "ESP_PP"}),
        ("US Republicans backed the plan.", {"USA_REP"}),
        ("The Left group in the European Parliament rejected the plan.", {"EP_LEFT"}),
        ("Spain's Vox was absent. The party's foreign affairs spokeswoman, Ana Ruiz, said that it "
         "rains.", {"ESP_VOX"}),
        ("Spain's Vox was absent. “It rains,” said the party's leader, Juan Paz.", {"ESP_VOX"}),
        ("Britain's Liberal Democrats were absent. Their spokesman said that it rains.",
         {"GBR_LIBDEM"}),
        ("Spain's main opposition party, the PP, rejected the plan.", {"ESP_PP"}),
        ("Spanish opposition parties including Vox and the PP rejected the plan.",
         {"ESP_VOX", "ESP_PP"}),
        ("Spain's Socialist government backed the plan.", {"ESP"}),
        ("Spain's Socialist prime minister Ana Ruiz backed the plan.", {"ESP"}),
        # a later description, and an alliance
        ("Spain's Sumar was absent. The left-wing alliance rejected the plan.", {"ESP_SUMAR"}),
        # nobody's
        ("The president's party in Ghana backed the plan.", set()),
        ("Algerian parties rejected the plan.", set()),
        ("Venezuela's opposition leader, Ana Ruiz, backed the plan.", {"person:Ana Ruiz"}),
        ("Spain's ruling party backed the plan.", set()),
        ("The ruling party in Ghana backed the plan.", set()),
        ("Spain's foreign minister was in Lima. The ruling party's spokesman rejected the plan.",
         set()),
        ("The leader of the Spanish opposition rejected the plan.", set()),
        ("Britain was split. The shadow foreign secretary, Ana Hill, backed the plan.", set()),
        ("Chile was calm. The opposition rejected the plan. It called the plan a sham.", set()),
        ("Opposition leader Ana Ruiz rejected the plan in Spain.", {"person:Ana Ruiz"}),
        # the state's all the same
        ("Algeria's opposition to the plan is known.", {"DZA"}),
        ("The Croatian party backed the plan.", {"HRV"}),
        ("Ghana's opposition rejected the plan, but the government welcomed it.", {"GHA"}),
    ],
)  # fmt: skip
def test_whose_it_is(text: str, expected: set[str], parsed_claims: Parsed) -> None:
    cued = [one for one in parsed_claims(text) if one.cue is not None and not one.tentative]
    assert {one.holder for one in cued} - {OPEN} == expected


@pytest.mark.parametrize(
    ("text", "state", "named"),
    [
        ("Spain's ruling party backed the plan.", "ESP", False),
        ("Opposition parties in Spain backed the plan.", "ESP", False),
        ("Spain's Socialists backed the plan.", "ESP", False),
        ("The plan was read in Spain and in Peru.", "ESP", True),
        ("Spain, whose opposition was absent, read it.", "ESP", True),
    ],
)
def test_a_state_that_tells_where_a_party_stands(
    text: str, state: str, named: bool, parsed_claims: Parsed
) -> None:
    assert (state in {one.holder for one in parsed_claims(text)}) is named
