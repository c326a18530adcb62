"""Sentences: exact offsets, nothing lost but white space, headlines and hard wraps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.build import segmenter
from stance.types import Document

SEGMENT = segmenter()


def sentences(text: str) -> list[str]:
    document = Document.from_text(text)
    return [sentence.span.of(document.text) for sentence in SEGMENT(document)]


LINES = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("aA.!?\"'“”«»,;:()- \t\n\r\v\f\x85\u2028\u2029\xa0\u3000。…")),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)
PROSE = st.lists(
    st.sampled_from(
        ["Dr. Ito came.", "• a", "1. ", "12\n", "LIMA (EFE) — ", "— A (@b) May 5, 2024", "[6]",
         "“Yes,” he said.", "The U.N. met", "\n", "\r\n", " ", "\n\n\n", "wrapped",
         "at 5 p.m. on", "Headline Without Stop", "(See p. 4.)", "Why?!", "\ufeff", "é́", "日本。"]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(LINES, PROSE))
def test_between_sentences_there_is_only_white_space(text: str) -> None:
    document = Document.from_text(text)
    found = SEGMENT(document)
    assert document.text == text
    assert [sentence.index for sentence in found] == list(range(len(found)))
    at = 0
    for sentence in found:
        assert sentence.span.start >= at
        assert not text[at : sentence.span.start].strip()
        covered = sentence.span.of(text)
        assert covered == covered.strip() != ""
        at = sentence.span.end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028\xa0\t"])
def test_no_words_are_no_sentences(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo agreed. Lima did not.", ["Oslo agreed.", "Lima did not."]),
        ("  Oslo agreed.\t ", ["Oslo agreed."]),
        (
            "Mr. Berg met Dr. Silva at 5 p.m. in Lima.",
            ["Mr. Berg met Dr. Silva at 5 p.m. in Lima."],
        ),
        ("The U.N. envoy spoke. He left.", ["The U.N. envoy spoke.", "He left."]),
        ("Is it over? No! It goes on.", ["Is it over?", "No!", "It goes on."]),
        ("It cost 2.5 million dollars.", ["It cost 2.5 million dollars."]),
        ("we agreed. they refused. ok", ["we agreed.", "they refused.", "ok"]),
        ("See paras. 4 and 5. Lima agreed.", ["See paras. 4 and 5.", "Lima agreed."]),
        ("Amb. Ruiz met Cmdr. Vega.", ["Amb. Ruiz met Cmdr. Vega."]),
        ("It ended at 5 p.m. Tuesday. He left.", ["It ended at 5 p.m. Tuesday.", "He left."]),
        ("The approx. size is known.", ["The approx. size is known."]),
        ("He signed S/RES/12 (1975). It holds.", ["He signed S/RES/12 (1975).", "It holds."]),
        ("Lima agreed... Oslo waits.", ["Lima agreed...", "Oslo waits."]),
        ("It was found.[6] Later it was lost.", ["It was found.[6]", "Later it was lost."]),
        ("It ended. [...] It began.", ["It ended. [...]", "It began."]),
        ("(It is over.) The rest stays.", ["(It is over.)", "The rest stays."]),
        ("He works (since 1990.) at the port.", ["He works (since 1990.) at the port."]),
        ("中文句子。第二句！", ["中文句子。", "第二句！"]),
    ],
)
def test_sentences_end_at_their_stop(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "line_end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n"]
)
def test_a_headline_stands_alone(line_end: str) -> None:
    text = f"Lima Backs Harbour Plan{line_end}By Ana Ruiz{line_end}Lima agreed on Monday."
    assert sentences(text) == ["Lima Backs Harbour Plan", "By Ana Ruiz", "Lima agreed on Monday."]


@pytest.mark.parametrize("wrap", ["\n", "\r\n", " \n", "\n  "])
def test_a_hard_wrap_goes_on(wrap: str) -> None:
    text = f"The minister of Peru said that the{wrap}harbour was open. He left."
    first, second = sentences(text)
    assert first == f"The minister of Peru said that the{wrap}harbour was open."
    assert second == "He left."


WRAPPED = """\
Harbour Plan Backed

The foreign minister said on Monday that the government of
Peru supports the harbour plan and will send a delegation to
Lima next week. She added that talks with the government of
Chile had gone well and that she would meet her counterpart.

