"""A commented start of an issue pack."""

from __future__ import annotations

import json
import re
from pathlib import Path

from stance.errors import CallError
from stance.types import NEUTRAL

_START = """\
# An issue pack: a question, its labels, and the sentences that would state them.
# Try it:   stance issues lint {file}
#           stance predict article.txt --issue {file}

id = {id}
title = {title}

# Words by which texts speak of the issue. Sentences far from any of them are passed over.
# Any case; a final * stands for any ending ("sahrawi*"); phrases are allowed.
terms = [{title}]
# Optional: words that do so only in a text that holds one of those, and phrases that hold a word
# and speak of something else.
# more_terms = ["autonomy"]
# exceptions = ["sub-saharan"]

# One [[label]] for each position that an actor can take. Labels are independent: an actor may hold
# several. `neutral` needs no label: it is what remains.
[[label]]
id = {label}
short = {short}          # how tables call it

# Sentences that state the position, each with {{actor}} once. The first is the plainest and most
# general; the others say it in other words. Four to six are enough. A label is taken when what an
# actor says entails any one of them.
supports = [
    {supports},
    {welcomes},
]

# Sentences that state its rejection; not merely that it is not supported.
opposes = [
    {rejects},
    {condemns},
]

# Optional: words that a passage must hold for this label to be asked about; none: always.
# terms = ["treaty", "ratif*"]
# Optional: actors that do not take a side by what they are, by their ids (ISO codes of states).
# never_opposes = ["MAR"]
"""


def topic(id: str) -> str:
    """What an issue is about, as far as its id tells."""
    return id.replace("_", " ")


def placeholders(id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences of a start, for and against."""
    about = topic(id)
    supports = (f"{{actor}} supports the {about}.", f"{{actor}} welcomes the {about}.")
    return supports, (f"{{actor}} rejects the {about}.", f"{{actor}} condemns the {about}.")


def start(path: Path) -> None:
    """Write a start to `path`, whose name gives the id; an existing file is never replaced.

    Raises:
        CallError: the name is no `.toml` that makes an id, the file is there, or cannot be written.
    """
    if not str(path).isprintable():
        raise CallError(f"{str(path)!r}: name a folder whose name can be printed")
    if path.suffix != ".toml" or not re.fullmatch(r"[a-z][a-z0-9_]*", path.stem):
        raise CallError(f"{path}: name the file after the issue, in a-z, 0-9 and _: my_issue.toml")
    if path.stem == NEUTRAL:
        raise CallError(f"{path}: {NEUTRAL!r} is taken; name the issue")
    about = topic(path.stem)
    (supports, welcomes), (rejects, condemns) = placeholders(path.stem)
    words = {
        "id": path.stem,
        "title": about,
        "label": f"supports_{path.stem}",
        "short": about,
        "supports": supports,
        "welcomes": welcomes,
        "rejects": rejects,
        "condemns": condemns,
    }
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in words.items()}
    text = _START.format(file=path, **quoted)
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise CallError(f"{path}: is there already; it was not touched") from None
    except OSError as error:
        raise CallError(f"{path}: cannot be written ({error.strerror})") from None
