"""Learning from a few labels: a model is made only where it is better on texts it has not seen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from stance.errors import CallError, ModelError
from stance.measure.gold import GoldSpan, GoldStance, GoldText
from stance.nli.calibration import Curve
from stance.nli.folder import Manifest, ModelFolder, read_folder, write_manifest
from stance.nli.onnx import OnnxNli
from stance.types import Document

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")
pytest.importorskip("onnxscript")
pytest.importorskip("sklearn")

from stance.training.adapt import Adapted, At, adapt
from stance.training.config import Run
from stance.training.held_out import Cases, Row
from stance.training.keep import keep, table, verdict
from stance.training.one_way import OneWayNli, packer_of

from .conftest import OneWay
from .harbour import PACK, STATES, reader

Text = tuple[Document, GoldText]

ROADS = Curve(threshold=0.7)
FRESH = {"supports": {"harbour": Curve(2.0, 0.5, 0.4, ((0.3, 0.5), (0.6, 0.9)))}, "opposes": {}}
QUICK = Run(
    epochs=8, batch=8, rate=5e-3, warmup=0.1, dropout=0.0, keep="last", checkpoint_every=10**9
)


def text(number: int) -> Text:
    """One backs the harbour, one rejects it, one does something else; two texts to a document."""
    ids = list(STATES)
    backs, rejects, opens = (ids[(number + step) % 6] for step in (0, 2, 3))
    sentences = [
        f"{STATES[backs]} backs the new harbour.",
        f"{STATES[rejects]} rejects the new harbour.",
        f"{STATES[opens]} opens the {'old' if number < 6 else 'small'} road.",
    ]
    document = Document.from_text(" ".join(sentences[:: -1 if number % 2 else 1]), f"t{number}")

    def span(words: str) -> dict[str, tuple[GoldSpan, ...]]:
        start = document.text.index(words)
        return {"harbour": (GoldSpan(start, start + len(words)),)}

    actors = {
        backs: GoldStance(("harbour",), evidence=span("backs the new harbour")),
        rejects: GoldStance(("neutral",), ("harbour",), evidence=span("rejects the new harbour")),
        opens: GoldStance(("neutral",)),
    }
    digest, length = document.sha256, len(document.text)
    return document, GoldText(f"d{number // 2}", digest, digest, length, actors)


TEXTS = [text(number) for number in range(12)]


@pytest.fixture(autouse=True)
def simple_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stance.build.claim_reader", lambda: (reader(), ()))


@pytest.fixture(scope="session")
def base(one_way: OneWay) -> ModelFolder:
    return read_folder(one_way.folder)


def learn(base: ModelFolder, texts: list[Text] = TEXTS, **changes: Any) -> Adapted:
    return adapt(texts, str(PACK), base, threads=1, **changes)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random weights need more to learn than those of a model that can read."""
    monkeypatch.setattr("stance.training.adapt.EPOCHS", QUICK.epochs)
    monkeypatch.setattr("stance.training.adapt.RUN", QUICK)
    monkeypatch.setattr("stance.training.adapt.FROZEN", 0)


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        (TEXTS[:9], "9 texts from 5 documents labelled; needed are at least 10"),
        ([], "0 texts from 0 documents"),
        (
            [(one, GoldText("d0", gold.sha256, gold.sha256, gold.length, gold.actors))
             for one, gold in TEXTS],
            "12 texts from 1 document labelled; .* come from at least 2 documents",
        ),
    ],
    ids=["texts", "none", "documents"],
)  # fmt: skip
def test_too_few_texts_are_refused(base: ModelFolder, texts: list[Text], complaint: str) -> None:
    with pytest.raises(CallError, match=complaint) as caught:
        learn(base, texts)
    assert "\n" not in str(caught.value)


def test_labels_without_a_stance_are_refused(base: ModelFolder) -> None:
    quiet = {"KEN": GoldStance(("neutral",))}
    texts = [
        (one, GoldText(gold.document, gold.sha256, gold.text_sha256, gold.length, quiet))
        for one, gold in TEXTS
    ]
    with pytest.raises(CallError, match="nothing to learn"):
        learn(base, texts)


def quiet_but(n: int) -> list[Text]:
    """Labels in which a side is taken in the first `n` texts only."""
    nobody = {"KEN": GoldStance(("neutral",))}
    return [
        (one, gold if at < n else msgspec.structs.replace(gold, actors=nobody))
        for at, (one, gold) in enumerate(TEXTS)
    ]


