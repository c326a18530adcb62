"""Where a text quotes."""

from __future__ import annotations

import pytest

from stance.quotations import Quoted, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we go" and “they came.”', ["we go", "they came."]),
        ("‘We back it,’ he said. ‘The ministers’ view is clear.’",
         ["We back it,", "The ministers’ view is clear."]),
        ("'It's \"very good\" indeed,' he said, and the ministers' plan won.",
         ['It\'s "very good" indeed,']),
        ("“He told us ‘no’ and left,” she said", ["He told us ‘no’ and left,"]),
        ("«Nous partons», dit-il.", ["Nous partons"]),
        ("''Not now,'' she said.", ["Not now,"]),
        # a quotation of several paragraphs opens each with a mark and closes the last
        ("“One two.\n\n“Three four,” said X.", ["One two.\n\n“Three four,"]),
        # a mark that nobody closes quotes to the end of its paragraph
        ('Open "never closed.\n\nNext "ok" fine.', ["never closed.", "ok"]),
        ("never opened,” said X.", []),
        ("The ministers' plan and the dogs' den", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_quoted(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == expected


def test_a_place_is_looked_up() -> None:
    text = 'Peru: "yes" and "no".'
    quoted = Quoted(quotations(text))
    (yes, no) = quotations(text)
    assert quoted.at(text.index("es")) == yes and quoted.at(text.index("no")) == no
    assert quoted.at(0) is None and quoted.at(text.index("and")) is None
