"""A model that was continued on labels → its folder, whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from stance.nli.folder import Manifest, ModelFolder, file_hashes, write_manifest
from stance.training.adapt import SURE, Adapted
from stance.training.export import export_onnx, save_half
from stance.training.held_out import COUNTED, RARE, RESAMPLES


def keep(adapted: Adapted, base: ModelFolder, issue: str, out: Path, name: str) -> Path:
    """Write `out/NAME`: weights in int8 and half precision, curves, card and figures.

    A folder of that name is replaced in the end, not before.
    """
    fresh = out / f"{name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    save_half(adapted.weights, fresh, base.path)
    export_onnx(adapted.weights, fresh, base.attention)
    (fresh / "metrics.json").write_text(_metrics(adapted), encoding="utf-8")
    (fresh / "README.md").write_text(
        _card(adapted, base, issue, name, file_hashes(fresh)), encoding="utf-8"
    )
    write_manifest(
        fresh,
        Manifest(
            name=name,
            base=base.name,
            labels=base.labels,
            max_tokens=base.max_tokens,
            attention=base.attention,
            hopeless=base.asking.hopeless,
            reread=base.asking.reread,
            calibration={**base.calibration, issue: adapted.curves},
        ),
    )
    final = out / name
    shutil.rmtree(final, ignore_errors=True)
    fresh.rename(final)
    return final


def table(adapted: Adapted) -> str:
    """Before and after, in all and side by side, as lines of text."""
    head = "macro-F1 on held-out documents"
    width = max(len(name) for name in (head, *(row.name for row in adapted.rows)))
    lines = [f"{head:{width}}  supports  opposes"]
    lines += [
        f"{row.name:{width}}  {_figure(row.supports):>8}  {_figure(row.opposes):>7}"
        for row in adapted.rows
    ]
    heads = [row.name.removeprefix("before, ") for row in adapted.rows]
    title = "F1 of each side (n: its cases)"
    width = max(len(name) for name in (title, *(one.name for one in adapted.cases)))
    lines += ["", f"{title:{width}}    n  {'  '.join(heads)}"]
    for one in adapted.cases:
        figures = "  ".join(f"{v:{len(h)}.3f}" for h, v in zip(heads, one.f1, strict=True))
        lines.append(f"{one.name:{width}}  {one.n:3}  {figures}{'' if one.is_counted else ' *'}")
    if not all(one.is_counted for one in adapted.cases):
        lines.append(f"* fewer than {COUNTED} cases: no part in macro-F1, and decides nothing")
    lines += [
        "",
        f"{adapted.texts} texts of {adapted.documents} documents; {adapted.epochs} epochs; "
        f"{adapted.seconds:.0f} s",
        f"better in {adapted.better:.0%} of {RESAMPLES} resamples: the documents were drawn again "
        "so often, and in so many of",
        "the draws the sum of both macro-F1 was higher after than in the better row of the two "
        f"before; from {SURE:.0%} on a model is written",
    ]
    return "\n".join(lines)


def verdict(adapted: Adapted, base: ModelFolder) -> str:
    """What it came to where no model is written, and what to do next."""
    rare = sorted((one for one in adapted.cases if one.is_rare), key=lambda one: one.n)
    if rare:
        named = ", ".join(f"{one.name} ({one.n})" for one in rare)
        advice = f"Fewer than {RARE} cases hold: {named}. More labels of these help most."
    else:
        advice = (
            f"Every side has {RARE} cases or more. More labels help, of the sides whose F1 is low; "
            "so may wordings that\nsay the position more plainly (`stance issues lint`)."
        )
    return (
        "not surely better than before: no model was written\n"
        f"Nothing was changed: {base.name} goes on being used. {advice}"
    )


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _metrics(adapted: Adapted) -> str:
    record = {
        "texts": adapted.texts,
        "documents": adapted.documents,
        "held_out": {
            row.name: {"supports": _rounded(row.supports), "opposes": _rounded(row.opposes)}
            for row in adapted.rows
        },
        "cases": {
            one.name: {
                "n": one.n,
                "f1": {
                    row.name: round(value, 4)
                    for row, value in zip(adapted.rows, one.f1, strict=True)
                },
            }
            for one in adapted.cases
        },
        "better_in": adapted.better,
        "epochs": adapted.epochs,
        "seconds": round(adapted.seconds),
    }
    return json.dumps(record, indent=2) + "\n"


def _card(
    adapted: Adapted, base: ModelFolder, issue: str, name: str, hashes: Mapping[str, str]
) -> str:
    return "\n".join(
        [
            f"# {name}",
            "",
            f"`{base.name}` (SHA-256 `{base.sha256}`), continued on labels of the issue `{issue}`.",
            "Use it with  `stance predict --model " + name + "`  for this issue.",
            "",
            "```",
            table(adapted),
            "```",
            "",
            "Each text was read by a model that had not learnt from its document. Other issues",
            "were not looked at: for them the model it came from is the safer choice.",
            "",
            "| file | SHA-256 |",
            "|---|---|",
            *(f"| `{file}` | `{digest}` |" for file, digest in sorted(hashes.items())),
            "",
        ]
    )