def test_labels_that_could_decide_nothing_are_refused_before_anything_is_read(
    base: ModelFolder,
) -> None:
    told: list[At] = []
    with pytest.raises(CallError, match=r"no side of a label has 3 cases .*supports harbour: 2"):
        learn(base, quiet_but(2), report=told.append)
    assert told == []


def test_a_side_with_few_cases_is_shown_and_decides_nothing(base: ModelFolder) -> None:
    texts = [
        (one, msgspec.structs.replace(gold, actors={
            actor: GoldStance(("neutral",)) if stance.opposes and at > 1 else stance
            for actor, stance in gold.actors.items()
        }))
        for at, (one, gold) in enumerate(TEXTS)
    ]  # fmt: skip
    found = learn(base, texts)
    assert [(one.name, one.n, one.is_counted) for one in found.cases if one.n] == [
        ("supports harbour", 12, True),
        ("opposes harbour", 2, False),
    ]
    assert all(len(one.f1) == 3 for one in found.cases)
    assert all(row.supports is not None and row.opposes is None for row in found.rows)


def test_it_says_how_far_it_is(base: ModelFolder, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[At] = []
    learn(base, report=told.append)
    assert told == [
        At(0, 5, 0, 4),
        At(1, 5, 0, 4),
        *(At(one, 5, epoch, 4) for one in range(1, 6) for epoch in range(1, 5)),
    ]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("home", ["d0", "d9"])
@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:3]], ids=["many", "few"])
def test_two_equal_texts_are_refused(base: ModelFolder, texts: list[Text], home: str) -> None:
    """One of them would be read by a model that has learnt from the other."""
    document, gold = texts[0]
    with pytest.raises(CallError, match=r"^d0 is labelled twice; keep one$"):
        learn(base, [*texts, (document, msgspec.structs.replace(gold, document=home))])


def test_only_a_one_way_model_with_its_weights_is_trained_further(
    base: ModelFolder, tmp_path: Path
) -> None:
    for other in (replace(base, attention="full"), replace(base, path=tmp_path)):
        with pytest.raises(ModelError, match=r"only a one-way model with model\.safetensors"):
            learn(other)


def test_what_is_not_better_is_not_kept(base: ModelFolder) -> None:
    found = learn(base)
    assert (found.texts, found.documents) == (12, 6)
    assert [row.name for row in found.rows] == [
        "before", "before, thresholds from the labels", "after",
    ]  # fmt: skip
    assert found.better < 0.9
    assert not found.is_better and found.weights is None


def test_what_was_learnt_shows_on_other_documents(
    base: ModelFolder, one_way: OneWay, quick: None
) -> None:
    found = learn(base)
    before, refitted, after = found.rows
    assert after.supports is not None
    assert after.supports > max(before.supports or 0.0, refitted.supports or 0.0) + 0.1
    assert found.is_better and found.better >= 0.9
    assert 1 <= found.epochs <= QUICK.epochs
    assert found.curves["supports"]["harbour"] != Curve()
    assert "bridge" not in found.curves["supports"] | found.curves["opposes"]
    learnt = OneWayNli(found.weights, packer_of(base), "new")
    old = OneWayNli(one_way.model, packer_of(base), "old")
    backs = [("Oman backs the new harbour.", "Oman backs the harbour.")]
    opens = [("the harbour: Oman opens the old road.", "Oman backs the harbour.")]

    def gap(nli: OneWayNli) -> float:
        return nli(backs)[0].entailment - nli(opens)[0].entailment

    assert gap(learnt) > gap(old) + 0.05


def test_the_same_labels_give_the_same_model(base: ModelFolder, quick: None) -> None:
    from stance.training.loop import weight_hash

    first, again = learn(base), learn(base)
    assert (first.rows, first.better, first.curves) == (again.rows, again.better, again.curves)
    assert weight_hash(first.weights) == weight_hash(again.weights)


def adapted(model: Any, **changes: Any) -> Adapted:
    rows = (Row("before", 0.25, 0.0), Row("after", 0.75, 0.5))
    cases = (Cases("supports", "peace", 12, (0.25, 0.75)), Cases("opposes", "peace", 4, (0.0, 0.5)))
    return replace(Adapted(12, 6, rows, cases, 0.95, 3, FRESH, model, 61.0), **changes)


