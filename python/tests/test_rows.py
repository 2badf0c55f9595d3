"""Which submissions there are, a row for each, and the folder that keeps them: what a cluster does, without one."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from pyarrow import parquet

import dlde
from dlde._check import Isolation, wish_of
from dlde._parts import Parts
from dlde._rows import SCHEMA, Rows, rows_of, unchecked
from dlde._submissions import Submitted, submissions

WISH = wish_of("dlde-2023", "submission", "regular", "chair")


@pytest.fixture
def papers(tmp_path: Path, samples: Path) -> Path:
    """A folder as conference systems hand it out."""
    folder = tmp_path / "papers"
    folder.mkdir()
    shutil.copy(samples / "clean" / "paper.pdf", folder / "1.pdf")
    shutil.copy(samples / "over-length" / "paper.pdf", folder / "2.pdf")
    shutil.copytree(samples / "over-length" / "source", folder / "2_source")
    (folder / "3.pdf").write_bytes(b"no paper")
    shutil.copytree(samples / "named-authors", folder / "4")
    (folder / "5.pdf").symlink_to("/etc/hostname")
    (folder / "list.csv").write_text("1,2,3")
    (folder / ".hidden").write_text("")
    return folder


def rows(place: Path, known: dict[str, str] | None = None) -> list[dict[str, Any]]:
    files, all = submissions(str(place))
    batch = pyarrow.table({"submitted": [pickle.dumps(one) for one in all]})
    found: list[dict[str, Any]] = rows_of(batch, Rows(files, WISH, Isolation(), known or {})).to_pylist()
    return found


def test_every_submission_becomes_one_row(papers: Path) -> None:
    found = {row["id"]: (row["status"], row["verdict"]) for row in rows(papers)}
    assert found.pop("2_source") == ("unreadable", "undetermined")
    expected = {"1": ("ok", "pass"), "2": ("ok", "fail"), "3": ("unreadable", "undetermined"), "4": ("ok", "fail")}
    assert found == {**expected, "5": ("unreadable", "undetermined")}


def test_a_row_tells_what_the_report_tells(papers: Path, over_length: Path) -> None:
    row = rows(papers)[1]
    report = json.loads(row["report"])
    assert (row["errors"], row["warnings"]) == (1, 0) and row["seconds"] > 0
    (finding,) = row["findings"]
    assert {key: finding[key] for key in ("code", "message", "page")} == {
        "code": "PAGE001",
        "message": report["findings"][0]["message"],
        "page": 5,
    }


def test_a_link_is_not_followed(papers: Path) -> None:
    row = next(row for row in rows(papers) if row["id"] == "5")
    assert "is a link, which is not followed" in row["reason"] and row["report"] is None


def test_what_is_known_and_still_holds_is_not_checked_again(papers: Path) -> None:
    known = {row["id"]: row["key"] for row in rows(papers)}
    assert {row["status"] for row in rows(papers, known)} == {None}
    with (papers / "1.pdf").open("ab") as paper:
        paper.write(b"% anew")
    assert {row["id"]: row["status"] for row in rows(papers, known) if row["status"]} == {"1": "ok"}


@pytest.mark.skipif("DLDE_PROGRAM" not in os.environ, reason="DLDE_PROGRAM names no program to compare with")
def test_rows_are_the_results_of_a_batch(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.jsonl"
    words = ["batch", papers, "--out", out, "--venue", "dlde-2023"]
    subprocess.run([os.environ["DLDE_PROGRAM"], *words], capture_output=True, cwd=tmp_path)
    results = {result["id"]: result for result in map(json.loads, out.read_text().splitlines())}
    found = {row["id"]: row for row in rows(papers)}
    assert set(found) == set(results)
    for id in ("1", "2", "2_source", "3", "4"):
        assert (found[id]["key"], found[id]["status"]) == (results[id]["key"], results[id]["status"])
        assert json.loads(found[id]["report"])["findings"] == results[id]["report"]["findings"]


def test_a_manifest_names_files_and_authors(papers: Path) -> None:
    lines = [
        {"id": 17, "pdf": "4/paper.pdf", "source": "4/source", "authors": ["Isolde Tarnwick"]},
        {"id": "18", "pdf": "2.pdf", "supplement": "1.pdf", "track": "recently-published"},
        {"id": "19", "pdf": "gone.pdf"},
    ]
    manifest = papers / "papers.jsonl"
    manifest.write_text("".join(json.dumps(line) + "\n" for line in lines))
    seventeen, eighteen, nineteen = rows(manifest)
    assert "ANON018" in {finding["code"] for finding in seventeen["findings"]}
    assert json.loads(eighteen["report"])["profile"]["track"] == "recently-published"
    assert nineteen["status"] == "unreadable" and "no such file" in nineteen["reason"]
    assert str(papers) not in nineteen["reason"]


_UNKNOWN = '{"id": 1, "pdf": "a", "autors": []}'
_NOBODY = '{"id": 1, "pdf": "a", "authors": [""]}'
_NOWHERE = '{"id": 1, "pdf": "a", "track": "demo"}'


@pytest.mark.parametrize("line", ["{", "{}", '{"id": ""}', '{"id": 1}', _UNKNOWN, _NOBODY, _NOWHERE, "[]"])
def test_a_line_that_says_nothing_is_told_with_its_number(line: str, tmp_path: Path) -> None:
    manifest = tmp_path / "papers.jsonl"
    manifest.write_text('{"id": 0, "pdf": "a"}\n' + line)
    with pytest.raises(dlde.InputError, match="line 2"):
        submissions(str(manifest))


def test_a_line_in_another_encoding_is_told_with_its_number(tmp_path: Path, clean: Path) -> None:
    shutil.copy(clean, tmp_path / "1.pdf")
    manifest = tmp_path / "list.jsonl"
    lines = [{"id": str(at), "pdf": "1.pdf", "authors": ["Zo\u00eb Tarn\u2028wick"]} for at in range(2)]
    first, second = (json.dumps(line, ensure_ascii=False) for line in lines)
    manifest.write_bytes(first.encode() + b"\n" + second.replace("\u2028", "").encode("latin-1"))
    with pytest.raises(dlde.InputError, match="list.jsonl, line 2: byte [0-9]+ is no UTF-8; each line"):
        submissions(str(manifest))
    manifest.write_bytes(first.encode() + b"\n" + second.encode())
    assert [one.id for one in submissions(str(manifest))[1]] == ["0", "1"]


def test_object_storage_gives_what_a_folder_gives(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import fs

    from dlde import _submissions

    here = rows(papers)
    # A file system that is not this machine's, of the same files.
    distant = fs.SubTreeFileSystem(str(papers.parent), fs.LocalFileSystem())
    monkeypatch.setattr(_submissions, "place_of", lambda where: (distant, "papers"))
    there = rows(papers)
    assert [(row["id"], row["key"]) for row in there[:5]] == [(row["id"], row["key"]) for row in here[:5]]
    assert [row["verdict"] for row in there[:5]] == [row["verdict"] for row in here[:5]]


def test_what_is_too_large_is_told_and_leaves_it_open(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (papers / "1.pdf").open("r+b") as paper:
        paper.truncate(201 << 20)
    row = rows(papers)[0]
    assert (row["status"], row["verdict"]) == ("unreadable", "undetermined")
    assert "200 MB" in json.dumps(json.loads(row["report"])["problems"])


def test_inputs_that_are_none_are_told(tmp_path: Path, clean: Path) -> None:
    for place in (tmp_path / "gone", tmp_path, clean):
        with pytest.raises(dlde.InputError):
            submissions(str(place))
    with pytest.raises(dlde.InputError, match="this is no place"):
        submissions("nowhere://papers")


def test_entries_of_one_id_have_their_roles_by_name(tmp_path: Path) -> None:
    for name in ("7.zip", "7_source.zip", "7.pdf", "8.zip"):
        (tmp_path / name).write_bytes(b"")
    _, all = submissions(str(tmp_path))
    roles = {one.id: [(os.path.basename(e.path), e.role) for e in one.entries] for one in all}
    assert roles["7"] == [("7.pdf", "input"), ("7.zip", "supplement")]
    assert roles["8"] == [("8.zip", "input")]
    assert isinstance(all[0], Submitted)


def test_a_folder_of_sources_is_one_submission(samples: Path) -> None:
    (found,) = rows(samples / "clean" / "source")
    assert (found["id"], found["status"]) == ("source", "unreadable")


def row(id: str, key: str, verdict: str = "pass") -> dict[str, Any]:
    return {**unchecked(id, key, "ok", ""), "verdict": verdict, "report": '{"verdict":"pass"}'}


@pytest.mark.parametrize("format", ["parquet", "jsonl"])
def test_of_two_rows_of_one_id_the_later_one_stays(format: str, tmp_path: Path) -> None:
    place = str(tmp_path / "out")
    parts = Parts(place, format)
    parts.enter([row("1", "a"), row("2", "a")])
    parts.settle()
    parts = Parts(place, format)
    assert {id: known["key"] for id, known in parts.rows().items()} == {"1": "a", "2": "a"}
    parts.enter([row("1", "b", "fail")])
    parts.settle()
    held = Parts(place, format).rows()
    assert {id: (known["key"], known["verdict"]) for id, known in held.items()} == {
        "1": ("b", "fail"),
        "2": ("a", "pass"),
    }
    lines = sum(len(Parts(place, format)._read(name)) for name in Parts(place, format)._names())
    assert lines == 2


def test_what_a_killed_run_left_half_written_is_no_result(tmp_path: Path) -> None:
    parts = Parts(str(tmp_path), "parquet")
    parts.enter([row("1", "a")])
    parts.settle()
    (tmp_path / ".part-000002.parquet").write_bytes(b"PAR1 torn")
    assert set(Parts(str(tmp_path), "parquet").rows()) == {"1"}
    assert parquet.read_table(tmp_path).num_rows == 1


def test_another_format_is_not_mixed_in(tmp_path: Path) -> None:
    parts = Parts(str(tmp_path), "parquet")
    parts.enter([row("1", "a")])
    parts.settle()
    with pytest.raises(dlde.InputError, match="another format"):
        Parts(str(tmp_path), "jsonl")
    with pytest.raises(dlde.ChoiceError):
        Parts(str(tmp_path), "csv")


def test_the_schema_has_no_column_that_rows_lack() -> None:
    assert set(unchecked("1", "", "crashed", "why")) == set(SCHEMA.names)
