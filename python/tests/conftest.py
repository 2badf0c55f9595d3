"""What several tests need: the samples of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def over_length() -> Path:
    """A paper two lines too long."""
    return SAMPLES / "over-length" / "paper.pdf"


@pytest.fixture
def clean() -> Path:
    """A paper with nothing wrong."""
    return SAMPLES / "clean" / "paper.pdf"


@pytest.fixture
def named() -> Path:
    """A paper that names its authors."""
    return SAMPLES / "named-authors" / "paper.pdf"


@pytest.fixture
def samples() -> Path:
    """The folder of samples."""
    return SAMPLES


def workers() -> list[int]:
    """The processes that this one has started and that still run. Source: proc(5)."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                about = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(about[1]) == os.getpid() and about[0] != "Z":
                found.append(int(entry))
    return found


def descendants() -> dict[int, str]:
    """The processes that this one and those below it have started, with their command lines. Source: proc(5)."""
    parents: dict[int, int] = {}
    lines: dict[int, str] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                about = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
                lines[int(entry)] = Path("/proc", entry, "cmdline").read_text(errors="replace").replace("\0", " ")
            except OSError:
                continue
            parents[int(entry)] = int(about[1])

    def is_below(process: int | None) -> bool:
        while process is not None and process != os.getpid():
            process = parents.get(process)
        return process is not None

    return {process: line for process, line in lines.items() if process != os.getpid() and is_below(process)}
