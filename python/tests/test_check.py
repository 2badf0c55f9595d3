"""A check from Python says what the program says."""

from __future__ import annotations

import json
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import dlde
from dlde import _check


def test_a_paper_that_is_too_long_fails_with_the_place(over_length: Path) -> None:
    report = dlde.check(over_length)
    assert (report.status, report.verdict) == (dlde.Status.OK, dlde.Verdict.FAIL)
    (finding,) = report.findings
    assert (finding.code, finding.severity, finding.place.page) == ("PAGE001", dlde.Severity.ERROR, 5)
    assert finding.measured == 4.04 and finding.allowed == 4
    assert len(finding.place.boxes) == 1 and len(finding.place.boxes[0]) == 4


def test_a_clean_paper_passes_every_rule_that_applies(clean: Path) -> None:
    report = dlde.check(clean)
    assert report.verdict is dlde.Verdict.PASS and report.findings == ()
    assert {one.outcome for one in report.outcomes} == {"pass", "not-applicable"}
    assert len(report.outcomes) == len(dlde.rules())


def test_what_cannot_be_read_is_no_pass() -> None:
    for content in (b"", b"no paper", b"%PDF-1.5 torn"):
        report = dlde.check(content)
        assert (report.status, report.verdict) == (dlde.Status.UNREADABLE, dlde.Verdict.UNDETERMINED)


def test_bytes_paths_and_both_kinds_of_process_say_the_same(over_length: Path) -> None:
    content = over_length.read_bytes()
    forms = [over_length, str(over_length), content, bytearray(content), memoryview(content)]
    said = {dlde.check(form).to_json() for form in forms}
    said |= {dlde.check(over_length, isolate=False).to_json()}
    assert len(said) == 1


def test_the_report_comes_in_every_form(over_length: Path) -> None:
    report = dlde.check(over_length)
    assert json.loads(report.to_json()) == report.data
    assert "page-limit-exceeded" in report.to_markdown() and len(report.to_markdown()) <= 2000
    assert report.to_html().startswith("<!doctype html>") and "data:image/png" in report.to_html()
    assert dlde.check(over_length, isolate=False).to_html() == report.to_html()


def test_a_report_travels_without_its_paper(over_length: Path) -> None:
    report = dlde.check(over_length)
    back = pickle.loads(pickle.dumps(report))
    assert back == report and back.to_json() == report.to_json()
    with pytest.raises(dlde.PageError, match="another process"):
        back.to_html()


def test_venue_stage_and_track_are_heard(over_length: Path, tmp_path: Path) -> None:
    profile = dlde.check(over_length, venue="dlde-2022", stage="camera-ready").data["profile"]
    assert (profile["id"], profile["stage"]) == ("dlde-2022", "camera-ready")
    assert dlde.check(over_length, track="recently-published").data["profile"]["track"] == "recently-published"
    own = tmp_path / "own.toml"
    own.write_text(dlde.venues()[0].text.replace("dlde-2023", "own-2030"))
    assert dlde.check(over_length, venue=own).data["profile"]["id"] == "own-2030"
    assert dlde.check(over_length, venue=str(own)).data["profile"]["id"] == "own-2030"


def test_names_that_were_given_are_looked_for_and_not_repeated(named: Path, tmp_path: Path) -> None:
    who = {"authors": [{"names": ["Isolde Tarnwick"]}]}
    file = tmp_path / "who.json"
    file.write_text(json.dumps(who))
    for identities in (who, file, str(file)):
        report = dlde.check(named, identities=identities)
        (found, *_) = [finding for finding in report.findings if finding.code == "ANON018"]
        assert "Tarnwick" not in found.message + str(found.evidence)


def test_reviewers_are_shown_no_names(named: Path) -> None:
    report = dlde.check(named, audience="reviewer")
    assert report.verdict is dlde.Verdict.FAIL
    assert "Tarnwick" not in report.to_json() + report.to_markdown() + report.to_html()


def test_sources_and_supplements_go_along(clean: Path, samples: Path, named: Path) -> None:
    source = samples / "clean" / "source"
    report = dlde.check(clean, source=source, supplements=[named.read_bytes(), clean])
    names = [file["name"] for file in report.data["submission"]["files"]]
    assert "source/paper.tex" in names and len(names) >= 4
    text = (source / "paper.tex").read_bytes()
    names = [file["kind"] for file in dlde.check(clean, source=text).data["submission"]["files"]]
    assert names == ["pdf", "tex"]


def test_many_threads_have_one_report_each(clean: Path, over_length: Path) -> None:
    papers = [clean, over_length] * 8
    with ThreadPoolExecutor(8) as threads:
        verdicts = [report.verdict for report in threads.map(dlde.check, papers)]
    assert verdicts == [dlde.Verdict.PASS, dlde.Verdict.FAIL] * 8


def test_other_threads_go_on_meanwhile(samples: Path) -> None:
    for isolate in (True, False):
        paper = samples / "long-appendix" / "paper.pdf"
        dlde.check(paper, isolate=isolate)
        thread = threading.Thread(target=dlde.check, args=(paper,), kwargs={"isolate": isolate})
        thread.start()
        steps = 0
        while thread.is_alive():
            steps += 1
        assert steps > 100


def test_rules_and_venues_are_listed() -> None:
    assert [venue.id for venue in dlde.venues()][:2] == ["dlde-2023", "dlde-2022"]
    rules = dlde.rules()
    assert [rule.code for rule in rules] == sorted(rule.code for rule in rules)
    assert all(rule.what and rule.why and rule.remedy for rule in rules)


def test_a_paper_is_written_anew_and_stays_as_it_was(over_length: Path, samples: Path) -> None:
    before = over_length.read_bytes()
    fixed = dlde.fix(over_length)
    assert fixed.data.startswith(b"%PDF-") and fixed.data != before == over_length.read_bytes()
    assert any(line.startswith("properties") for line in fixed.done)
    assert dlde.check(fixed.data).findings[0].code == "PAGE001"
    tree = dlde.fix(samples / "clean" / "source")
    assert tree.data.startswith(b"PK")


def test_the_page_of_a_report_is_of_the_venue_that_it_was_checked_against(over_length: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = next(venue.text for venue in dlde.venues() if venue.id == "dlde-2023")
    own.write_text(text)
    report = dlde.check(over_length, venue=own)
    drawn = dlde.check(over_length, venue=own)
    assert drawn.to_html() and report.verdict is dlde.Verdict.FAIL
    own.write_text(text + "\n# another by now\n")
    with pytest.raises(dlde.PageError, match="has changed since"):
        report.to_html()
    own.unlink()
    with pytest.raises(dlde.PageError, match="cannot be read again"):
        report.to_html()
    assert drawn.to_html()


def test_a_page_of_another_verdict_is_no_page_of_the_report(over_length: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = dlde.check(over_length, isolate=False)
    other = json.dumps({**report.data, "verdict": "pass"})
    monkeypatch.setattr(_check._dlde, "check_here", lambda *_: ("ok", None, other, "", "<html>"))
    with pytest.raises(dlde.PageError, match="another verdict"):
        report.to_html()
