"""Near-duplicates: a story that many outlets print is one story, two stories stay two."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stance.corpus.groups import groups, sketch, story_of
from stance.corpus.results import Item

from .fakes import results

WORDS = """
harbour quay fish salt envoy minister talks plan boat coast road bridge tower vote council north
south old new opened closed asked told wanted said in of the a on with without after
""".split()  # noqa: SIM905


def story(seed: int, words: int = 160) -> str:
    """A text of random words: two of them share next to nothing."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(words))


def grouped(*texts: str) -> dict[str, str]:
    return dict(groups((str(at), sketch(text)) for at, text in enumerate(texts)))


def test_a_copy_with_another_headline_is_the_same_story() -> None:
    text = story(1)
    assert grouped(f"Envoys meet\n\n{text}", f"Talks at the quay go on\n\n{text}") == {
        "0": "0",
        "1": "0",
    }


@pytest.mark.parametrize(
    "copy",
    [
        story(1),
        story(1).upper(),
        story(1).replace(" ", ",\n"),
        f"By our own reporter. {story(1)} All rights reserved.",
        " ".join(story(1).split()[:-15]),
        story(1).replace("envoy", "ambassador", 1),
    ],
)
def test_slight_changes_leave_a_story_what_it_is(copy: str) -> None:
    assert grouped(story(1), copy) == {"0": "0", "1": "0"}


@pytest.mark.parametrize(
    "other",
    [
        story(2),
        " ".join(reversed(story(1).split())),
        story(1, 80) + " " + story(2, 80),
        "",
        "The harbour.",
    ],
)
def test_other_texts_are_other_stories(other: str) -> None:
    assert grouped(story(1), other) == {}


@pytest.mark.parametrize("seed", range(10))
def test_half_a_story_in_common_makes_no_copy(seed: int) -> None:
    shared = story(seed, 110)
    one, two = f"{shared} {story(seed + 100, 40)}", f"{shared} {story(seed + 200, 40)}"
    assert grouped(one, two) == {}


def test_many_unrelated_texts_stay_apart() -> None:
    assert grouped(*(story(seed, 60) for seed in range(80))) == {}


def test_a_story_is_called_by_its_first_text_and_single_texts_are_left_out() -> None:
    one, two = story(1), story(2)
    assert grouped(story(3), one, two, f"Late news. {one}", story(4), two, one) == {
        "1": "1",
        "3": "1",
        "6": "1",
        "2": "2",
        "5": "2",
    }


def test_a_story_that_changes_step_by_step_is_one() -> None:
    words = story(1).split()
    steps = [" ".join(words[at * 12 : at * 12 + 100]) for at in range(5)]
    assert grouped(steps[0], steps[-1]) == {}
    assert grouped(*steps) == {str(at): "0" for at in range(5)}


def test_two_short_texts_are_alike_only_where_they_are_equal() -> None:
    assert grouped("The harbour.", "the HARBOUR!", "A harbour.") == {"0": "0", "1": "0"}


def test_a_sketch_is_short_and_always_the_same() -> None:
    assert sketch(story(1)) == sketch(story(1)) != sketch(story(2))
    assert len(sketch(story(1, 5000))) == len(sketch("")) < 700


def test_stories_are_found_across_the_parts_of_a_results_folder(tmp_path: Path) -> None:
    one = results(tmp_path)
    items = [Item("a", "1", sketch=sketch(story(1))), Item("b", failed="is empty"), Item("c", "3")]
    one.write(0, items, ["{}", "{}"])
    one.write(1, [Item("d", "4", sketch=sketch(story(1))), Item("e", "5")], ["{}", "{}"])
    assert story_of(one) == {"a": "a", "d": "a"}
