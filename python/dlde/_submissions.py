"""Which submissions lie in a folder or a manifest, on this machine or in object storage."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyarrow import fs

from . import _dlde
from ._check import Wish
from .errors import DldeError, InputError

#: Endings that are no part of an id, the longer one first. These and the words below are those of `dlde batch`.
_ENDINGS = (".tar.gz", ".tgz", ".tar", ".zip", ".gz", ".pdf", ".tex", ".PDF", ".ZIP")
#: Endings of files that stand beside submissions and are none.
_BESIDE = (".csv", ".json", ".jsonl", ".toml", ".xlsx", ".txt", ".md", ".html", ".log", ".yaml", ".yml", ".sarif")
_SOURCE_WORDS = ("source", "latex", "src", "tex")
_SUPPLEMENT_WORDS = ("supp", "appendix", "code", "data")
_SURE_SUPPLEMENT_WORDS = ("supp", "appendix")
_KEYS = {"id", "pdf", "source", "supplement", "authors", "identities", "track"}


@dataclass(frozen=True)
class Entry:
    """A file or a folder of a submission."""

    path: str
    """Where it is on its file system."""
    role: str
    """``input``, ``source`` or ``supplement``."""
    is_folder: bool = False


@dataclass(frozen=True)
class Submitted:
    """A submission, not read yet."""

    id: str
    """What it is called among the others."""
    entries: tuple[Entry, ...]
    """What it consists of, the paper first."""
    is_named: bool = False
    """Somebody said which file is which."""
    identities: str | None = None
    """Its authors, as a file of identities."""
    track: str | None = None
    """Its track, where it has its own."""


def place_of(where: str) -> tuple[fs.FileSystem, str]:
    """The file system of a path or an address, such as ``s3://bucket/papers``, and the path on it.

    :raises InputError: for an address that is none.
    """
    if "://" not in where:
        return fs.LocalFileSystem(), os.path.abspath(where)
    try:
        files, path = fs.FileSystem.from_uri(where)
    except (OSError, ValueError) as cause:
        raise InputError(
            f"{where}: this is no place: {cause}", "name a folder, or an address such as s3://bucket/papers"
        ) from None
    return files, str(path)


def submissions(where: str) -> tuple[fs.FileSystem, list[Submitted]]:
    """Every submission of a folder or a manifest (``.jsonl``), by id.

    :raises InputError: where nothing is there, a line of the manifest is none, or two submissions have one id.
    """
    files, root = place_of(where)
    try:
        return files, _found(files, root, where)
    except OSError as cause:
        raise InputError(f"{where}: cannot be read: {cause}", "check the address, and that you may read it") from None


def _found(files: fs.FileSystem, root: str, where: str) -> list[Submitted]:
    about = files.get_file_info(root)
    if about.type == fs.FileType.Directory:
        found = _of_folder(files, root)
    elif about.type == fs.FileType.File and root.endswith(".jsonl"):
        found = list(_of_manifest(files, root, where))
    else:
        why = (
            "there is no such folder"
            if about.type == fs.FileType.NotFound
            else "this is neither a folder nor a manifest"
        )
        raise InputError(f"{where}: {why}", "name a folder of submissions, or a manifest (.jsonl)")
    if not found:
        raise InputError(
            f"{where}: there is no submission in it", "name a folder that holds PDFs, or a manifest (.jsonl)"
        )
    seen: set[str] = set()
    for one in found:
        if one.id in seen:
            raise InputError(f"{where}: two submissions are called {one.id}", "name them apart")
        seen.add(one.id)
    return sorted(found, key=lambda one: one.id)


def _of_folder(files: fs.FileSystem, root: str) -> list[Submitted]:
    groups: dict[str, list[Entry]] = {}
    inside = files.get_file_info(fs.FileSelector(root))
    if any(about.type == fs.FileType.File and about.base_name.lower().endswith(".tex") for about in inside):
        # The sources of one paper.
        return [Submitted(_id(os.path.basename(root.rstrip("/"))), (Entry(root, "input", True),))]
    for about in inside:
        is_folder = about.type == fs.FileType.Directory
        if about.base_name.startswith((".", "_")) or (not is_folder and about.base_name.lower().endswith(_BESIDE)):
            continue
        groups.setdefault(_id(about.base_name), []).append(Entry(about.path, "input", is_folder))
    return [Submitted(id, _with_roles(entries)) for id, entries in groups.items()]


def _id(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and name != ending:
            return name[: -len(ending)]
    return name


def _with_roles(entries: list[Entry]) -> tuple[Entry, ...]:
    """What each entry of one id is, by its name; the paper first."""
    if len(entries) == 1:
        return tuple(entries)

    def says(entry: Entry, words: tuple[str, ...]) -> bool:
        return any(word in os.path.basename(entry.path).lower() for word in words)

    def is_pdf(entry: Entry) -> bool:
        return entry.path.lower().endswith(".pdf")

    only_pdf = sum(map(is_pdf, entries)) == 1

    def role(entry: Entry) -> str:
        if only_pdf and is_pdf(entry) and not says(entry, _SURE_SUPPLEMENT_WORDS):
            return "input"
        if says(entry, _SUPPLEMENT_WORDS):
            return "supplement"
        return "input" if is_pdf(entry) else "source" if says(entry, _SOURCE_WORDS) else "supplement"

    told = [Entry(entry.path, role(entry), entry.is_folder) for entry in sorted(entries, key=lambda entry: entry.path)]
    if all(entry.role != "input" for entry in told):
        # Where nothing is called the paper, what does not say that it goes with one is it, or holds it.
        for at, entry in enumerate(told):
            if entry.role == "supplement" and not says(entry, _SURE_SUPPLEMENT_WORDS):
                told[at] = Entry(entry.path, "input", entry.is_folder)
                break
    return tuple(sorted(told, key=lambda entry: (entry.role != "input", os.path.basename(entry.path))))


def _of_manifest(files: fs.FileSystem, path: str, shown: str) -> Iterator[Submitted]:
    root = path.rpartition("/")[0]
    with files.open_input_stream(path) as stream:
        lines = stream.read().splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _of_line(files, root, json.loads(_decoded(line)))
            except (ValueError, TypeError, OSError, DldeError) as cause:
                remedy = 'each line is an object such as {"id": "17", "pdf": "17.pdf", "authors": ["Ada Orr"]}'
                raise InputError(f"{shown}, line {number}: {cause}", remedy) from None


def _decoded(line: bytes) -> str:
    """A line as text: a name that is read otherwise than it was written would be looked for in vain."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise ValueError(f"byte {cause.start + 1} is no UTF-8") from None


