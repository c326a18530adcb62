"""A model that was continued on labels → its folder, whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from stance.nli.folder import Manifest, ModelFolder, file_hashes, write_manifest
from stance.training.adapt import Adapted
from stance.training.export import export_onnx, save_half


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
    """Before and after, as lines of text."""
    width = max(len(row.name) for row in adapted.rows)
    lines = [f"{'macro-F1 on held-out documents':{width}}  supports  opposes"]
    lines += [
        f"{row.name:{width}}  {row.supports:8.3f}  {row.opposes:7.3f}" for row in adapted.rows
    ]
    lines.append(
        f"{adapted.texts} texts of {adapted.documents} documents; better in "
        f"{adapted.better:.0%} of resamples; {adapted.epochs} epochs; {adapted.seconds:.0f} s"
    )
    return "\n".join(lines)


def _metrics(adapted: Adapted) -> str:
    record = {
        "texts": adapted.texts,
        "documents": adapted.documents,
        "held_out": {
            row.name: {"supports": round(row.supports, 4), "opposes": round(row.opposes, 4)}
            for row in adapted.rows
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