def test_a_better_model_is_kept_whole(base: ModelFolder, one_way: OneWay, tmp_path: Path) -> None:
    known = {"harbour": {"supports": {"harbour": ROADS}}, "road": {"opposes": {"*": ROADS}}}
    before = replace(base, calibration=known)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "old.txt").write_text("old", encoding="utf-8")
    folder = keep(adapted(one_way.model), before, "harbour", tmp_path, "mine")
    assert [path.name for path in tmp_path.iterdir()] == [folder.name] == ["mine"]
    assert not (folder / "old.txt").exists()
    found = read_folder(folder)
    assert (found.name, found.base, found.attention) == ("mine", "tiny", "one-way")
    assert (found.max_tokens, found.labels) == (base.max_tokens, base.labels)
    assert found.calibration == {"harbour": FRESH, "road": {"opposes": {"*": ROADS}}}
    pairs = [("Peru backs the new harbour.", "Peru wants a quay."), ("salt", "fish")]
    expected = OneWayNli(one_way.model, packer_of(base), "new")(pairs)
    for one, other in zip(OnnxNli(found, threads=1)(pairs), expected, strict=True):
        assert one.entailment == pytest.approx(other.entailment, abs=2e-2)
    assert (folder / "model.safetensors").is_file()
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["held_out"]["after"] == {"supports": 0.75, "opposes": 0.5}
    assert metrics["cases"]["opposes peace"] == {"n": 4, "f1": {"before": 0.0, "after": 0.5}}
    assert (metrics["texts"], metrics["better_in"], metrics["epochs"]) == (12, 0.95, 3)
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert card.startswith("# mine\n") and "`harbour`" in card
    assert before.sha256 in card and found.files["model-int8.onnx"] in card


def test_a_model_that_cannot_be_written_leaves_the_earlier_one(
    base: ModelFolder, one_way: OneWay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("stance.training.keep.export_onnx", crash)
    (tmp_path / "mine").mkdir()
    write_manifest(tmp_path / "mine", Manifest(name="mine", base="tiny"))
    with pytest.raises(RuntimeError):
        keep(adapted(one_way.model), base, "harbour", tmp_path, "mine")
    assert (tmp_path / "mine" / "stance-model.json").is_file()


def test_the_table_says_before_and_after() -> None:
    head, before, after, _, title, supports, opposes, _, size, *foot = table(
        adapted(None)
    ).splitlines()
    assert head.split()[-2:] == ["supports", "opposes"]
    assert before.split() == ["before", "0.250", "0.000"]
    assert after.split() == ["after", "0.750", "0.500"]
    assert title.split()[-3:] == ["n", "before", "after"]
    assert supports.split() == ["supports", "peace", "12", "0.250", "0.750"]
    assert opposes.split() == ["opposes", "peace", "4", "0.000", "0.500"]
    assert size == "12 texts of 6 documents; 3 epochs; 61 s"
    assert " ".join(foot) == (
        "better in 95% of 200 resamples: the documents were drawn again so often, and in so many "
        "of the draws the sum of both macro-F1 was higher after than in the better row of the two "
        "before; from 90% on a model is written"
    )


def test_the_table_says_what_decides_nothing() -> None:
    few = (Cases("supports", "peace", 3, (0.2, 0.8)), Cases("opposes", "peace", 2, (0.0, 0.5)))
    rows = (Row("before", 0.2, None), Row("after", 0.8, None))
    lines = table(adapted(None, cases=few, rows=rows)).splitlines()
    assert lines[1].split() == ["before", "0.200", "none"]
    assert lines[5].endswith("0.800") and lines[6].endswith("0.500 *")
    assert lines[7] == "* fewer than 3 cases: no part in macro-F1, and decides nothing"


def test_the_verdict_says_what_to_do_next(base: ModelFolder) -> None:
    first, then = verdict(adapted(None), base).splitlines()
    assert first == "not surely better than before: no model was written"
    assert then == (
        "Nothing was changed: tiny goes on being used. Fewer than 5 cases hold: opposes peace (4). "
        "More labels of these help most."
    )
    enough = (Cases("supports", "peace", 5, (0.2, 0.8)),)
    assert "Every side has 5 cases" in verdict(adapted(None, cases=enough), base)
