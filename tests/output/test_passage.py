"""How a passage is cut and marked."""

from __future__ import annotations

from stance.output.passage import passage
from stance.types import Span

from .factory import find


def shown(text: str, sentences: list[str], content: list[str], limit: int = 280) -> str:
    pieces = passage(
        text, [find(text, one) for one in sentences], [find(text, one) for one in content], limit
    )
    return "".join(f"«{piece}»" if marked else piece for piece, marked in pieces)


def test_a_short_passage_is_shown_whole() -> None:
    text = "Before. It backs the plan. After."
    assert shown(text, ["It backs the plan."], ["backs the plan"]) == "It «backs the plan»."
    assert shown(text, ["It backs the plan."], ["It backs the plan."]) == "«It backs the plan.»"


def test_what_lies_between_two_sentences_is_left_out_visibly() -> None:
    text = "One backs. Two waits.\n\nThree backs. Four."
    assert shown(text, ["One backs.", "Three backs."], ["One", "Three"]) == (
        "«One» backs. … «Three» backs."
    )
    assert shown(text, ["One backs.", "Two waits."], ["One", "Two"]) == "«One» backs. «Two» waits."


def test_overlapping_content_is_marked_once() -> None:
    text = "It backs the plan fully."
    assert shown(text, [text], ["backs the", "the plan"]) == "It «backs the plan» fully."


def test_content_outside_the_sentences_is_shown_too() -> None:
    text = "One. Two."
    assert shown(text, ["One."], ["Two"]) == "One. «Two»"


def test_a_long_passage_is_cut_around_the_content_between_words() -> None:
    text = "alpha " * 50 + "backs the plan" + " omega" * 50
    cut = shown(text, [text], ["backs the plan"], limit=50)
    assert cut == "… alpha alpha alpha «backs the plan» omega omega omega …"
    assert shown(text[300:], [text[300:]], ["backs the plan"], limit=50) == (
        "«backs the plan» omega omega omega omega omega omega …"
    )
    end = text[:314]
    assert shown(end, [end], ["backs the plan"], limit=50).endswith("alpha «backs the plan»")


def test_two_far_spans_both_stay() -> None:
    text = "It backs A " + "and waits " * 60 + "but rejects B now."
    cut = shown(text, [text], ["backs A", "rejects B"], limit=60)
    assert "«backs A» and" in cut and " … " in cut and "but «rejects B» now." in cut


def test_content_that_is_itself_too_long_keeps_its_beginning() -> None:
    text = "It says: " + "word " * 100 + "end."
    cut = shown(text, [text], ["word " * 100 + "end"], limit=40)
    assert cut == "… «word word word word word word word word» …"


def test_without_spaces_it_is_cut_anyway() -> None:
    text = "x" * 500 + "backs" + "y" * 500
    cut = shown(text, [text], ["backs"], limit=45)
    assert cut == f"… {'x' * 20}«backs»{'y' * 20} …"


def test_the_length_stays_near_the_limit_for_any_number_of_spans() -> None:
    text = "word other thing " * 300
    spans = [Span(start, start + 4) for start in range(0, 17 * 40, 17)]
    for count in (1, 2, 7, 40):
        pieces = passage(text, [Span(0, len(text) - 1)], spans[:count], limit=280)
        length = sum(len(piece) for piece, _ in pieces)
        assert length <= 280 + 4 * (count + 1)
        assert sum(marked for _, marked in pieces) == count
