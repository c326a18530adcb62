"""Which column of a table, or key of a JSON object, says what of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from stance.errors import CallError
from stance.reading.problem import Problem, listed, quoted


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns by role; None: the column of the role's own name if there is one.

    `text` must be there, and so must every column that is named.
    """

    text: str = "text"
    id: str | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    speaker: str | None = None
    language: str | None = None

    @classmethod
    def parse(cls, items: Iterable[str]) -> Columns:
        """Columns from `ROLE=NAME` strings, such as `text=body`.

        Raises:
            CallError: a string is none, names no role, or one that is taken.
        """
        named: dict[str, str] = {}
        roles = [field.name for field in fields(cls)]
        for item in items:
            role, equals, name = (part.strip() for part in item.partition("="))
            if not equals or not name or role not in roles:
                raise CallError(
                    f"column {quoted(item)} is not ROLE=NAME, such as text=body; "
                    f"a role is one of {', '.join(roles)}"
                )
            if role in named:
                raise CallError(
                    f"the column of {role} is given twice: {quoted(item)}; give it once"
                )
            named[role] = name
        return cls(**named)

    def among(self, present: Sequence[str] | Mapping[str, object]) -> dict[str, str]:
        """The column of each role that has one among those `present`.

        Raises:
            Problem: a column is missing or there twice; the text names those that are there.
        """
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        used = {role: name for role, name in named.items() if name is not None}
        for role, name in used.items():
            if name not in present:
                raise Problem(
                    f"there is no column {quoted(name)} for the {role}; "
                    f"there are {listed(present)}; choose with {role}=NAME"
                )
        taken = set(used.values())
        used |= {
            role: role
            for role, name in named.items()
            if name is None and role in present and role not in taken
        }
        if not isinstance(present, Mapping):
            for role, name in used.items():
                if list(present).count(name) > 1:
                    raise Problem(
                        f"the column {quoted(name)} for the {role} is there twice; rename one"
                    )
        return used
