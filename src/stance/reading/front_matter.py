"""The YAML block at the head of a Markdown file → what it says of the document."""

from __future__ import annotations

from stance.reading.values import cleaned, language_code
from stance.types import Meta

_MAX_CHARACTERS = 64_000
"""The longest block that is read; ten lines are usual."""

_KEYS = {
    "title": ("title",),
    "date": ("date",),
    "outlet": ("outlet", "source", "publisher"),
    "language": ("lang", "language"),
}
_NULLS = {"null", "Null", "NULL", "~"}


def read_front_matter(yaml_text: str) -> tuple[Meta, tuple[str, ...]]:
    """The title, date, outlet and language it gives, and a remark where it cannot be read.

    Every scalar is taken as it is written: `date: 2021-03-04` stays that, `title: 007` too.
    """
    import yaml

    if len(yaml_text) > _MAX_CHARACTERS:
        return Meta(), (f"front matter left out: it is longer than {_MAX_CHARACTERS:,} characters",)
    try:
        # The base loader makes strings, lists and mappings only, and an alias is a reference:
        # no class is built, and a bomb of aliases stays as small as it is written.
        found = yaml.load(yaml_text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return Meta(), ("front matter left out: it is not valid YAML",)
    if not isinstance(found, dict):
        return Meta(), ("front matter left out: it is not a list of keys and values",) * bool(found)
    values = {role: _first(found, keys) for role, keys in _KEYS.items()}
    return Meta(**values | {"language": language_code(values["language"])}), ()


def _first(found: dict[object, object], keys: tuple[str, ...]) -> str | None:
    """The value of the first of `keys` that has one, in any case of letters."""
    lower = {str(key).lower(): value for key, value in found.items() if isinstance(key, str)}
    values = (lower.get(key) for key in keys)
    return next((cleaned(v) for v in values if isinstance(v, str) and v not in _NULLS), None)