Talks go on in April."""


def test_a_text_that_is_wrapped_throughout_goes_on_before_a_name() -> None:
    found = [" ".join(sentence.split()) for sentence in sentences(WRAPPED)]
    assert len(found) == 4
    assert found[0] == "Harbour Plan Backed"
    assert found[1].startswith("The foreign minister") and found[1].endswith("Lima next week.")
    assert found[2].startswith("She added") and found[2].endswith("her counterpart.")


def test_a_list_of_short_lines_is_not_wrapped() -> None:
    names = ["Ana Ruiz", "Luis Vega", "Kofi Asare", "Yao Mensah", "Rosa Ibarra"]
    assert sentences("\n".join(names)) == names


def test_a_quotation_keeps_its_marks() -> None:
    text = "“The harbour is open,” said Ana Ruiz. “It will stay open.”"
    assert sentences(text) == ["“The harbour is open,” said Ana Ruiz.", "“It will stay open.”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is over.” she said.", ["“It is over.” she said."]),
        ("Whose is it? a man asked.", ["Whose is it? a man asked."]),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ("“It is open. It will stay open.” He left.",
         ["“It is open.", "It will stay open.”", "He left."]),
        ('She said: "It is open. Come in." He did.',
         ['She said: "It is open.', 'Come in."', "He did."]),
        ("“An unclosed one. It goes on. He left.",
         ["“An unclosed one.", "It goes on.", "He left."]),
        ("He said ‘yes.’ They agreed.", ["He said ‘yes.’", "They agreed."]),
        ("It is Peru’s. The envoys’ plan holds.", ["It is Peru’s.", "The envoys’ plan holds."]),
        ("He agreed. “We will stay.”", ["He agreed.", "“We will stay.”"]),
    ],
)  # fmt: skip
def test_quotations(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("LIMA, May 5 (EFE) — Peru agreed.", "LIMA, May 5 (EFE) —"),
        ("LIMA, Peru (EFE) - Peru agreed.", "LIMA, Peru (EFE) -"),
        ("UNITED NATIONS — The envoy agreed.", "UNITED NATIONS —"),
        ("San José, 12 March 2024 – The envoy agreed.", "San José, 12 March 2024 –"),
        ("Lima – Peru said on Monday that it backs the plan for the harbour of the north.",
         "Lima –"),
        ("2024-05-31 Peru agreed to the plan.", "2024-05-31"),
        ("Published: 2024-05-31T10:00Z Peru agreed to the plan.", "Published: 2024-05-31T10:00Z"),
    ],
)  # fmt: skip
def test_a_dateline_stands_alone(text: str, dateline: str) -> None:
    assert sentences(text) == [dateline, text.removeprefix(dateline).strip()]


@pytest.mark.parametrize(
    "text",
    [
        "Peru – Chile Relations Improve",
        "Peru – a friend of Chile – agreed to the plan for the harbour of the north on Monday.",
        "The plan – Peru said – is the only way to a solution of the whole question, he added.",
        "1984 was a good year.",
        "OFFICIAL GAZETTE - COMMONWEALTH OF THE NORTH",
    ],
)
def test_a_dash_alone_is_no_dateline(text: str) -> None:
    assert sentences(text) == [text]


def test_an_embedded_post_stands_alone() -> None:
    text = (
        "Great talks today with our friends. pic.twitter.com/aB3 — Peru – Foreign Ministry "
        "(@peru_mfa) May 5, 2024 The talks ended well."
    )
    assert sentences(text) == [
        "Great talks today with our friends.",
        "pic.twitter.com/aB3",
        "— Peru – Foreign Ministry (@peru_mfa) May 5, 2024",
        "The talks ended well.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. The first plan 2. The second plan", ["1. The first plan", "2. The second plan"]),
        ("a) It opens. b) It closes.", ["a) It opens.", "b) It closes."]),
        ("• open the port • close the road", ["• open the port", "• close the road"]),
        ("- open the port\n- close the road", ["- open the port", "- close the road"]),
        ("(i) to open it;\n(ii) to close it;", ["(i) to open it;", "(ii) to close it;"]),
        ("12.\tThe port is open. It stays.", ["12.\tThe port is open.", "It stays."]),
        ("3. See article 4. It holds.", ["3. See article 4.", "It holds."]),
    ],
)  # fmt: skip
def test_list_items(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


PAGED = """\
The foreign minister said on Monday that the government of
Peru supports the harbour plan and will send a delegation
12 Harbour Assembly - Fortieth session
to Lima next week. She added that talks with the government
A/40/PV.6
of Chile had gone well and that she would meet the other
17
13 Harbour Assembly - Fortieth session
Ministers of the region in the course of the coming winter."""


def test_page_furniture_stands_alone() -> None:
    found = sentences(PAGED)
    furniture = ["12 Harbour Assembly - Fortieth session", "A/40/PV.6", "17"]
    for line in [*furniture, "13 Harbour Assembly - Fortieth session"]:
        assert line in found
    assert "Ministers of the region in the course of the coming winter." in found


@pytest.mark.parametrize(
    "text",
    [
        "Peru voices support for\nChile’s harbour plan",
        "Peru stands by its Secretary-\nGeneral",
        "They are fully aware\n“that it is over”.",
        "the report,\n(see annex) which he read",
    ],
)
def test_an_unfinished_line_goes_on(text: str) -> None:
    assert sentences(text) == [text]


def test_a_list_in_lower_case_is_a_list() -> None:
    text = "Rules of the port:\nno fires;\nno dogs;\nno boats."
    assert sentences(text) == ["Rules of the port:", "no fires;", "no dogs;", "no boats."]


def test_many_lines_are_read_in_time_that_grows_with_them() -> None:
    text = "Lima agreed on Monday.\n" * 5000 + " " * 50_000 + "\n" * 5000
    assert len(sentences(text)) == 5000


def test_offsets_count_code_points() -> None:
    text = "😀 Peru 🇵🇪 agreed. E\u0301té"
    found = SEGMENT(Document.from_text(text))
    assert [(one.span.start, one.span.end) for one in found] == [(0, 17), (18, 22)]


def test_lone_surrogates_are_read_over() -> None:
    text = "Rain \udb85 fell. Snow \ud800! Sun."
    assert sentences(text) == ["Rain \udb85 fell.", "Snow \ud800!", "Sun."]
