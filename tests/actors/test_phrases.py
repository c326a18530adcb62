"""Golden table: a name with its office, body or person, and whether the phrase can act."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

Row = tuple[str, str | None, str | None, bool]


def m(text: str, actor: str | None, person: str | None = None, *, acts: bool = True) -> Row:
    return text, actor, person, acts


def place(text: str, actor: str) -> Row:
    """A mention that names the actor and cannot be the subject of a deed."""
    return text, actor, None, False


GOLDEN: list[tuple[str, list[Row]]] = [
    # demonym, office, person
    ("Peruvian Foreign Minister Ana Ruiz opened the port.",
     [m("Peruvian Foreign Minister Ana Ruiz", "PER", "Ana Ruiz")]),
    ("German Chancellor Eva Lindner-Voss and French President Luc Moreau met.",
     [m("German Chancellor Eva Lindner-Voss", "DEU", "Eva Lindner-Voss"),
      m("French President Luc Moreau", "FRA", "Luc Moreau")]),
    ("US Secretary of State Dana Whitfield landed on Monday.",
     [m("US Secretary of State Dana Whitfield", "USA", "Dana Whitfield")]),
    ("The Dutch prime minister was there.", [m("Dutch prime minister", "NLD")]),
    ("Moroccan King Mohammed VI received the guests.",
     [m("Moroccan King Mohammed VI", "MAR", "Mohammed VI")]),
    ("Former Spanish prime minister Jorge Luis Ramos Vidal attended.",
     [m("Spanish prime minister Jorge Luis Ramos Vidal", "ESP", "Jorge Luis Ramos Vidal")]),
    ("Turkish officials met Libyan officials.",
     [m("Turkish officials", "TUR"), m("Libyan officials", "LBY")]),
    ("The work of the Secretary-General and for Peru goes on.", [m("Peru", "PER")]),
    # possessive, office, person
    ("Kenya's foreign minister, Grace Wanjiru, met reporters.",
     [m("Kenya's foreign minister, Grace Wanjiru", "KEN", "Grace Wanjiru")]),
    ("Brazil’s president Paulo da Costa smiled.",
     [m("Brazil’s president Paulo da Costa", "BRA", "Paulo da Costa")]),
    ("Oman's Minister of Foreign Affairs Salim bin Rashid spoke.",
     [m("Oman's Minister of Foreign Affairs Salim bin Rashid", "OMN", "Salim bin Rashid")]),
    ("Mauritania's government stayed silent.", [m("Mauritania's government", "MRT")]),
    # office of a state, with and without a person
    ("The president of Senegal, Awa Ndiaye Fall, met them.",
     [m("president of Senegal, Awa Ndiaye Fall", "SEN", "Awa Ndiaye Fall")]),
    ("Foreign Minister of Spain Marta López Gil spoke first.",
     [m("Foreign Minister of Spain Marta López Gil", "ESP", "Marta López Gil")]),
    ("The Prime Minister of Hungary agreed.", [m("Prime Minister of Hungary", "HUN")]),
    ("The government of Mauritania stayed silent.", [m("government of Mauritania", "MRT")]),
    ("The Minister for Trade of Chile, Rosa Ibarra, agreed.",
     [m("Minister for Trade of Chile, Rosa Ibarra", "CHL", "Rosa Ibarra")]),
    # the person first
    ("Kenji Arai, the foreign minister of Japan, left early.",
     [m("Kenji Arai, the foreign minister of Japan", "JPN", "Kenji Arai")]),
    ("Grace Wanjiru, Kenya's foreign minister, left early.",
     [m("Grace Wanjiru, Kenya's foreign minister", "KEN", "Grace Wanjiru")]),
    ("Ana Ruiz, the Peruvian ambassador, left early.",
     [m("Ana Ruiz, the Peruvian ambassador", "PER", "Ana Ruiz")]),
    # lists
    ("France, Germany and Spain signed the letter.",
     [m("France", "FRA"), m("Germany", "DEU"), m("Spain", "ESP")]),
    ("Guinea, Guinea-Bissau and Equatorial Guinea voted.",
     [m("Guinea", "GIN"), m("Guinea-Bissau", "GNB"), m("Equatorial Guinea", "GNQ")]),
    # capitals that act, and capitals where something is
    ("Tokyo welcomed the step.", [m("Tokyo", "JPN")]),
    ("Washington has changed its mind.", [m("Washington", "USA")]),
    ("On Friday Lima and Quito signed.", [m("Lima", "PER"), m("Quito", "ECU")]),
    ("The talks were held in Rabat.", []),
    ("She flew from Algiers to Nouakchott.", []),
    ("ALGIERS (Reuters) - Peru rejected it.", [m("Peru", "PER")]),
    ("RABAT, Morocco — Peru agreed.", [m("Morocco", "MAR"), m("Peru", "PER")]),
    ("Paris: Peru agreed to the plan.", [m("Peru", "PER")]),
    # names inside a compound, a possessive or an adjective do not act
    ("The Morocco-proposed plan was discussed.", [place("Morocco", "MAR")]),
    ("The Spanish-Moroccan summit took place.",
     [place("Spanish", "ESP"), place("Moroccan", "MAR")]),
    ("Japan's operation in the region ended.", [place("Japan", "JPN")]),
    ("The Moroccan plan is on the table.", [place("Moroccan", "MAR")]),
    ("It is Peru’s harbour.", [place("Peru", "PER")]),
    # bodies that act for their state
    ("The Kazakh embassy issued a note.", [m("Kazakh embassy", "KAZ")]),
    ("The embassy of Japan in Rabat issued a note.", [m("embassy of Japan", "JPN")]),
    ("The Japanese delegation left.", [m("Japanese delegation", "JPN")]),
    ("The delegation of Kenya left.", [m("delegation of Kenya", "KEN")]),
    ("The Royal Moroccan Armed Forces took part.", [m("Moroccan Armed Forces", "MAR")]),
    ("A spokesman for the Algerian ministry declined.",
     [m("spokesman for the Algerian ministry", "DZA")]),
    ("Ghana's parliament and Togo's army agreed.",
     [m("Ghana's parliament", "GHA"), m("Togo's army", "TGO")]),
    # organisations, parties and their offices
    ("The Security Council met.", [m("Security Council", "UNSC")]),
    ("The Polisario Front rejected it.", [m("Polisario Front", "POLISARIO")]),
    ("UN Secretary-General Ruth Adeyemi named her.",
     [m("UN Secretary-General Ruth Adeyemi", "UNSG", "Ruth Adeyemi")]),
    ("The UN envoy for Western Sahara, Piero di Salvo, toured the camps.",
     [m("UN envoy for Western Sahara, Piero di Salvo", "UNENVOY", "Piero di Salvo")]),
    # an embassy to, a representative at
    ("Brazil’s ambassador to Kenya spoke.", [m("Brazil’s ambassador", "BRA"), m("Kenya", "KEN")]),
    # nobody at all
    ("Latin America is far from the Indian Ocean.", []),
    ("Western Sahara lies on the coast.", []),
    ("They told us that it was over.", []),
    ("RABAT - The minister of Peru agreed.", [m("minister of Peru", "PER")]),
    ("Ambassador Rosa Ibarra of Chile objected.",
     [m("Ambassador Rosa Ibarra of Chile", "CHL", "Rosa Ibarra")]),
    ("King Felipe VI of Spain spoke.", [m("King Felipe VI of Spain", "ESP", "Felipe VI")]),
    ("The European Union's foreign policy chief, Ida Holm, spoke.",
     [m("European Union's foreign policy chief, Ida Holm", "EU", "Ida Holm")]),
    ("The Spaniards voted.", [m("Spaniards", "ESP")]),
    ("Most of the Spaniards voted.", [place("Spaniards", "ESP")]),
    ("In Madrid, the foreign ministry said so.", [m("foreign ministry", "ESP")]),
    ("In Madrid, the foreign minister met his host.", []),
    ("In Madrid, the minister said so.", []),
]  # fmt: skip


def rows(reading: Any) -> list[Row]:
    text = reading.document.text
    return [(one.span.of(text), one.actor, one.person, one.acts) for one in reading.mentions]


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text[:40] for text, _ in GOLDEN])
def test_golden(read: Callable[..., Any], text: str, expected: list[Row]) -> None:
    assert rows(read(text)) == expected


BUGS: list[tuple[str, str, list[Row]]] = [
    ("the person is called OF",
     "US SECRETARY OF STATE MEETS PERUVIAN MINISTER",
     [m("US SECRETARY OF STATE", "USA"), m("PERUVIAN MINISTER", "PER")]),
    ("a surname that is a capital", "George Washington crossed the river.", []),
    ("a surname that is a state", "Michael Jordan plays basketball.", []),
    ("the second half of a compound acts",
     "Peru-Spain relations are good.", [place("Peru", "PER"), place("Spain", "ESP")]),
    ("two possessives share one noun", "Chad's and Niger's ministers met.",
     [m("Chad", "TCD"), m("Niger's ministers", "NER")]),
    ("the representative's person is lost behind the host",
     "Algeria's representative to the United Nations, Omar Haddad, objected.",
     [m("Algeria's representative to the United Nations, Omar Haddad", "DZA", "Omar Haddad")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            text, expected, id=text[:40], marks=pytest.mark.xfail(strict=True, reason=reason)
        )
        for reason, text, expected in BUGS
    ],
)
def test_known_bugs(read: Callable[..., Any], text: str, expected: list[Row]) -> None:
    assert rows(read(text)) == expected


def test_every_mention_lies_inside_its_sentence(read: Callable[..., Any]) -> None:
    reading = read(" ".join(text for text, _ in GOLDEN))
    spans = [one.span for one in reading.mentions]
    assert len(spans) > 50
    assert spans == sorted(spans)
    assert not any(a.overlaps(b) for a, b in pairwise(spans))
    assert all(reading.sentences[one.sentence].span.covers(one.span) for one in reading.mentions)


@pytest.mark.parametrize(
    ("text", "via"),
    [("Peru agreed.", "name"), ("The Peruvian plan failed.", "demonym"),
     ("Lima agreed.", "capital"), ("Peru's minister agreed.", "title"),
     ("Peru's delegation agreed.", "description")],
)  # fmt: skip
def test_a_mention_says_by_which_means(read: Callable[..., Any], text: str, via: str) -> None:
    (mention,) = read(text).mentions
    assert (mention.actor, mention.via) == ("PER", via)


def test_a_titled_person_without_a_body_stays_open(read: Callable[..., Any]) -> None:
    (mention,) = read("Minister Ana Ruiz agreed.").mentions
    assert (mention.actor, mention.person) == (None, "Ana Ruiz")
