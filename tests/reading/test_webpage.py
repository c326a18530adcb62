"""HTML pages: their main text, what they say of themselves, and what is refused."""

from __future__ import annotations

import logging
import random
from contextlib import suppress
from pathlib import Path

import pytest

from stance.errors import DocumentError
from stance.reading import read_document, webpage
from stance.types import Document, Meta

ARTICLE = """<h1>Norland backs the coast plan</h1>
<p class="byline">By Ana Ruiz</p>
<p>The minister of <b>Norland</b> said on Monday that her country <a href="/x">supports</a>
the plan for the coast.<br>It was a long day.</p>
<h2>What the others say</h2>
<blockquote><p>We reject it.</p><p>Again: <q>no</q>, and no.</p></blockquote>
<ul><li>Corvia is against the plan.</li><li>Sundria is for it:<ul><li>fully</li></ul></li></ul>
<ol><li>Talks come first.</li><li><p>The vote is second.</p></li></ol>
<table><tr><td>Corvia</td><td>against</td></tr></table>
<p>The envoys will meet again next month, when the assembly of the five states opens its session
in the capital of Norland, as the chair of the assembly announced late on Tuesday evening.</p>"""

TEXT = """Norland backs the coast plan

The minister of Norland said on Monday that her country supports the plan for the coast.
It was a long day.

What the others say

We reject it.

Again: “no”, and no.

• Corvia is against the plan.
• Sundria is for it:
• fully

1. Talks come first.
2. The vote is second.

The envoys will meet again next month, when the assembly of the five states opens its session \
in the capital of Norland, as the chair of the assembly announced late on Tuesday evening."""

PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><title>Norland backs the coast plan - The Daily Corvian</title>
<meta property="og:site_name" content="The Daily Corvian">
<meta property="article:published_time" content="2021-03-04T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article>{ARTICLE}</article>
<section id="comments"><p>A reader: what nonsense this is, from beginning to end.</p></section>
<footer>Copyright 2021 The Daily Corvian. All rights reserved.</footer></body></html>"""


def read(tmp_path: Path, page: str | bytes) -> Document:
    path = tmp_path / "a.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return read_document(path)


def refusal(tmp_path: Path, page: str | bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, page)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{tmp_path}/a.html: ")


def body(paragraph: str) -> str:
    return f"<html><body><article><p>{paragraph}</p></article></body></html>"


def test_the_main_text_and_what_the_page_says_of_itself(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    assert document.text == TEXT
    assert document.meta == Meta(
        title="Norland backs the coast plan",
        date="2021-03-04",
        outlet="The Daily Corvian",
        language="en",
    )
    assert (document.format, document.encoding, document.warnings) == ("html", "utf-8", ())


def test_what_the_caller_says_wins(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    meta = read_document(tmp_path / "a.html", Meta(title="Mine", speaker="COR")).meta
    assert meta == Meta("Mine", "2021-03-04", "The Daily Corvian", "COR", "en")


def test_a_headline_outside_the_text_is_not_added(tmp_path: Path) -> None:
    page = "<html><head><title>The headline</title></head>" + body("Corvia backs the plan.")[6:]
    document = read(tmp_path, page)
    assert (document.text, document.meta.title) == ("Corvia backs the plan.", "The headline")


def test_a_headline_that_is_there_twice_is_read_once(tmp_path: Path) -> None:
    page = PAGE.replace("<h1>", "<h1>Norland backs  the coast plan</h1><h1>", 1)
    assert read(tmp_path, page).text == TEXT


def test_a_fragment_is_a_page(tmp_path: Path) -> None:
    assert read(tmp_path, "<p>Corvia backs the plan.</p>").text == "Corvia backs the plan."


def test_preformatted_lines_are_kept(tmp_path: Path) -> None:
    page = "<html><body><pre>We back the plan.\nWe will go on.\n\nThe end.</pre></body></html>"
    assert read(tmp_path, page).text == "We back the plan.\nWe will go on.\n\nThe end."


def test_an_article_within_a_table_is_read_and_a_table_in_it_is_not(tmp_path: Path) -> None:
    paragraphs = [
        f"On day {i} the envoy of Corvia said that her country backs the plan for the coast, "
        "and that it will go on to do so."
        for i in range(5)
    ]
    lines = "<br><br>".join(one.replace("said that", "<b>said</b>\nthat") for one in paragraphs)
    cell = f"<td>{'A cell of a list of votes, of some length but no article. ' * 4}</td>"
    inner = f"<table><tr>{cell}{cell}</tr></table>"
    page = (
        "<html><body><article><table><tr><td><table><tr><td><h1>A speech</h1>"
        f"{lines}{inner}</td></tr></table></td></tr></table></article></body></html>"
    )
    document = read(tmp_path, page)
    assert document.text == "\n\n".join(["A speech", *paragraphs])
    assert document.meta.title == "A speech"


def test_loose_text_is_not_parted_at_an_emphasised_word(tmp_path: Path) -> None:
    lines = [
        f"On day {i} the envoy of <i>Corvia</i> said that her country <b>backs</b> the plan."
        for i in range(6)
    ]
    loose = f"{lines[0]}<h2>Talks</h2>{lines[1]}<br>{lines[2]}<br> <br>{lines[3]}<p>{lines[4]}</p>"
    page = f"<html><body><article>{loose}{lines[5]}</article></body></html>"
    plain = [line.replace("<i>", "").replace("</i>", "") for line in lines]
    plain = [line.replace("<b>", "").replace("</b>", "") for line in plain]
    talks = f"{plain[1]}\n{plain[2]}"
    assert read(tmp_path, page).text.split("\n\n") == [
        plain[0],
        "Talks",
        talks,
        *plain[3:],
    ]


def test_line_ends_of_the_source_are_spaces(tmp_path: Path) -> None:
    page = "<html><body><div>One <b>two\nthree</b>\r\n  four.<br>\nFive.</div></body></html>"
    assert read(tmp_path, page).text == "One two three four.\nFive."


def test_no_date_is_guessed_from_the_text(tmp_path: Path) -> None:
    page = body("Corvia backs the plan, it said on 4 March 2021.") + "<p>© 2019</p>"
    assert read(tmp_path, page).meta.date is None


@pytest.mark.parametrize(
    ("head", "codec", "name"),
    [
        ('<meta charset="iso-8859-1">', "cp1252", "windows-1252"),
        ("<meta charset=ISO-8859-2>", "iso8859-2", "iso-8859-2"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">',
            "cp1250",
            "windows-1250",
        ),
        ('<meta charset="utf-16">', "utf-8", "utf-8"),  # a page that says so in ASCII is not
        ('<meta charset="iso-8859-1">', "utf-8", "utf-8"),  # as often as not, it is UTF-8
        ('<meta charset="windows-1252">', "utf-16", "utf-16"),
    ],
)
def test_the_declared_encoding(head: str, codec: str, name: str, tmp_path: Path) -> None:
    text = "“Die Küste”, said Zoë." if codec == "cp1252" else "Die Küste, said the château."
    text = "Die Küste, said Łódź." if name in ("iso-8859-2", "windows-1250") else text
    page = body(text).replace("<body>", f"<head>{head}</head><body>")
    document = read(tmp_path, page.encode(codec))
    assert (document.text, document.encoding, document.warnings) == (text, name, ())


@pytest.mark.parametrize("name", ["rot13", "utf-7", "hex", "unicode_escape", "nonsense", "é"])
def test_a_declared_encoding_that_is_none_is_passed_over(name: str, tmp_path: Path) -> None:
    page = body("Le café de la côte.").replace(
        "<body>", f"<head><meta charset={name}></head><body>"
    )
    document = read(tmp_path, page.encode("cp1252"))
    assert document.text == "Le café de la côte."
    assert document.warnings == ("read as windows-1252, not UTF-8",)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<!doctype html><html><head><title>x</title></head><body><script>a()</script></body>",
        "<html><body><article><img src=x></article></body></html>",
        "<!---->",
    ],
)
def test_a_page_without_a_main_text(page: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, page) == (
        "an HTML page without a main text; save the article's text as .txt"
    )


@pytest.mark.parametrize("error", [RecursionError(), ValueError("x\ny"), MemoryError()])
def test_whatever_the_library_raises_is_one_line(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("trafilatura.bare_extraction", fails)
    assert refusal(tmp_path, PAGE) == (
        f"an HTML page that cannot be taken apart ({type(error).__name__}); "
        "save the article's text as .txt"
    )


def test_a_page_of_too_many_elements_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webpage, "_MAX_ELEMENTS", 100)
    assert read(tmp_path, PAGE)
    assert refusal(tmp_path, body("<b>x</b>" * 100)).startswith(
        "an HTML page of 104 elements; a page has at most 100; "
    )


def test_deep_nesting_ends(tmp_path: Path) -> None:
    deep = f"<html><body>{'<div>' * 20_000}Corvia backs the plan.{'</div>' * 20_000}</body></html>"
    (tmp_path / "a.html").write_text(deep)
    try:
        assert "Corvia" in read_document(tmp_path / "a.html").text
    except DocumentError as error:
        assert "save the article's text as .txt" in str(error)


def test_the_libraries_do_not_log_and_levels_are_put_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("trafilatura")
    logger.setLevel(logging.INFO)
    for page in (PAGE, "<", "<html><body></body></html>"):
        (tmp_path / "a.html").write_text(page)
        with suppress(DocumentError):
            read_document(tmp_path / "a.html")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
    assert logger.level == logging.INFO
    logger.setLevel(logging.NOTSET)


def test_a_long_page_is_read_to_its_end(tmp_path: Path) -> None:
    random.seed(7)
    words = ["coast", "plan", "envoy", "vote", "state", "assembly", "treaty"]
    paragraphs = [f"No. {i}: {' '.join(random.choices(words, k=20))}." for i in range(500)]
    page = body("</p><p>".join(paragraphs))
    assert read(tmp_path, page).text == "\n\n".join(paragraphs)
