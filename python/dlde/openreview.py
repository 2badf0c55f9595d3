"""Checks the submissions of a venue at OpenReview: ``python -m dlde.openreview --venue-id ID --out FOLDER``.

Chairs get a folder of reports with an index. With ``--post``, each paper gets one note, which its authors and the
program chairs read and nobody else. A note is no decision, and none is ever made here.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ._check import Demands, Isolation, Wish, checked, wish_of
from ._dlde import Handed, Orders
from ._extra import extra
from ._folder import Folder, Owner
from .errors import DldeError

with extra("openreview", __name__):
    import openreview

    from ._venue import FAILURES, OpenReviewError, Paper, Venue

_BASE = "https://api2.openreview.net"
#: Digits that tell its note from that of another report.
_DIGITS = 16
#: What tells a note of this program from one of a person.
_CLOSING = "A program wrote this note. It decides nothing; the program chairs do."


@dataclass(frozen=True)
class Fields:
    """Which fields of a submission hold its files."""

    pdf: str = "pdf"
    source: str = "latex_source_zip"
    supplement: str = "supplementary_material"


class Run:
    """One run over all papers of a venue."""

    def __init__(self, venue: Venue, folder: Folder, wish: Wish, fields: Fields) -> None:
        self._venue = venue
        self._folder = folder
        self._wish = wish
        self._demands = Demands(replace(wish, pages=True))
        self._fields = fields
        self.failed: list[str] = []
        """What could not be done, one sentence each; starting again does it."""
        self._keys: dict[str, str] = {}
        self._unchecked: dict[str, str] = {}

    def all(self, posts: bool) -> str:
        """Checks every paper, and posts the notes where asked to. Returns what came out, in a sentence."""
        papers = self._venue.papers(with_accepted=self._wish.stage == "camera-ready")
        self._unchecked = {paper.id: "the run ended before it came to this paper; start it again" for paper in papers}
        try:
            self._check(papers)
        finally:
            sentence = self._folder.index([(paper.id, paper.number) for paper in papers], self._unchecked)
        for paper in papers:
            if paper.id in self._keys:
                self._tell(paper, posts)
        return sentence

    def _check(self, papers: list[Paper]) -> None:
        for paper in papers:
            try:
                self._keys[paper.id] = self._checked(paper)
                del self._unchecked[paper.id]
            except (DldeError, *FAILURES) as cause:
                self._unchecked[paper.id] = f"it could not be checked: {cause}"
                self.failed.append(f"paper {paper.number}: {cause}")

    def _tell(self, paper: Paper, posts: bool) -> None:
        """Posts the note on a paper, or says that it would be posted."""
        try:
            if posts:
                self._noted(paper, self._keys[paper.id])
            elif not self._folder.posted(paper.id):
                print(f"would post a note on paper {paper.number}, for {' and '.join(self._venue.readers(paper))}")
        except OpenReviewError:
            raise
        except (DldeError, *FAILURES) as cause:
            self.failed.append(f"paper {paper.number}: {cause}")

    def _checked(self, paper: Paper) -> str:
        """Sees that the folder has the report on a paper as it is now. Returns its key."""
        handed = self._handed(paper)
        identities = self._venue.identities(paper)
        key = self._demands.key(handed, identities)
        if not self._folder.holds(paper.id, key):
            self._folder.enter(paper.id, paper.number, key, checked(handed, self._demands, identities, Isolation()))
        return key

    def _handed(self, paper: Paper) -> Handed:
        name = f"{paper.number}.pdf"
        pdf = self._venue.file(paper, self._fields.pdf)
        handed = Handed.pack(name, False, [(name, pdf or b"", "input")])
        for field, role in [(self._fields.source, "source"), (self._fields.supplement, "supplement")]:
            content = self._venue.file(paper, field)
            if content is not None:
                ending = str(paper.content[field]["value"]).rpartition(".")[2]
                handed = handed.with_bytes(f"{role}.{ending}", content, role)
        return handed

    def _noted(self, paper: Paper, key: str) -> None:
        """Sees that there is one note on a paper, and that it has this report."""
        if self._folder.posted(paper.id):
            return
        self._venue.prepared(paper)
        verdict, report = self._folder.told(paper.id)
        mark = f"`{sha256(f'{key} {report}'.encode()).hexdigest()[:_DIGITS]}`"
        # A run that was killed may have posted it, and not lived to tell.
        notes = [note for note in self._venue.noted(paper) if _CLOSING in _report_of(note)]
        same = next((note for note in notes if mark in _report_of(note)), None)
        if same is None:
            id = self._venue.post(paper, _content(verdict, report, mark), notes[0].id if notes else None)
        else:
            id = same.id
            # That run may have been killed before it saw who can read it.
            self._venue.confined(paper, id)
        self._folder.enter_note(paper.id, id)


def _report_of(note: Any) -> str:
    return str((note.content or {}).get("report", {}).get("value"))


def _content(verdict: str, report: str, mark: str) -> dict[str, Any]:
    """The fields of a note. `mark` tells its report from others."""
    closing = f"\n---\n{_CLOSING} Report {mark}.\n"
    fields = {"title": "Format check", "verdict": verdict, "report": report + closing}
    return {name: {"value": value} for name, value in fields.items()}


def main(words: Sequence[str] | None = None, client: Any = None) -> int:
    """The command line. Returns 0 where all was done, and 2 where something was not. ``client`` takes the place of one
    that is made from the environment."""
    args = _arguments().parse_args(words)
    try:
        wish = wish_of(args.profile, args.stage, args.track, "chair")
        Orders(wish)
        folder = Folder(args.out, Owner(args.venue_id, args.note, args.base_url))
        venue = Venue(client or _client(args.base_url), args.venue_id, args.note, args.signature)
        run = Run(venue, folder, wish, Fields(args.pdf_field, args.source_field, args.supplement_field))
        print(run.all(args.post))
        if venue.hides_profiles:
            print("dlde: profiles could not be read; of their authors the names alone were looked for", file=sys.stderr)
        for told in venue.unused:
            print(f"dlde: {told}", file=sys.stderr)
    except (DldeError, OSError, *FAILURES) as error:
        print(f"dlde: {error}", file=sys.stderr)
        return 2
    except Exception:
        # Left to itself, Python would end with 1.
        traceback.print_exc()
        return 2
    for why in run.failed:
        print(f"dlde: {why}; start again to go on", file=sys.stderr)
    return 2 if run.failed else 0


def _client(base_url: str) -> Any:
    remedy = "set OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD to an account of a program chair"
    try:
        client = openreview.api.OpenReviewClient(baseurl=base_url)
    except FAILURES as cause:
        raise OpenReviewError(f"OpenReview cannot be reached: {cause}", remedy) from None
    if not client.token:
        # A guest is told of no paper, which would look like a venue without any.
        raise OpenReviewError("no account is named, and a guest sees no submissions", remedy)
    return client


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dlde.openreview",
        description="Checks the submissions of a venue at OpenReview, for its chairs. Posts nothing unless told to.",
        epilog="The account is taken from OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD.",
    )
    parser.add_argument("--venue-id", required=True, help="such as DLDE.cc/2023/Workshop")
    parser.add_argument("--out", type=Path, default=Path("dlde-reports"), help="the folder of reports (dlde-reports)")
    parser.add_argument("--profile", help="what to check against: an id such as dlde-2023, the newest, or a file")
    parser.add_argument("--stage", default="submission", help="submission (the default), camera-ready, or preprint")
    parser.add_argument("--track", default="regular", help="regular (the default), or recently-published")
    posting = parser.add_mutually_exclusive_group()
    posting.add_argument(
        "--post", action="store_true", help="post a note on each paper, for its authors and the chairs"
    )
    posting.add_argument("--dry-run", action="store_true", help="post nothing, and tell what would be; the default")
    parser.add_argument("--note", default="Format_Check", help="the name of the stage of the notes (Format_Check)")
    parser.add_argument("--signature", help="who signs the notes; the program chairs, unless somebody is named")
    parser.add_argument("--pdf-field", default=Fields.pdf, help="the field of the PDF (pdf)")
    parser.add_argument("--source-field", default=Fields.source, help="the field of the sources (latex_source_zip)")
    parser.add_argument("--supplement-field", default=Fields.supplement, help="that of the supplement")
    parser.add_argument("--base-url", default=_BASE, help=f"the address of the API ({_BASE})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
