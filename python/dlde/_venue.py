"""What a venue at OpenReview has: its papers, who wrote them, and the notes on them."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import openreview
from requests.exceptions import RequestException

from . import _dlde
from .errors import DldeError

#: What a request may end with.
FAILURES = (openreview.OpenReviewException, RequestException)


#: How an invitation says that whoever reads the note reads its edits, and nobody else.
_OF_THE_NOTE = ["${2/note/readers}"]
#: What is left to a person when a note is taken back.
_EDITS = "remove its edits too, which hold the report: they stand under its revisions"


class OpenReviewError(DldeError):
    """The venue, or what is to be done there, is not as it must be."""


class PaperError(DldeError):
    """Something cannot be done with one paper. Others are not touched by it."""


#: What comes of data in another shape than it should have.
_MISSHAPEN = (AttributeError, KeyError, TypeError)


@dataclass(frozen=True)
class Paper:
    """A submission of the venue."""

    id: str
    """The id of its note, which is its forum."""
    number: int
    """The number that chairs know it by."""
    content: dict[str, Any]
    """Its fields."""


class Venue:
    """A venue, through a client that may read and sign for its chairs."""

    def __init__(self, client: Any, id: str, note: str, signature: str | None) -> None:
        self.client = client
        self.id = id
        self._note = note
        try:
            content = client.get_group(id).content or {}
        except FAILURES as cause:
            raise OpenReviewError(f"{id}: this venue cannot be read: {cause}", "check the id and the account") from None

        def said(key: str, usual: str) -> str:
            return str(content.get(key, {}).get("value") or usual)

        self._submission = said("submission_name", "Submission")
        self._authors = said("authors_name", "Authors")
        self._chairs = said("program_chairs_id", f"{id}/Program_Chairs")
        self._handed_in = said("submission_venue_id", f"{id}/{self._submission}")
        self._signature = signature or self._chairs
        self.hides_profiles = False
        """This account may not read profiles."""
        self.unused: list[str] = []
        """Profiles that could not be used, one sentence for each paper."""

    def papers(self, with_accepted: bool) -> list[Paper]:
        """Its submissions, by number; those that were withdrawn or turned away are no longer among them. Once decisions
        are made, what was accepted has the id of the venue itself.

        :raises OpenReviewError: where there is none, or this account sees none.
        """
        asked = [self._handed_in, *([self.id] if with_accepted else [])]
        found = {}
        for one in asked:
            for note in self.client.get_all_notes(content={"venueid": one}, sort="number:asc", domain=self.id):
                found[note.id] = Paper(note.id, note.number, note.content or {})
        if not found:
            why = f"{self.id}: no paper can be seen that has the venueid {' or '.join(asked)}"
            remedy = "use an account of a program chair; once papers are accepted, --stage camera-ready asks for those"
            raise OpenReviewError(why, remedy)
        return sorted(found.values(), key=lambda paper: paper.number)

    def file(self, paper: Paper, field: str) -> bytes | None:
        """What a field of it holds; `None` where it holds nothing."""
        if not paper.content.get(field, {}).get("value"):
            return None
        content: bytes = self.client.get_attachment(field_name=field, id=paper.id)
        return content

    def identities(self, paper: Paper) -> str:
        """Its authors as a file of identities: their names as submitted, and what their profiles say of them.

        :raises PaperError: where the authors cannot be seen.
        """
        signed = authors_of(paper.content)
        if not signed:
            why = "its authors cannot be seen, so their names were not looked for"
            raise PaperError(why, "see that this account may read the field of the authors")
        profiles = self._profiles([id for _, id in signed if id])
        authors, without = [], []
        for at, (name, id) in enumerate(signed, start=1):
            author = _author(name, profiles.get(id))
            if author is None:
                author = {"names": [name]}
                without.append(str(at))
            authors.append(author)
        if without and not self.hides_profiles:
            told = f"paper {paper.number}: there is no profile that could be used of author {', '.join(without)}"
            self.unused.append(f"{told}; of them the names alone were looked for")
        text = _text(authors)
        _dlde.Orders.accepts(text)
        return text

    def _profiles(self, ids: list[str]) -> dict[str | None, Any]:
        """Profiles by id or address, as far as this account may read them."""
        try:
            found: dict[str | None, Any] = openreview.tools.get_profiles(self.client, ids, as_dict=True)
        except openreview.OpenReviewException as cause:
            # Anything else, such as a service that is busy, passes: without profiles fewer names would be looked for.
            said = cause.args[0] if cause.args else None
            if not isinstance(said, dict) or said.get("name") != "ForbiddenError":
                raise
            self.hides_profiles = True
            return {}
        except _MISSHAPEN:
            # The client looks into profiles: one that it cannot take costs no other author theirs.
            return {} if len(ids) == 1 else {id: self._profiles([id]).get(id) for id in ids}
        return found

    def readers(self, paper: Paper) -> list[str]:
        """Who may read a note on it: the chairs, and its authors."""
        return [self._chairs, f"{self.id}/{self._submission}{paper.number}/{self._authors}"]

    def invitation(self, paper: Paper) -> str:
        """What invites to a note on it."""
        return f"{self.id}/{self._submission}{paper.number}/-/{self._note}"

    def prepared(self, paper: Paper) -> None:
        """Sees that a note on it would be read by nobody else, before one is written.

        :raises OpenReviewError: where it would.
        :raises PaperError: where nothing invites to one, as for a paper that came after its stage was saved.
        """
        name = self.invitation(paper)
        try:
            invitation = self.client.get_invitation(name)
        except FAILURES as cause:
            remedy = f"save the stage {self._note} again, for all submissions; docs/openreview.md has its lines"
            raise PaperError(f"{name}: there is no such invitation: {cause}", remedy) from None
        edit = invitation.edit or {}
        others = sorted(set(_fixed((edit.get("note") or {}).get("readers"))) - set(self.readers(paper)))
        if others:
            why = f"{name}: its notes would be read by {', '.join(others)}"
            raise OpenReviewError(why, "let its stage be read by program chairs and the paper's authors alone")
        # An edit holds all that the note does, and has readers of its own.
        readers = edit.get("readers")
        is_ours = isinstance(readers, list) and readers and all(one in self.readers(paper) for one in readers)
        if readers != _OF_THE_NOTE and not is_ours:
            why = f"{name}: whoever may read its edits, {json.dumps(readers)}, could read the report there"
            remedy = "let its edits be read as its notes are; docs/openreview.md has lines for such a stage"
            raise OpenReviewError(why, remedy)

    def noted(self, paper: Paper) -> list[Any]:
        """The notes that are there."""
        notes: list[Any] = self.client.get_all_notes(invitation=self.invitation(paper), domain=self.id)
        return notes

    def post(self, paper: Paper, content: dict[str, Any], existing: str | None) -> str:
        """Writes the note on a paper, or the one that is there anew. Returns its id.

        :raises OpenReviewError: where others could read it; it was taken back.
        """
        readers = self.readers(paper)
        note = openreview.api.Note(
            id=existing,
            forum=paper.id,
            replyto=paper.id,
            readers=readers,
            signatures=[self._signature],
            content=content,
        )
        posted = self._edit(paper, note)
        id = str(posted["note"]["id"])
        self.confined(paper, id)
        others = self._others(paper, posted.get("readers", readers))
        if others:
            raise self._taken_back(paper, id, f"the edit of the note on paper {paper.number} could be read by {others}")
        return id

    def confined(self, paper: Paper, id: str) -> None:
        """Sees that nobody else can read a note on a paper. The invitation may have said otherwise: what counts is what
        stands there.

        :raises OpenReviewError: where others could read it; it was taken back.
        """
        others = self._others(paper, self.client.get_note(id).readers)
        if others:
            raise self._taken_back(paper, id, f"the note on paper {paper.number} could be read by {others}")

    def _others(self, paper: Paper, readers: Any) -> str:
        """Which of these readers are not those of a note on the paper; where none are told, anybody may be one."""
        return ", ".join(sorted(set(readers or ["everyone"]) - set(self.readers(paper))))

    def _taken_back(self, paper: Paper, id: str, why: str) -> OpenReviewError:
        """Takes a note back, and tells why."""
        try:
            self._edit(paper, openreview.api.Note(id=id, ddate=int(time.time() * 1000)))
        except FAILURES as cause:
            return OpenReviewError(f"{why}: {cause}", f"remove it by hand, at once, and {_EDITS}")
        remedy = f"{_EDITS}; see who reads its stage, and whether anybody has read it"
        return OpenReviewError(f"{why}; the note was taken back", remedy)

    def _edit(self, paper: Paper, note: Any) -> dict[str, Any]:
        """Writes or changes a note. Returns the edit that did."""
        posted: dict[str, Any] = self.client.post_note_edit(
            invitation=self.invitation(paper), signatures=[self._signature], note=note
        )
        return posted


def _fixed(readers: Any) -> list[str]:
    """Readers that an invitation sets itself; those that it takes from the note or lets one choose are not."""
    if isinstance(readers, dict):
        readers = (readers.get("param") or {}).get("const") or []
    return [one for one in readers or [] if isinstance(one, str) and not one.startswith("${")]


def authors_of(content: dict[str, Any]) -> list[tuple[str, str | None]]:
    """The authors of a submission in their order: each name, and the id or the address of the profile where it is known
    whose it is. None where a name cannot be seen."""
    names = _value(content, "authors")
    if names and all(isinstance(one, dict) for one in names):
        pairs = [(one.get("fullname"), one.get("username")) for one in names]
    else:
        ids = _value(content, "authorids")
        # Of lists that differ in length nobody can say who is who.
        pairs = list(zip(names, ids if len(ids) == len(names) else [None] * len(names)))
    if not all(isinstance(name, str) and name.strip() for name, _ in pairs):
        return []
    return [(name, id if isinstance(id, str) and id else None) for name, id in pairs]


def _value(content: dict[str, Any], key: str) -> list[Any]:
    """A field that holds a list; an empty one where it cannot be seen."""
    field = content.get(key)
    value = field.get("value") if isinstance(field, dict) else None
    return value if isinstance(value, list) else []


def _text(authors: list[dict[str, Any]]) -> str:
    return json.dumps({"authors": authors}, ensure_ascii=False)


def _author(name: str, profile: Any) -> dict[str, Any] | None:
    """What is looked for of an author; `None` where there is no profile that could be used."""
    if profile is None:
        return None
    try:
        author = _said_of(profile.content)
        author["names"] = [*dict.fromkeys([name, *author["names"]])]
        _dlde.Orders.accepts(_text([author]))
    except (*_MISSHAPEN, DldeError):
        # A profile may hold anything; the name as submitted is what matters.
        return None
    return author


def _said_of(content: dict[str, Any]) -> dict[str, Any]:
    """What a profile says of an author."""
    names = [
        name.get("fullname") or f"{name.get('first', '')} {name.get('last', '')}" for name in content.get("names") or ()
    ]
    # Addresses are shown with stars where they are no one's business.
    emails = [email for email in (content.get("emails") or ()) if "*" not in email]
    pages = [content.get(key) for key in ("homepage", "gscholar", "dblp", "semanticScholar", "linkedin")]
    now = [one.get("institution") or {} for one in (content.get("history") or ()) if not one.get("end")]
    author: dict[str, Any] = {
        "names": [name for name in names if name.strip()],
        "emails": emails,
        "homepages": [page for page in pages if page],
        "affiliations": [one["name"] for one in now if one.get("name")],
    }
    return {**author, "orcid": content["orcid"]} if content.get("orcid") else author
