"""The page of a report as a file: whole, safe against its texts, and complete without a script."""

from __future__ import annotations

import base64
import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.desk.report_records import actor, claim, judged, record, saved, siding

from stance.corpus.results import Corpus, Item, Results, RunRecord
from stance.desk.report import write_report
from stance.desk.saved import Saved
from stance.errors import CallError

BAD = (
    '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    "\u202eevil\x1b[31m\x00 &amp; =1+1"
)


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text in each script and style."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.text = ""
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in self.inside:
            self.inside[self._open][-1] += data
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def made(folder: Path, records: list[dict], title: str | None = None) -> str:
    out = folder / "report.html"
    assert write_report(saved(folder, records), out, title=title) == len(records)
    return out.read_text(encoding="utf-8")


SOV = {"supports_sovereignty": 0.9}


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    records = [siding(supports=SOV, date="2024-05-01"), siding(opposes=SOV, date="2023")]
    assert made(tmp_path, records) == made(tmp_path, records)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_hostile_text_is_text_everywhere(tmp_path: Path) -> None:
    hostile = siding(BAD, "person:" + BAD, supports=SOV, says=BAD, title=BAD, outlet=BAD, date=BAD)
    hostile["document"]["id"] = BAD
    hostile["document"]["speaker"] = BAD
    hostile["claims"][0]["attribution"][0]["person"] = BAD
    hostile["claims"][0]["voice"] = BAD
    hostile["model"] = {"name": BAD, "sha256": BAD}
    hostile["version"] = hostile["configuration"] = BAD
    hostile["warnings"] = [BAD]
    hostile["unresolved"] = [{"start": 0, "end": 1, "text": BAD}]
    text = made(tmp_path, [hostile, siding(BAD, "X", title=BAD)], title=BAD)
    page = Page(text)
    assert len(page.all("script")) == 2
    assert page.all("img") == []
    assert not any(name.startswith("on") for _, found in page.elements for name in found)
    assert not set("\u202e\x1b\x00") & set(text)
    assert "<U+202E>evil<U+001B>" in page.text
    json.loads(page.inside["script"][0])
    assert not set("<>&") & set(page.inside["script"][0])


def test_an_issue_and_labels_of_any_name_are_shown(tmp_path: Path) -> None:
    odd = siding()
    odd["issue"] = "../" + BAD
    odd["actors"][0] |= {"scores": {BAD: 0.9}, "labels": [BAD]}
    page = Page(made(tmp_path, [odd]))
    assert len(page.all("script")) == 2
    assert "opposes" in page.text


