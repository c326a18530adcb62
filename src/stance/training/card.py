"""The model card, written from the run itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

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
            "A three-class natural language inference model (entailment, neutral, contradiction):",
            "a cross-encoder that reads a premise and a hypothesis. `stance` asks it whether what",
            "an actor says entails a sentence that states a stance.",
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
            "English text. Made to score short claims against short hypotheses inside `stance`;",
            "its probabilities are the model's own and are not calibrated. It was trained on",
            "captions and general prose and has not seen political text in particular. Check",
            "every label against the passage shown with it; do not use it to judge persons.",
            "",
        ]
    )


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
