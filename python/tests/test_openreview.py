"""Chairs get reports, papers get one note each, and nobody else reads it."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path
from typing import Any
from unittest.mock import create_autospec

import pytest
from site_of_a_venue import VENUE, Site, served

openreview = pytest.importorskip("openreview", reason="openreview-py is not installed")

from dlde import _folder
from dlde._venue import authors_of
from dlde.openreview import main


@pytest.fixture
def site(clean: Path, over_length: Path, named: Path) -> Site:
    return Site({1: clean.read_bytes(), 2: over_length.read_bytes(), 3: named.read_bytes(), 4: b"no paper"})


def client_of(site: Site) -> Any:
    """A client with the signatures of openreview-py: what is called by a name that it has not raises."""
    client = create_autospec(openreview.api.OpenReviewClient, instance=True)
    note = openreview.api.Note.from_json

    def notes(**asked: Any) -> list[Any]:
        if "invitation" in asked:
            return [note(one) for one in site.noted(asked["invitation"])]
        return [note(one) for one in site.submissions(asked["content"]["venueid"])]

    def attachment(field_name: str, id: str) -> bytes:
        content = site.attachment(id)
        if field_name != "pdf" or content is None:
            raise openreview.OpenReviewException({"name": "NotFoundError", "message": "not now"})
        return content

    def post(invitation: str, signatures: list[str], note: Any) -> dict[str, Any]:
        answer = site.edit({"invitation": invitation, "signatures": signatures, "note": note.to_json()})
        if answer is None:
            raise openreview.OpenReviewException({"name": "ForbiddenError", "message": "not now"})
        return answer

    def invitation(id: str) -> Any:
        found = site.invitation(id)
        if found is None:
            raise openreview.OpenReviewException({"name": "NotFoundError", "message": "no such invitation"})
        return openreview.api.Invitation.from_json(found)

    client.get_group.side_effect = lambda id: openreview.api.Group.from_json(site.group())
    client.get_invitation.side_effect = invitation
    client.get_all_notes.side_effect = notes
    client.get_note.side_effect = lambda id: note(site.note(id))
    client.get_attachment.side_effect = attachment
    client.post_note_edit.side_effect = post
    client.search_profiles.side_effect = lambda ids: [openreview.Profile.from_json(one) for one in site.profiles()]
    return client


def run(site: Site, out: Path, *words: str) -> int:
    return main(["--venue-id", VENUE, "--profile", "dlde-2023", "--out", str(out), *words], client_of(site))


def test_a_dry_run_posts_nothing_and_tells_what_would_be(site: Site, tmp_path: Path, capsys: Any) -> None:
    for words in ((), ("--dry-run",)):
        assert run(site, tmp_path / "out", *words) == 0
        assert site.asked == []
    said = capsys.readouterr().out
    assert f"would post a note on paper 2, for {VENUE}/Chairs and {VENUE}/Paper2/Authors" in said
    assert "4 papers: 2 would be turned away, 1 could not be determined, 1 may be submitted" in said


def test_chairs_get_a_report_on_every_paper_and_an_index(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(site, out)
    assert outcomes(out) == {"1": "pass", "2": "fail", "3": "fail", "4": "undetermined"}
    index = (out / "index.html").read_text()
    for number in range(1, 5):
        assert f'href="./{number}.html"' in index and (out / f"{number}.html").exists()
        assert json.loads((out / f"{number}.json").read_text())["audience"] == "chair"
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in out.iterdir()} == {0o600}


def test_the_authors_own_names_are_looked_for(site: Site, tmp_path: Path) -> None:
    run(site, tmp_path)
    report = json.loads((tmp_path / "3.json").read_text())
    found = [finding["evidence"] for finding in report["findings"] if finding["code"] == "ANON018"]
    assert found and all("Tarnwick" not in words for words in found)
    assert not any(f["code"] == "ANON018" for f in json.loads((tmp_path / "2.json").read_text())["findings"])


def test_where_profiles_are_hidden_the_names_are_looked_for_and_that_is_told(
    site: Site, tmp_path: Path, capsys: Any
) -> None:
    client = client_of(site)
    client.search_profiles.side_effect = openreview.OpenReviewException({"name": "ForbiddenError", "message": "no"})
    assert main(["--venue-id", VENUE, "--out", str(tmp_path)], client) == 0
    assert "profiles could not be read" in capsys.readouterr().err
    assert any(f["code"] == "ANON018" for f in json.loads((tmp_path / "3.json").read_text())["findings"])


def test_profiles_that_could_not_be_fetched_are_a_failure_of_that_paper(
    one_paper: Site, tmp_path: Path, capsys: Any
) -> None:
    client = client_of(one_paper)
    client.search_profiles.side_effect = openreview.OpenReviewException({"name": "Error", "message": "502"})
    assert main(["--venue-id", VENUE, "--out", str(tmp_path)], client) == 2
    said = capsys.readouterr().err
    assert "paper 1: " in said and "502" in said and "profiles could not be read" not in said
    assert not (tmp_path / "1.json").exists()


@pytest.mark.parametrize(
    "fields",
    [{}, {"authors": {}}, {"authors": {"value": []}}, {"authors": {"value": [None]}}, {"authors": {"value": [{}]}}],
)
def test_a_paper_whose_authors_cannot_be_seen_is_a_failure(
    site: Site, tmp_path: Path, capsys: Any, fields: dict[str, Any]
) -> None:
    site.authors = {3: fields}
    assert run(site, tmp_path, "--post") == 2
    assert "paper 3: its authors cannot be seen, so their names were not looked for" in capsys.readouterr().err
    assert [note["forum"] for note in site.notes] == ["paper1", "paper2", "paper4"]


@pytest.mark.parametrize("profile", [{"history": [None]}, {"names": None}, {"names": [3]}, {"emails": 3}])
def test_a_profile_in_another_shape_is_left_out_alone_and_that_is_told(
    site: Site, tmp_path: Path, capsys: Any, profile: dict[str, Any]
) -> None:
    site.profile = profile
    assert run(site, tmp_path) == 0
    assert "paper 3: there is no profile that could be used of author 1, 2" in capsys.readouterr().err
    assert any(f["code"] == "ANON018" for f in json.loads((tmp_path / "3.json").read_text())["findings"])


def test_a_name_goes_with_its_own_profile_and_with_no_other() -> None:
    first, second = {"fullname": "Isolde Tarnwick"}, {"fullname": "Bertil Oakhollow", "username": "~Bertil_Oakhollow1"}
    unified = {"authors": {"value": [first, second]}}
    assert authors_of(unified) == [("Isolde Tarnwick", None), ("Bertil Oakhollow", "~Bertil_Oakhollow1")]
    names = ["Isolde Tarnwick", "Bertil Oakhollow"]
    legacy = {"authors": {"value": names}, "authorids": {"value": ["~Bertil_Oakhollow1"]}}
    assert authors_of(legacy) == [("Isolde Tarnwick", None), ("Bertil Oakhollow", None)]
    legacy["authorids"] = {"value": ["~Isolde_Tarnwick1", "~Bertil_Oakhollow1"]}
    assert authors_of(legacy) == list(zip(names, legacy["authorids"]["value"]))


def test_each_paper_gets_one_note_for_its_authors_and_the_chairs(site: Site, tmp_path: Path) -> None:
    assert run(site, tmp_path, "--post") == 0
    assert [note["forum"] for note in site.notes] == ["paper1", "paper2", "paper3", "paper4"]
    for number, (edit, note) in enumerate(zip(site.asked, site.notes), start=1):
        assert edit["invitation"] == f"{VENUE}/Paper{number}/-/Format_Check"
        assert edit["signatures"] == [f"{VENUE}/Chairs"]
        assert note["readers"] == [f"{VENUE}/Chairs", f"{VENUE}/Paper{number}/Authors"]
    assert [note["content"]["verdict"]["value"] for note in site.notes] == ["pass", "fail", "fail", "undetermined"]
    assert "page-limit-exceeded" in site.notes[1]["content"]["report"]["value"]
    assert "It decides nothing" in site.notes[1]["content"]["report"]["value"]
    assert not any("Decision" in edit["invitation"] or "Desk" in edit["invitation"] for edit in site.asked)


def test_a_folder_that_cannot_be_written_ends_with_2(site: Site, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "taken").write_text("")
    assert run(site, tmp_path / "taken") == 2
    assert str(tmp_path / "taken") in capsys.readouterr().err


def test_without_an_account_nothing_is_asked(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    for name in ("OPENREVIEW_USERNAME", "OPENREVIEW_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    with served(site) as address:
        assert main(["--venue-id", VENUE, "--out", str(tmp_path), "--base-url", address]) == 2
    said = capsys.readouterr()
    assert "no account is named" in said.err and "OPENREVIEW_USERNAME" in said.err and "papers" not in said.out


def test_an_account_that_sees_no_paper_is_told_which_were_asked_for(tmp_path: Path, capsys: Any) -> None:
    assert run(Site({}), tmp_path) == 2
    said = capsys.readouterr()
    assert f"has the venueid {VENUE}/Paper;" in said.err and said.out == ""
    assert run(Site({}), tmp_path, "--stage", "camera-ready") == 2
    assert f"has the venueid {VENUE}/Paper or {VENUE};" in capsys.readouterr().err


def test_accepted_papers_are_checked_as_camera_ready(site: Site, tmp_path: Path, capsys: Any) -> None:
    site.accepted = {1, 3}
    assert run(site, tmp_path / "first") == 0
    assert "2 papers: " in capsys.readouterr().out
    assert run(site, tmp_path / "second", "--stage", "camera-ready") == 0
    assert "4 papers: " in capsys.readouterr().out


def test_a_second_run_posts_nothing_again(site: Site, tmp_path: Path) -> None:
    run(site, tmp_path)
    run(site, tmp_path, "--post")
    assert run(site, tmp_path, "--post") == 0
    assert len(site.asked) == 4


def test_a_failure_in_the_middle_costs_no_other_paper_its_note(site: Site, tmp_path: Path, capsys: Any) -> None:
    site.refuses, site.unreadable = {2}, {3}
    assert run(site, tmp_path, "--post") == 2
    said = capsys.readouterr().err
    assert "paper 2: " in said and "paper 3: " in said and "start again" in said
    assert [note["forum"] for note in site.notes] == ["paper1", "paper4"]
    site.refuses, site.unreadable = set(), set()
    assert run(site, tmp_path, "--post") == 0
    assert sorted(note["forum"] for note in site.notes) == ["paper1", "paper2", "paper3", "paper4"]


def outcomes(out: Path) -> dict[str, str]:
    with (out / "index.csv").open(newline="") as table:
        return {row["submission"]: row["outcome"] for row in csv.DictReader(table)}


def test_a_paper_that_could_not_be_fetched_stands_in_the_index_as_not_checked_whatever_it_was(
    site: Site, tmp_path: Path
) -> None:
    site.unreadable = {1}
    assert run(site, tmp_path / "fresh") == 2
    assert outcomes(tmp_path / "fresh") == {"1": "not-checked", "2": "fail", "3": "fail", "4": "undetermined"}
    site.unreadable = set()
    assert run(site, tmp_path / "known") == 0
    assert outcomes(tmp_path / "known")["1"] == "pass"
    site.unreadable = {1}
    assert run(site, tmp_path / "known") == 2
    assert outcomes(tmp_path / "known")["1"] == "not-checked"
    index = (tmp_path / "known" / "index.html").read_text()
    assert "it could not be checked: " in index and 'href="./1.html"' not in index


def test_a_paper_without_an_invitation_costs_no_other_paper_its_note(site: Site, tmp_path: Path, capsys: Any) -> None:
    site.uninvited = {1}
    assert run(site, tmp_path, "--post") == 2
    said = capsys.readouterr()
    assert "paper 1: " in said.err and "save the stage Format_Check again" in said.err
    assert [note["forum"] for note in site.notes] == ["paper2", "paper3", "paper4"]
    assert "4 papers: " in said.out and outcomes(tmp_path)["1"] == "pass"


def test_every_paper_is_checked_before_a_note_is_posted(site: Site, tmp_path: Path) -> None:
    site.readers = ["everyone"]
    assert run(site, tmp_path, "--post") == 2
    assert set(outcomes(tmp_path)) == {"1", "2", "3", "4"} and outcomes(tmp_path)["3"] == "fail"


def test_a_run_that_is_killed_before_it_tells_posts_nothing_twice(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(_folder.Folder, "enter_note", killed)
        run(site, tmp_path, "--post")
    assert len(site.asked) == 1
    assert run(site, tmp_path, "--post") == 0
    assert len(site.notes) == 4


def test_without_the_folder_of_before_the_notes_are_found(site: Site, tmp_path: Path) -> None:
    run(site, tmp_path / "one", "--post")
    assert run(site, tmp_path / "two", "--post") == 0
    assert len(site.asked) == 4


def test_a_paper_that_was_changed_has_its_note_changed(site: Site, tmp_path: Path, clean: Path) -> None:
    run(site, tmp_path, "--post")
    site.files["paper2"] = clean.read_bytes() + b"\n% anew"
    assert run(site, tmp_path, "--post") == 0
    assert len(site.notes) == 4 and len(site.asked) == 5
    assert site.notes[1]["content"]["verdict"]["value"] == "pass"


def test_a_folder_of_another_venue_stage_or_service_is_refused_with_a_remedy(
    site: Site, tmp_path: Path, capsys: Any
) -> None:
    assert run(site, tmp_path) == 0
    before = (tmp_path / "1.md").read_text()
    for words in (["--venue-id", "Elsewhere.cc"], ["--note", "Second_Check"], ["--base-url", "http://127.0.0.1:9"]):
        assert run(site, tmp_path, *words, "--post") == 2
        said = capsys.readouterr().err
        assert f"holds the reports of {VENUE}" in said and "name another folder with --out" in said
    assert site.asked == [] and (tmp_path / "1.md").read_text() == before


def test_a_report_that_is_not_the_one_that_was_written_for_a_paper_is_made_anew(site: Site, tmp_path: Path) -> None:
    assert run(site, tmp_path) == 0
    for ending in ("json", "md"):
        (tmp_path / f"1.{ending}").write_text((tmp_path / f"2.{ending}").read_text())
    assert run(site, tmp_path, "--post") == 0
    first, second = (note["content"]["report"]["value"] for note in site.notes[:2])
    assert "page-limit-exceeded" in second and "page-limit-exceeded" not in first


def test_a_report_that_changes_before_it_is_posted_is_not_posted(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assert run(site, tmp_path) == 0
    (tmp_path / "1.md").write_text((tmp_path / "2.md").read_text())
    monkeypatch.setattr(_folder.Folder, "holds", lambda *_: True)
    assert run(site, tmp_path, "--post") == 2
    assert "paper 1: " in capsys.readouterr().err
    assert [note["forum"] for note in site.notes] == ["paper2", "paper3", "paper4"]


def test_a_note_of_a_person_is_left_alone(site: Site, tmp_path: Path) -> None:
    by_hand = {"id": "note0", "forum": "paper1", "invitations": [f"{VENUE}/Paper1/-/Format_Check"], "content": {}}
    site.notes.append(by_hand)
    assert run(site, tmp_path, "--post") == 0
    assert by_hand["content"] == {} and len(site.notes) == 5


def test_a_stage_that_others_read_is_refused_before_anything_is_posted(site: Site, tmp_path: Path, capsys: Any) -> None:
    for readers in ([f"{VENUE}/Reviewers"], {"param": {"const": ["everyone"]}}):
        site.readers = readers
        assert run(site, tmp_path, "--post") == 2
        assert site.asked == []
    assert "would be read by everyone" in capsys.readouterr().err
    assert (tmp_path / "index.html").exists()


@pytest.fixture
def one_paper(over_length: Path) -> Site:
    return Site({1: over_length.read_bytes()})


def test_a_note_that_others_could_read_is_taken_back(one_paper: Site, tmp_path: Path, capsys: Any) -> None:
    one_paper.adds = [f"{VENUE}/Reviewers"]
    assert run(one_paper, tmp_path, "--post") == 2
    assert len(one_paper.notes) == 1 and one_paper.notes[0]["ddate"]
    said = capsys.readouterr().err
    assert "was taken back" in said and "remove its edits too" in said
    one_paper.notes[0].pop("ddate")
    one_paper.freezes = True
    assert run(one_paper, tmp_path / "again", "--post") == 2
    assert "remove it by hand, at once" in capsys.readouterr().err


def test_a_stage_whose_edits_others_read_is_refused_before_anything_is_posted(
    one_paper: Site, tmp_path: Path, capsys: Any
) -> None:
    ours = f"{VENUE}/Chairs"
    others: list[Any] = [None, [], ["everyone"], [ours, f"{VENUE}/Reviewers"], ["${2/note/readers}", VENUE]]
    for readers in [
        *others,
        [ours, "${2/signatures}"],
        {"param": {"const": ["everyone"]}},
        {"param": {"enum": [ours]}},
    ]:
        one_paper.edit_readers = readers
        assert run(one_paper, tmp_path, "--post") == 2
        assert one_paper.asked == []
        assert f"whoever may read its edits, {json.dumps(readers)}" in capsys.readouterr().err
    one_paper.edit_readers = [ours]
    assert run(one_paper, tmp_path, "--post") == 0 and len(one_paper.notes) == 1


def test_a_note_whose_edit_others_could_read_is_taken_back(one_paper: Site, tmp_path: Path, capsys: Any) -> None:
    one_paper.adds_to_edits = ["everyone"]
    assert run(one_paper, tmp_path, "--post") == 2
    assert one_paper.notes[0]["ddate"]
    said = capsys.readouterr().err
    assert "the edit of the note on paper 1 could be read by everyone" in said and "remove its edits too" in said


def test_a_note_that_others_can_read_and_that_a_killed_run_left_is_taken_back_by_the_next(
    one_paper: Site, tmp_path: Path, capsys: Any
) -> None:
    one_paper.adds = [f"{VENUE}/Reviewers"]
    client = client_of(one_paper)
    client.get_note.side_effect = KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        main(["--venue-id", VENUE, "--profile", "dlde-2023", "--out", str(tmp_path), "--post"], client)
    assert len(one_paper.notes) == 1 and "ddate" not in one_paper.notes[0]
    assert run(one_paper, tmp_path, "--post") == 2
    assert one_paper.notes[0]["ddate"] and "was taken back" in capsys.readouterr().err


def test_the_stage_of_the_documentation_is_one_that_others_do_not_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "openreview.md").read_text()
    lines = page.split("```python\n")[1].split("```")[0]
    venue = create_autospec(openreview.venue.Venue, instance=True)
    venue.get_program_chairs_id.return_value, venue.get_authors_id.return_value = "Chairs", "Authors"
    stood = openreview.helpers.get_conference
    try:
        openreview.helpers.get_conference = lambda client, form: venue
        exec(lines, {"client": object(), "REQUEST_FORM": "form"})
    finally:
        openreview.helpers.get_conference = stood
    venue.create_custom_stage.assert_called_once_with()
    stage = venue.custom_stage
    for area in ("use_senior_area_chairs", "use_area_chairs", "use_ethics_chairs", "use_ethics_reviewers"):
        setattr(venue, area, True)
    assert stage.get_readers(venue, 1) == ["Chairs", "Authors"]
    assert stage.name == "Format_Check" and set(stage.content) == {"title", "verdict", "report"}


def test_all_of_it_goes_over_http(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("OPENREVIEW_USERNAME", "chair@ostrany.example")
    monkeypatch.setenv("OPENREVIEW_PASSWORD", "secret")
    with served(site) as address:
        words = ["--venue-id", VENUE, "--out", str(tmp_path), "--base-url", address]
        assert main(words) == 0 and site.asked == []
        assert main([*words, "--post"]) == 0 and main([*words, "--post"]) == 0
        assert main([*words[:-1], address, "--venue-id", "Nowhere.cc"]) == 2
        monkeypatch.setenv("OPENREVIEW_PASSWORD", "guess")
        assert main(words) == 2
    assert [note["readers"] for note in site.notes] == [
        [f"{VENUE}/Chairs", f"{VENUE}/Paper{number}/Authors"] for number in range(1, 5)
    ]
    assert len(site.asked) == 4
    assert "OPENREVIEW_PASSWORD" in capsys.readouterr().err
