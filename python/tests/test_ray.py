"""A cluster of two nodes: every paper one row, whatever dies. Runs where DLDE_TEST_RAY is set: Ray has 240 MB."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import descendants

pytestmark = [pytest.mark.ray, pytest.mark.skipif("DLDE_TEST_RAY" not in os.environ, reason="DLDE_TEST_RAY is not set")]

#: Papers: enough that a node can be lost in the middle.
PAPERS = 240


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two nodes of one processor each."""
    import ray
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 1 << 27})
    nodes.second = nodes.add_node(num_cpus=1, object_store_memory=1 << 27)
    ray.init(address=nodes.address, log_to_driver=False)
    yield nodes
    ray.shutdown()
    nodes.shutdown()


@pytest.fixture
def papers(tmp_path: Path, samples: Path) -> Path:
    """Papers that differ in their last bytes, and one that is none."""
    folder = tmp_path / "papers"
    folder.mkdir()
    stories = ["clean", "over-length", "named-authors", "long-appendix", "wrong-year"]
    for number in range(PAPERS - 1):
        paper = folder / f"{number:03}.pdf"
        shutil.copy(samples / stories[number % len(stories)] / "paper.pdf", paper)
        with paper.open("ab") as end:
            end.write(f"\n% {number}".encode())
    (folder / "torn.pdf").write_bytes(b"%PDF-1.5 torn")
    return folder


def run(papers: Path, out: Path, **more: Any) -> dict[str, int]:
    from dlde.ray import run

    return dict(run(str(papers), str(out), **more))


def table(out: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet

    rows: list[dict[str, Any]] = parquet.read_table(out).to_pylist()
    return rows


def wait_for(out: Path) -> None:
    """Until the first results are there."""
    while not list(out.glob("part-*")):
        time.sleep(0.05)


def kill(word: str) -> int:
    """Ends a process below this one whose command line has that word. Returns how many there were."""
    found = [process for process, line in descendants().items() if word in line]
    for process in found[:1]:
        os.kill(process, signal.SIGKILL)
    return len(found)


def test_a_worker_and_a_node_that_are_lost_in_the_middle_lose_nothing(
    cluster: Any, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dlde import _parts

    monkeypatch.setattr(_parts, "_ROWS", 16)
    out = tmp_path / "out"
    lost: list[int] = []

    def harm() -> None:
        wait_for(out)
        lost.append(kill("_dlde.work"))
        lost.append(kill("ray::MapBatches"))
        cluster.remove_node(cluster.second, allow_graceful=False)
        lost.append(len(list(out.glob("part-*"))))

    thread = threading.Thread(target=harm)
    thread.start()
    counted = run(papers, out)
    thread.join()
    assert lost[0] and lost[1] and lost[2] < PAPERS / 16, f"it came too late: {lost}"
    rows = table(out)
    assert len(rows) == len({row["id"] for row in rows}) == PAPERS
    assert counted == {"pass": 96, "fail": 143, "undetermined": 1}
    assert {row["status"] for row in rows} == {"ok", "unreadable"}


def test_a_second_run_checks_what_has_changed_alone(cluster: Any, papers: Path, tmp_path: Path) -> None:
    import dlde

    out = tmp_path / "out"
    run(papers, out)
    before = {row["id"]: row["seconds"] for row in table(out)}
    with (papers / "007.pdf").open("ab") as paper:
        paper.write(b" anew")
    run(papers, out)
    after = {row["id"]: row["seconds"] for row in table(out)}
    assert {id for id in after if after[id] != before[id]} == {"007"}
    report = next(row["report"] for row in table(out) if row["id"] == "007")
    assert json.loads(report)["findings"] == list(dlde.check(papers / "007.pdf", audience="chair").data["findings"])


def test_the_command_writes_lines_and_ends_with_the_worst(papers: Path, tmp_path: Path, capsys: Any) -> None:
    import ray

    from dlde.ray import main

    for paper in sorted(papers.iterdir())[8:]:
        paper.unlink()
    try:
        assert main([str(papers), str(tmp_path / "out"), "--format", "jsonl"]) == 1
    finally:
        ray.shutdown()
    assert "8 submissions: 5 fail, 3 pass" in capsys.readouterr().out
    (part,) = (tmp_path / "out").glob("part-*.jsonl")
    rows = [json.loads(line) for line in part.read_text().splitlines()]
    assert len(rows) == 8 and rows[0]["report"]["tool"]["name"] == "dlde"
    assert main([str(tmp_path / "gone"), str(tmp_path / "out2")]) == 2
    ray.shutdown()
