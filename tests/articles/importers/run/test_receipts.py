"""What a run keeps in a file: all of it in JSON, what there is to say in a page, and nothing half-way that grows."""

import json
from html.parser import HTMLParser

from articles.importers.notes import MISSING, Note
from articles.importers.run import Report
from articles.importers.run.receipts import kept
from articles.importers.writer import Outcome, Result

RESULTS = [
    Result("a", Outcome.CREATED),
    Result("<b>ş", Outcome.UPDATED, notes=(Note("A picture & more.", MISSING), "Look at it.")),
    Result("c\udcff", Outcome.FAILED, problems=("<script>alert(1)</script>",)),
]


def receipt(tmp_path, ending, results=RESULTS):
    report, path = Report(), tmp_path / f"report{ending}"
    with kept(path) as file:
        for result in results:
            report.add(result)
            file.add(result)
        file.end(report)
    return path.read_text(encoding="utf-8")


def test_json_holds_every_result(tmp_path):
    told = json.loads(receipt(tmp_path, ".json"))

    assert [result["outcome"] for result in told["results"]] == ["created", "updated", "failed"]
    assert told["results"][1]["notes"] == [
        {"words": "A picture & more.", "kind": MISSING},
        {"words": "Look at it.", "kind": ""},
    ]
    assert told["counts"] == {"created": 1, "updated": 1, "failed": 1}
    assert (told["notes"], told["has_failed"]) == ({MISSING: 1}, True)
    assert json.loads(receipt(tmp_path, ".json", []))["results"] == []


def test_a_page_names_what_there_is_to_say_and_runs_nothing(tmp_path):
    page = receipt(tmp_path, ".HTML")
    tags = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append(tag)

    Tags().feed(page)
    assert tags.count("section") == 2
    assert not {"script", "b", "link", "img"} & {*tags}
    assert "&lt;b&gt;ş: updated" in page
    assert "1 created, 1 updated" in page


def test_text_names_every_story(tmp_path):
    text = receipt(tmp_path, ".txt")

    assert text.startswith("a: created\n<b>ş: updated\n  A picture & more.\n")
    assert text.endswith("1 failed.\n")


def test_a_report_holds_only_what_needs_a_person():
    report = Report()
    for result in RESULTS[:1] * 9:
        report.add(result)

    assert (report.results, report.counts["created"]) == ([], 9)
