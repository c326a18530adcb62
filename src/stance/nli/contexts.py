"""Which sentences of a document have to do with an issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stance.issues import term_pattern
from stance.nli.following import follows
from stance.types import Document, Issue, Sentence

_NEAR = 3
"""Sentences before and behind one with a term of the issue that are still about it: of what is said
of the dispute in speeches 0.98 lies within 3, 0.95 within 2 (`tools/gate_recall.py`, LOG.md)."""

_PASSAGE = 2000
"""Characters of a text that may be a passage of a longer one."""

_REPORT = 10_000
"""Characters of a text without a speaker that may go round many matters, as long speeches do."""

_BEFORE = 3
"""Sentences before those that are parsed too: pronouns and "the minister" point back to them."""


@dataclass(frozen=True, slots=True)
class Context:
    """Which sentences of one document are about an issue.

    `hits` holds the indices of those with a term of it, `relevant` also all near them: these are
    parsed. What is said in those of `asked` is put to the model: in a long speech or report the
    hits and those behind them that go on about it (`stance.nli.following`), else the relevant
    ones. All three hold every sentence of a document that is on the issue from its title or its
    first sentence on.
    """

    sentences: Sequence[Sentence]
    hits: frozenset[int]
    asked: frozenset[int]
    relevant: frozenset[int]

    def near(self) -> tuple[tuple[Sentence, ...], ...]:
        """The relevant sentences and those before them that may say who "it" is, run by run."""
        wanted = {index + step for index in self.relevant for step in range(-_BEFORE, 1)}
        runs: list[list[Sentence]] = []
        for sentence in self.sentences:
            if sentence.index not in wanted:
                continue
            if runs and runs[-1][-1].index == sentence.index - 1:
                runs[-1].append(sentence)
            else:
                runs.append([sentence])
        return tuple(tuple(run) for run in runs)


class Contexts:
    """Finds the sentences of documents that are about an issue, by its terms."""

    def __init__(self, issue: Issue) -> None:
        self._title = issue.title
        self._naming = term_pattern(issue.terms, issue.exceptions)
        self._terms = term_pattern((*issue.terms, *issue.more_terms), issue.exceptions)
        # Where not all words of a term stand, the slower pattern cannot match.
        terms = (*issue.terms, *issue.more_terms)
        self._words = [re.findall(r"\w+", term.lower()) for term in terms]

    def concern(self, document: Document) -> bool:
        """Whether a document names the issue at all (`Issue.terms`), in its title or its text.

        A short one may be a passage cut from a text that does: there `Issue.more_terms` are enough.
        """
        text = f"{document.meta.title or ''}\n{document.text}"
        lower = text.lower()
        possible = any(all(word in lower for word in words) for words in self._words)
        named = self._terms if len(document.text) <= _PASSAGE else self._naming
        return possible and named.search(text) is not None

    def of(self, document: Document, sentences: Sequence[Sentence]) -> Context:
        """What of a document is about the issue; nothing where the document does not name it."""
        text = document.text
        if not self.concern(document):
            return Context(sentences, frozenset(), frozenset(), frozenset())
        found = _with(self._terms, text, sentences)
        named = _with(self._naming, text, [one for one in sentences if one.index in found])
        # A speaker of Morocco begins with the Kingdom of Morocco whatever the speech is about.
        first, begins = (self._naming, named) if document.meta.speaker else (self._terms, found)
        if first.search(document.meta.title or "") or 0 in begins:
            every = frozenset(sentence.index for sentence in sentences)
            return Context(sentences, every, every, every)
        hits = found if len(text) <= _PASSAGE else named | (found & _around(named))
        near = _around(hits)
        long = _PASSAGE if document.meta.speaker else _REPORT
        asked = _going_on(hits, text, sentences) if len(text) > long else near
        return Context(sentences, hits, asked, near)

    def titled(self, premise: str) -> tuple[str, str]:
        """A premise of a relevant sentence as it is first read, and as for a second reading.

        First after the issue's title where it has no term of the issue, since "Kenya wants the
        talks to go on." says what it is about in its text alone; then the other way.
        """
        titled = f"{self._title}: {premise}"
        return (premise, titled) if self._terms.search(premise) else (titled, premise)


def _with(terms: re.Pattern[str], text: str, sentences: Sequence[Sentence]) -> frozenset[int]:
    """The sentences that hold a term."""
    return frozenset(
        one.index for one in sentences if terms.search(text, one.span.start, one.span.end)
    )


def _going_on(hits: frozenset[int], text: str, sentences: Sequence[Sentence]) -> frozenset[int]:
    """The hits, and the sentences behind each that go on about it, up to `_NEAR`."""
    asked = set(hits)
    for hit in hits:
        for sentence in sentences[hit + 1 : hit + 1 + _NEAR]:
            if not follows(sentence.span.of(text)):
                break
            asked.add(sentence.index)
    return frozenset(asked)


def _around(indices: frozenset[int]) -> frozenset[int]:
    """Those within `_NEAR`, which may lie beyond either end."""
    return frozenset(index + step for index in indices for step in range(-_NEAR, _NEAR + 1))
