"""Issue files: the shipped one loads, and every mistake is one line that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance import load
from stance.errors import ConfigError
from stance.issues import read_issue, term_pattern
from stance.shipped import shipped
from stance.training.config import read_config

GOOD = """
id = "harbour"
title = "The harbour"
terms = ["harbour", "quay*"]

[[label]]
id = "for_it"
short = "for"
supports = ["{actor} wants the harbour."]
opposes = ["{actor} rejects the harbour."]
"""
SECOND = GOOD[GOOD.index("[[label]]") :]


def write(folder: Path, text: str) -> str:
    path = folder / "harbour.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_issue_file_becomes_an_issue(tmp_path: Path) -> None:
    issue = read_issue(write(tmp_path, GOOD + SECOND.replace("for_it", "another")))
    assert (issue.id, issue.title, issue.terms) == ("harbour", "The harbour", ("harbour", "quay*"))
    first, second = issue.labels
    assert first.id == "for_it" and second.id == "another"
    assert first.supports == ("{actor} wants the harbour.",)
    assert first.opposes == ("{actor} rejects the harbour.",)
    assert first.terms == ()


def test_who_never_takes_a_side_must_be_an_actor(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    pack = shipped("configs", "issues", "western_sahara.toml").read_text(encoding="utf-8")
    path.write_text(pack.replace('["MAR"]', '["MOR"]'), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"`never_opposes` names MOR, which is no actor's id"):
        load(str(path))


def test_the_shipped_issue_loads_by_name() -> None:
    issue = read_issue("western_sahara")
    assert [label.id for label in issue.labels] == ["supports_sovereignty", "supports_un_process"]
    near = term_pattern(issue.terms)
    assert near.search("a seminar on the Sahara question") and near.search("MINURSO's mandate")
    assert not near.search("talks on Cyprus under UN auspices")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('title = "The harbour"', 'titel = "The harbour"', "titel"),
        ('short = "for"', 'short = "for"\ncolour = "red"', "colour"),
        ('title = "The harbour"', "", "title"),
        ('title = "The harbour"', "title = 7", "title"),
        ('["harbour", "quay*"]', "[]", "terms"),
        ('["harbour", "quay*"]', '"harbour"', "terms"),
        ("{actor} wants the harbour.", "It wants the harbour.", "wording 1 of `supports`"),
        ("{actor} rejects the harbour.", "{actor} rejects {actor}.", "wording 1 of `opposes`"),
        ("{actor} rejects the harbour.", "{actor} rejects {it}.", "wording 1 of `opposes`"),
        ('["{actor} wants the harbour."]', "[]", "`supports` has no wording"),
        ('["{actor} wants the harbour."]', '["{actor} a.", "{actor} a."]', "same wording twice"),
        ('"for_it"', '"For it"', "a-z, 0-9 and _"),
        ('"for_it"', '"neutral"', "`neutral` is taken"),
        ('id = "harbour"', "id = harbour", "not valid TOML"),
        (
            'short = "for"',
            'short = "for"\nnever_supports = ["MAR"]\nnever_opposes = ["MAR"]',
            "MAR",
        ),
        (SECOND, "label = []", "at least one"),
        (SECOND, SECOND + SECOND, "stands twice"),
    ],
)
def test_a_malformed_issue_is_refused_in_one_line(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        read_issue(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert complaint in message
    assert "\n" not in message


OF_PACK = "needed are `id`, `title`, `terms`, `label`: add"
OF_LABEL = "needed are `id`, `short`, `supports`, `opposes`: add"


@pytest.mark.parametrize(
    ("gone", "complaint"),
    [
        ('title = "The harbour"', f'`title` is missing; {OF_PACK} at the top  title = "…"'),
        (
            'title = "The harbour"\nterms = ["harbour", "quay*"]',
            f'`title`, `terms` are missing; {OF_PACK} at the top  title = "…", terms = ["…"]',
        ),
        (SECOND, f"`label` is missing; {OF_PACK}  [[label]]"),
        ('short = "for"', f"label 'for_it': `short` is missing; {OF_LABEL}  short = \"…\""),
        ('id = "for_it"', f'label 1: `id` is missing; {OF_LABEL}  id = "…"'),
        (
            'opposes = ["{actor} rejects the harbour."]',
            f"label 'for_it': `opposes` is missing; {OF_LABEL}  opposes = [\"…\"]",
        ),
    ],
)
def test_a_missing_key_is_named_with_all_that_are_needed(
    tmp_path: Path, gone: str, complaint: str
) -> None:
    assert gone in GOOD
    path = write(tmp_path, GOOD.replace(gone, ""))
    with pytest.raises(ConfigError) as caught:
        read_issue(path)
    assert str(caught.value) == f"{path}: {complaint}"


def test_the_label_that_lacks_a_key_is_named(tmp_path: Path) -> None:
    another = SECOND.replace("for_it", "another").replace('short = "for"', "")
    path = write(tmp_path, GOOD + another)
    with pytest.raises(ConfigError, match="label 'another': `short` is missing"):
        read_issue(path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('name = "x"\n[base]', "`data` is missing; needed are `name`, `base`, `data`: add  [data]"),
        (
            'name = "x"\n[base]\n[data]',
            'data: `train` is missing; needed are `train`: add  train = ["…"]',
        ),
        (
            'name = "x"\n[base]\n[data]\ntrain = []\n[[data.source]]\nname = "a"\nlicence = "b"',
            "data source 1: `values` is missing; needed are `name`, `values`, `licence`: add  "
            'values = ["…"]',
        ),
    ],
)
def test_a_missing_key_deep_in_another_file_is_named(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read_config(Path(path))
    assert str(caught.value) == f"{path}: {complaint}"


@pytest.mark.parametrize("term", ["", " ", "*"])
def test_a_blank_term_is_refused(tmp_path: Path, term: str) -> None:
    path = write(tmp_path, GOOD.replace("quay*", term))
    with pytest.raises(ConfigError, match="term"):
        read_issue(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.toml"
    with pytest.raises(ConfigError, match=r"nowhere\.toml: cannot be read"):
        read_issue(str(path))


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(GOOD.replace("The harbour", "Le café").encode("latin-1"))
    with pytest.raises(ConfigError, match=r"latin\.toml: is not UTF-8"):
        read_issue(str(path))


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"'harbour'; known issues: .*western_sahara") as caught:
        read_issue("harbour")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Harbour is deep", "Harbour"),
        ("HARBOUR!", "HARBOUR"),
        ("the harbours", None),
        ("inharbour", None),
        ("two quayside cranes", "quayside"),
        ("a quay", "quay"),
        ("the dry\n dock", "dry\n dock"),
        ("the dry-dock", None),
        ("el-aaiun's port", "el-aaiun"),
        ("near El-\nAaiun", "El-\nAaiun"),
        ("río alto", "río alto"),
    ],
)
def test_terms_are_whole_words_in_any_case(text: str, found: str | None) -> None:
    pattern = term_pattern(("harbour", "quay*", "dry dock", "el-aaiun", "Río Alto"))
    match = pattern.search(text)
    assert (match.group() if match else None) == found


def test_the_longest_term_wins() -> None:
    match = term_pattern(("dry", "dry dock")).search("a dry dock")
    assert match is not None and match.group() == "dry dock"


def test_an_exception_without_a_term_changes_nothing_and_is_refused(tmp_path: Path) -> None:
    pack = shipped("configs", "issues", "falklands.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(f'exceptions = ["an old road"]\n{pack}', encoding="utf-8")
    with pytest.raises(ConfigError, match="'an old road' holds none of the `terms`"):
        read_issue(str(path))