def _of_line(files: fs.FileSystem, root: str, line: Any) -> Submitted:
    if not isinstance(line, dict):
        raise ValueError("this is no object")
    id = line.get("id")
    if isinstance(id, bool) or not isinstance(id, (str, int)) or id == "":
        raise ValueError("`id` is neither a word nor a number")
    if unknown := set(line) - _KEYS:
        raise ValueError(f"unknown key `{min(unknown)}`")
    named = [line[key] for key in ("pdf", "source") if line.get(key)]
    if not named:
        raise ValueError("neither `pdf` nor `source` names a file")
    more = line.get("supplement") or []
    roles = [("input", named[0]), *(("source", path) for path in named[1:])]
    roles += [("supplement", path) for path in ([more] if isinstance(more, str) else more)]

    def entry(role: str, path: str) -> Entry:
        inside = path if path.startswith("/") else f"{root}/{path}"
        return Entry(inside, role, files.get_file_info(inside).type == fs.FileType.Directory)

    track = line.get("track")
    if track is not None:
        # Whether there is such a track at all; whether the venue has it is seen later.
        _dlde.Orders(Wish(None, None, "submission", track, "chair"))
    said = _identities(files, root, line)
    return Submitted(str(id), tuple(entry(*one) for one in roles), True, said, track)


def _identities(files: fs.FileSystem, root: str, line: dict[str, Any]) -> str | None:
    """The authors of a line as a file of identities."""
    if path := line.get("identities"):
        with files.open_input_stream(f"{root}/{path}") as stream:
            text = str(stream.read().decode("utf-8"))
    elif authors := line.get("authors"):
        said = [{"names": [author]} if isinstance(author, str) else author for author in authors]
        text = json.dumps({"authors": said}, ensure_ascii=False, separators=(",", ":"))
    else:
        return None
    _dlde.Orders.accepts(text)
    return text


#: The most bytes that are read of a submission, and files: one more than any check takes.
_MOST_BYTES = (200 << 20) + 1
_MOST_FILES = 10_001


def gathered(files: fs.FileSystem, submitted: Submitted) -> _dlde.Handed:
    """The files of a submission, archives unopened.

    :raises OSError: where one of them cannot be read, and ValueError or InputError likewise.
    """
    first, *others = submitted.entries
    if isinstance(files, fs.LocalFileSystem) and (submitted.is_named or not others):
        if not submitted.is_named and os.path.islink(first.path):
            raise InputError("it is a link, which is not followed", "put the file itself there")
        handed = _dlde.Handed.gather(first.path)
        for entry in others:
            handed = handed.with_path(entry.path, entry.role)
        return handed
    alone = not others
    name = submitted.id if not (alone or submitted.is_named) else os.path.basename(first.path)
    handed = _dlde.Handed.pack(name, alone and first.is_folder, [])
    # One after the other: of what is too large, the bytes are not kept.
    for file in islice((file for entry in submitted.entries for file in _files(files, entry, alone)), _MOST_FILES):
        handed = handed.with_bytes(*file)
    return handed


def _files(files: fs.FileSystem, entry: Entry, alone: bool) -> Iterator[tuple[str, bytes, str]]:
    """The files of an entry, by name: what they are called, what is in them, and how they came here."""
    if not entry.is_folder:
        yield os.path.basename(entry.path), _read(files, entry.path), entry.role
        return
    before = len(entry.path) + 1
    prefix = "" if alone else os.path.basename(entry.path) + "/"
    for about in sorted(files.get_file_info(fs.FileSelector(entry.path, recursive=True)), key=lambda about: about.path):
        if about.type == fs.FileType.File and not _is_link(files, about.path):
            yield prefix + about.path[before:], _read(files, about.path), entry.role


def _is_link(files: fs.FileSystem, path: str) -> bool:
    return isinstance(files, fs.LocalFileSystem) and os.path.islink(path)


def _read(files: fs.FileSystem, path: str) -> bytes:
    if _is_link(files, path):
        raise InputError("it is a link, which is not followed", "put the file itself there")
    with files.open_input_stream(path) as stream:
        content: bytes = stream.read(_MOST_BYTES)
        return content