def test_the_policy_allows_the_own_script_and_style_alone(tmp_path: Path) -> None:
    page = Page(
        made(tmp_path, [siding(supports=SOV, date="2020"), siding(opposes=SOV, date="2021")])
    )
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") is not None)
    for kind, text in (
        ("script", page.inside["script"][1]),
        ("style", page.inside["style"][0]),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert len(page.inside["style"]) == 1
    assert not [found for _, found in page.elements if "style" in found or "src" in found]
    targets = [found["href"] or "" for _, found in page.elements if "href" in found]
    assert targets and all(target.startswith("#") for target in targets)


def test_ids_stand_once_and_links_lead_somewhere(tmp_path: Path) -> None:
    records = [siding(supports=SOV, date="2020"), siding(opposes=SOV, date="2021")]
    page = Page(made(tmp_path, records))
    ids = [found["id"] for _, found in page.elements if "id" in found]
    assert len(ids) == len(set(ids))
    for _, found in page.elements:
        for name in ("href", "aria-labelledby", "aria-describedby", "for"):
            for target in (found.get(name) or "").split():
                assert target.removeprefix("#") in ids


def test_an_opponent_stands_in_the_matrix_and_a_bystander_does_not(tmp_path: Path) -> None:
    text = "Nothing."
    quiet = record(text, actors=[actor("FJI", "Fiji")])
    page = made(tmp_path, [siding("Algeria", "DZA", opposes={"supports_sovereignty": 0.81}), quiet])
    matrix, rest = page.split("</table>", 1)
    assert "Algeria" in matrix and "0.81" in matrix and "Fiji" not in matrix
    assert "<bdi>Fiji</bdi> (1)" in rest


def test_without_a_script_the_surest_claim_of_each_side_is_there(tmp_path: Path) -> None:
    weak = siding(supports={"supports_sovereignty": 0.6}, says="the weaker words")
    strong = siding(supports={"supports_sovereignty": 0.8}, says="the stronger words")
    against = siding(opposes={"supports_sovereignty": 0.7}, says="the words against")
    html = made(tmp_path, [weak, strong, against]).split('<script type="application/json"')[0]
    assert '<mark class="content">the stronger words</mark>' in html
    assert '<mark class="content">the words against</mark>' in html
    assert "the weaker words" not in html
    assert "Murat Nurtleu, for Kazakhstan" in html


def test_what_a_run_could_not_do_is_told(tmp_path: Path) -> None:
    results = Results(tmp_path / "run")
    results.begin(
        RunRecord("0.1.0", "2" * 64, "western_sahara", "m", "1" * 64, "d", {"threshold": 0.7}, 3)
    )
    items = [
        Item("/home/me/texts/a.txt", "0", sketch="1"),
        Item("/home/me/texts/b.txt", "0"),
        Item("/home/me/texts/c.txt", failed="it is empty"),
    ]
    found = [siding(supports=SOV, id=items[0].id), siding(id=items[1].id)]
    for one, item in zip(found, items, strict=False):
        one["document"]["id"] = item.id
    results.write(0, items, [json.dumps(one) for one in found])
    out = tmp_path / "report.html"
    write_report(Saved(results.folder), out)
    page = out.read_text(encoding="utf-8")
    assert "The run was not finished" in page
    assert "2, 1 of them without any word of the issue; 1 more could not be read" in page
    assert "<bdi>c.txt</bdi>: <bdi>it is empty</bdi>" in page
    assert "a threshold of 0.7" in page
    assert "/home/me" not in page
    results.finish(Corpus(1, 3))
    write_report(Saved(results.folder), out)
    assert "The run was not finished" not in out.read_text(encoding="utf-8")


def test_results_of_two_issues_are_refused(tmp_path: Path) -> None:
    other = siding() | {"issue": "falklands"}
    with pytest.raises(CallError, match="western_sahara and on falklands"):
        write_report(saved(tmp_path, [siding(), other]), tmp_path / "report.html")


def test_no_results_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="no document"):
        write_report(saved(tmp_path, []), tmp_path / "report.html")


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(CallError, match="cannot be written"):
        write_report(saved(tmp_path, [siding()]), tmp_path / "out" / "report.html")
    taken = tmp_path / "report.html"
    taken.mkdir()
    with pytest.raises(CallError, match="cannot be written"):
        write_report(saved(tmp_path, [siding()]), taken)
    assert not (tmp_path / "report.html.part").exists()


def test_models_that_differ_are_told(tmp_path: Path) -> None:
    other = siding() | {"model": {"name": "other", "sha256": "3" * 64}}
    page = made(tmp_path, [siding(), other])
    assert "not all made in the same way" in page
    assert "Model <bdi>other</bdi>" in page


def test_a_claim_without_a_side_is_kept_for_the_reader_who_asks(tmp_path: Path) -> None:
    text = "Japan said that it rains."
    held = claim(text, "JPN", "it rains", **judged(uncertain=True))
    page = Page(made(tmp_path, [record(text, [held], [actor("JPN", "Japan", [held["id"]])])]))
    data = json.loads(page.inside["script"][0])
    assert [one[2:4] for one in data["claims"]] == [[[], 1]]
    assert "No actor takes a side" in page.text
