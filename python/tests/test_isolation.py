"""Whatever a paper does, the interpreter goes on."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import workers

import dlde
from dlde import _seats

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, or at limits that Linux has")


def test_a_check_that_takes_too_long_says_so(clean: Path) -> None:
    report = dlde.check(clean, timeout=1e-5)
    assert (report.status, report.verdict) == (dlde.Status.TIMEOUT, dlde.Verdict.UNDETERMINED)
    assert report.reason is not None and "longer than allowed" in report.reason
    assert report.reason in report.to_markdown() and "longer than allowed" in report.to_html()
    assert report.data["verdict"] == "undetermined"
    assert dlde.check(clean).verdict is dlde.Verdict.PASS


def test_a_check_may_take_as_long_as_it_likes(clean: Path) -> None:
    for timeout in (1e300, 10**400, float("inf")):
        assert dlde.check(clean, timeout=timeout).verdict is dlde.Verdict.PASS


@linux_only
def test_a_check_that_takes_too_much_memory_says_so(clean: Path) -> None:
    padded = clean.read_bytes() + b"%" * (100 << 20)
    report = dlde.check(padded, memory=160 << 20)
    assert (report.status, report.verdict) == (dlde.Status.CRASHED, dlde.Verdict.UNDETERMINED)
    assert report.reason is not None and "memory" in report.reason


@linux_only
def test_a_worker_that_is_killed_costs_no_paper_its_report(clean: Path) -> None:
    assert dlde.check(clean).verdict is dlde.Verdict.PASS
    killed = 0
    for worker in workers():
        # One that an earlier test has ended may be gone by now.
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
            killed += 1
    assert killed > 0
    assert dlde.check(clean).verdict is dlde.Verdict.PASS


def test_what_a_worker_says_that_makes_no_sense_is_no_report() -> None:
    for said in ("", "{", "[]", "{}", '{"verdict":"pass"}', "[" * 100_000):
        report = dlde.Report._of(("ok", None, said, None, None), lambda: None)
        assert (report.status, report.verdict) == (dlde.Status.CRASHED, dlde.Verdict.UNDETERMINED)
        assert "gave no report" in report.to_html()


@linux_only
def test_no_more_workers_are_kept_than_there_are_cores(clean: Path) -> None:
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda _: dlde.check(clean), range(32)))
    # A seat that is given up is gone with its thread, soon.
    for _ in range(100):
        if len(workers()) <= (os.cpu_count() or 1):
            break
        time.sleep(0.05)
    assert len(workers()) <= (os.cpu_count() or 1)


@linux_only
def test_a_worker_outlives_the_thread_that_asked_and_not_the_interpreter(clean: Path, tmp_path: Path) -> None:
    code = (
        "import dlde, sys, threading; sys.path.insert(0, sys.argv[1]); from conftest import workers\n"
        "thread = threading.Thread(target=dlde.check, args=(sys.argv[2],)); thread.start(); thread.join()\n"
        "before = workers(); dlde.check(sys.argv[2]); assert workers() == before; print(*before)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(clean)],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        text=True,
    )
    (worker,) = map(int, said.stdout.split())
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()


def _verdict(paper: Path) -> str:
    return dlde.check(paper).verdict.value


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork here")
def test_a_process_that_is_forked_off_has_workers_of_its_own(clean: Path) -> None:
    assert dlde.check(clean).verdict is dlde.Verdict.PASS
    with multiprocessing.get_context("fork").Pool(2) as processes:
        assert processes.map(_verdict, [clean] * 4) == ["pass"] * 4
    assert dlde.check(clean).verdict is dlde.Verdict.PASS


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers here")
def test_a_check_can_be_interrupted(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Rung(Exception):
        pass

    def ring(*_: object) -> None:
        raise Rung

    monkeypatch.setattr(_seats, "_program", lambda: ["sleep", "3"])
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    started = time.monotonic()
    try:
        with pytest.raises(Rung):
            dlde.check(clean, timeout=41)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < 2


def test_where_no_worker_can_be_started_that_is_told(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_seats, "_program", lambda: ["/no/such/program"])
    with pytest.raises(dlde.WorkerError, match="isolate=False"):
        dlde.check(clean, timeout=42)
    monkeypatch.undo()
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(dlde.WorkerError, match="sys.executable"):
        dlde.check(clean, timeout=42)
    assert dlde.check(clean, isolate=False).verdict is dlde.Verdict.PASS
