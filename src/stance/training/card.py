"""The model card, written from the run itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from stance.training.config import NliConfig
from stance.training.nli import Trained
from stance.training.pairs import counts_by_source
from stance.training.score import Accuracy


def card(
    trained: Trained,
    accuracies: Sequence[Accuracy],
    hashes: Mapping[str, str],
    config_text: str,
    machine: str,
) -> str:
    """The card as Markdown, with the front matter that model hubs read."""
    config = trained.config
    return "\n".join(
        [
            "---",
            "language: en",
            "license: apache-2.0",
            "pipeline_tag: zero-shot-classification",
            f"base_model: {_base(config)}",
            "---",
            "",
            f"# {config.name}",
            "",
            "A three-class natural language inference model (entailment, neutral, contradiction).",
            "`stance` asks it whether what an actor says entails a sentence that states a stance.",
            *(_ONE_WAY if config.attention == "one-way" else ()),
            "",
            "## Figures",
            "",
            *_figures(trained, accuracies),
            "",
            "## Training",
            "",
            f"Base: {_base(config)} ({config.base.licence}"
            + (f"; weights SHA-256 `{config.base.sha256}`" if config.base.sha256 else "")
            + ").",
            f"{len(trained.train):,} pairs, of which {trained.left_out:,} were left out as longer",
            f"than {config.data.max_tokens} tokens; {len(trained.development):,} more, with",
            "premises of their own, to choose the checkpoint by.",
            "",
            *_sources(trained),
            "",
            "The data sets were released for training NLI models. Their texts are not part of this",
            "repository.",
            "",
            *_passages(config),
            f"Took {trained.seconds / 3600:.1f} hours on {machine}. Best of the checkpoints: step "
            f"{trained.best_step:,}.",
            "",
            "```toml",
            config_text.strip(),
            "```",
            "",
            "## Files",
            "",
            "| file | SHA-256 |",
            "|---|---|",
            *(f"| `{name}` | `{digest}` |" for name, digest in sorted(hashes.items())),
            "",
            "`model-int8.onnx` predicts: weights are int8, 32 to a scale, computed with in",
            "float32, so that the result of a pair does not depend on its batch or the processor.",
            "`model.safetensors` holds the weights in half precision, to train from or to load",
            "with `transformers`.",
            "",
            "## Intended use and limits",
            "",
            "English text. Made to score short claims against short hypotheses inside `stance`.",
            "Its own probabilities are not calibrated: `stance` puts them through the curves in",
            "`stance-model.json`, where there are any. Check every label against the passage shown",
            "with it; do not use it to judge persons.",
            "",
        ]
    )


_ONE_WAY = (
    "",
    "It reads one way: the premise attends to itself alone, each hypothesis to the premise and",
    "itself, and is classified at its own last token, so one sequence carries a premise and all",
    "its hypotheses. `stance` loads it so; a plain classifier of `transformers` would misread it.",
)


def _passages(config: NliConfig) -> list[str]:
    """The labelled texts that it was trained on, beside the pairs."""
    if not config.passages:
        return []
    shown = config.stances
    rows = [
        f"| {Path(one.issue).stem} | {', '.join(Path(x).name for x in (*one.files, *one.labels))} |"
        for one in config.passages
    ]
    return [
        "Labelled passages (`seeds/README.md`), claim by claim as `stance` reads them; of those in",
        f"which nobody takes a side {shown.quiet:.0%} in an epoch, {shown.swaps:.0%} of all once",
        f"more with another state as actor, and {shown.nli:.0%} of the pairs above beside them.",
        f"For each 100 sequences of an issue {100 * shown.elsewhere:.0f} are added that hold the",
        f"premise of another issue and {100 * shown.empty:.0f} that hold none: nothing follows.",
        "",
        "| issue | files |",
        "|---|---|",
        *rows,
        "",
    ]


def _base(config: NliConfig) -> str:
    return config.base.title or config.base.encoder or str(config.base.package)


def _figures(trained: Trained, accuracies: Sequence[Accuracy]) -> list[str]:
    rows = [
        "| set | n | model | accuracy | 95 % interval |",
        "|---|---|---|---|---|",
        *(
            f"| {one.test} | {one.n:,} | {one.model} | {one.value:.4f} | "
            f"{one.low:.4f} to {one.high:.4f} |"
            for one in accuracies
        ),
        "",
        f"Development accuracy of the chosen checkpoint (used to choose it): "
        f"{trained.best_accuracy:.4f} of {len(trained.development):,}.",
    ]
    if trained.history:
        steps = ", ".join(
            f"{int(row['step']):,}: {row['development_accuracy']:.4f}" for row in trained.history
        )
        rows += ["", f"By step: {steps}."]
    return rows


def _sources(trained: Trained) -> list[str]:
    counts: Counter[str] = counts_by_source(trained.train)
    rows = ["| data | pairs | share of an epoch | licence |", "|---|---|---|---|"]
    named: set[str] = set()
    for source in trained.config.data.source:
        named.update(source.values)
        pairs = sum(counts[value] for value in source.values)
        rows.append(f"| {source.name} | {pairs:,} | {source.share:g} | {source.licence} |")
    rows += [
        f"| {value} | {pairs:,} | 1 | not stated |"
        for value, pairs in sorted(counts.items())
        if value not in named
    ]
    return rows
