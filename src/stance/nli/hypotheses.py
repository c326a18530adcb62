"""Which questions are put to the NLI model: claims × labels × sides × wordings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from stance.issues import term_pattern
from stance.nli.contexts import Contexts
from stance.nli.denials import denies, withholds
from stance.types import Claim, Document, Issue, Pair, Sentence, Side, Span

Premises = Callable[[Claim], Sequence[tuple[str, Span]]]
"""Gives a claim's premises, one for each of its sentences, and the span each was made from."""


def _nothing(claim: Claim) -> Sequence[tuple[str, Span]]:
    return ()


class Questions:
    """Makes the pairs of an issue; what no term of the issue is near is never asked about."""

    def __init__(self, issue: Issue) -> None:
        self._issue = issue
        self.contexts = Contexts(issue)
        self._about = {
            label.id: term_pattern(label.terms) if label.terms else re.compile("")
            for label in issue.labels
        }
        self._denies = {label.id: denies(label.rivals) for label in issue.labels}

    def __call__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        claims: Sequence[Claim],
        name: Callable[[str], str],
        premises: Premises,
        gists: Premises = _nothing,
    ) -> tuple[Pair, ...]:
        """The pairs of a document, claim by claim. `name` gives an actor's name by id.

        A claim is asked about when its sentence is of those that `Context.asked` holds (a tentative
        one of `Context.hits`), and about a label when its premise holds a term of the label (the
        title before a premise does not count) and its holder may take the side (`Label.never`). It
        is not asked about rejection where it only denies recognition to one of `Label.rivals`, or
        only stops short of a side.
        `gists` say that the holder supports something, so they are asked about support alone.
        """
        context = self.contexts.of(document, sentences)
        return tuple(
            pair
            for claim in claims
            if not (context.hits if claim.tentative else context.asked).isdisjoint(claim.sentences)
            for found, plain in ((premises(claim), False), (gists(claim), True))
            for premise, window in found
            for pair in self._of(claim, name(claim.holder), premise, window, plain=plain)
        )

    def _of(
        self, claim: Claim, actor: str, premise: str, window: Span, *, plain: bool
    ) -> list[Pair]:
        pairs: list[Pair] = []
        shown, second = self.contexts.titled(premise)
        one_sided = plain or withholds(premise)
        for label in self._issue.labels:
            if not self._about[label.id].search(premise):
                continue
            silent = one_sided or self._denies[label.id](premise)
            sides: tuple[tuple[Side, tuple[str, ...]], ...] = (
                ("supports", label.supports),
                ("opposes", () if silent else label.opposes),
            )
            pairs += [
                Pair(
                    claim.id,
                    label.id,
                    side,
                    number,
                    shown,
                    wording.replace("{actor}", actor),
                    (window,),
                    second,
                )
                for side, wordings in sides
                if claim.holder not in label.never(side)
                for number, wording in enumerate(wordings)
            ]
        return pairs
