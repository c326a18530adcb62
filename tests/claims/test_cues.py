"""Cue files: every form of a verb is derived, mistakes are refused, the shipped file loads."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.claims.cues import Cues, read_cues
from stance.errors import ConfigError

GOOD = """
[verbs]
says = ["say", "agree", "announce"]
supports = ["support", "back", "defy", "enjoy", "wish"]
denies = ["deny"]

[irregular]
said = "say"

[frames]
quotation = ["say"]
clause = ["say", "announce"]
object = ["support"]
infinitive = ["agree"]

[frames.preposition]
to = ["agree"]

[plain]
verb = "reject"
idioms = ["turn down"]
doubting = ["alleged"]
doubted = ["plan"]
forms = {}

[plain.scorn]
calling = ["call"]
saying = ["say"]
words = ["farce"]

[plain.granted]
verbs = ["accept"]
words = ["claim"]

[plain.blamed]
verbs = ["slam"]
words = ["decision"]
ends = ["to back"]

[plain.clearer]

[attitudes]
verbs = ["support"]

[deeds]
open = ["consulate"]

[nouns]
supports = ["support"]
demands = ["call"]

[light]
verbs = ["give"]
received = ["win"]
had = ["faith"]
nouns = ["statement"]

[adjectives]
opposes = ["opposed"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "cues.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("support", "support supports supported supporting"),
        ("agree", "agree agrees agreed agreeing"),
        ("announce", "announce announces announced announcing"),
        ("deny", "deny denies denied denying"),
        ("enjoy", "enjoy enjoys enjoyed enjoying"),
        ("wish", "wish wishes wished wishing"),
    ],
)
def test_the_forms_of_a_verb_are_derived(tmp_path: Path, verb: str, forms: str) -> None:
    cues = read_cues(write(tmp_path, GOOD))
    kinds = {cues.verbs.get(form) for form in forms.split()}
    assert len(kinds) == 1 and None not in kinds
    assert {cues.base(form, "") for form in forms.split()} == {verb}


def test_irregular_forms_and_nouns_stand_as_written(tmp_path: Path) -> None:
    cues = read_cues(write(tmp_path, GOOD))
    assert cues.verbs["said"] == "says" and cues.base("said", "") == "say"
    assert dict(cues.nouns) == {"support": "supports", "call": "demands"}
    assert "call" not in cues.verbs


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("denies =", "denys =", "no kind 'denys'"),
        ("demands =", "wants =", "no kind 'wants'"),
        ('said = "say"', 'spoke = "speak"', "'spoke' belongs to 'speak', which is no cue"),
        ("[nouns]", "[noun]", "noun"),
        ('["deny"]', '"deny"', "verbs"),
        ("[irregular]", "[irregular", "not valid TOML"),
    ],
)
def test_a_malformed_file_is_refused_in_one_line(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        read_cues(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert complaint in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("said", "says"), ("expressed", "says"), ("reiterating", "says"), ("told", "says"),
        ("backs", "supports"), ("recognised", "supports"), ("recognizes", "supports"),
        ("upheld", "supports"), ("rejects", "opposes"), ("denounced", "opposes"),
        ("occupies", "opposes"), ("urged", "demands"), ("demanding", "demands"),
        ("refused", "denies"), ("denied", "denies"), ("withdrew", "denies"), ("thanked", "thanks"),
    ],
)  # fmt: skip
def test_the_shipped_verbs(cues: Cues, form: str, kind: str) -> None:
    assert cues.verbs[form] == kind


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("support", "supports"),
        ("backing", "supports"),
        ("opposition", "opposes"),
        ("call", "demands"),
    ],
)
def test_the_shipped_nouns(cues: Cues, noun: str, kind: str) -> None:
    assert cues.nouns[noun] == kind


@pytest.mark.parametrize("form", ["submitted", "admitted", "stopped", "submitting"])
def test_verbs_that_double_their_last_letter(cues: Cues, form: str) -> None:
    assert form in cues.verbs


def test_no_form_ends_in_a_consonant_and_ys_or_yed(cues: Cues) -> None:
    assert not [form for form in cues.verbs if form.endswith(("nys", "nyed", "pys", "pyed"))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('clause = ["say", "announce"]', 'clause = ["say", "mutter"]'),
        ('to = ["agree"]', 'to = ["mutter on"]'),
        ('verbs = ["support"]', 'verbs = ["mutter"]'),
    ],
)
def test_a_frame_of_an_unknown_verb_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ConfigError, match=r"mutter.*stands under no kind"):
        read_cues(write(tmp_path, GOOD.replace(old, new)))
