"""A venue at OpenReview that lies in memory: what the service would answer, and what it was asked to write."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

VENUE = "Ostrany.cc/2031/Workshop"


class Site:
    """A venue with submissions, and a stage for notes on them."""

    def __init__(self, papers: dict[int, bytes]) -> None:
        self.files = {f"paper{number}": content for number, content in papers.items()}
        self.notes: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        """Every edit that was asked for."""
        self.readers: Any = {"param": {"enum": ["everyone"]}}
        """Who may read notes of the stage, as its invitation says."""
        self.edit_readers: Any = ["${2/note/readers}"]
        """Who may read edits of the stage, as its invitation says."""
        self.adds_to_edits: list[str] = []
        """Readers that the service adds to edits by itself."""
        self.adds: list[str] = []
        """Readers that the service adds by itself."""
        self.freezes = False
        """Notes that are there cannot be changed now."""
        self.authors: dict[int, dict[str, Any]] = {}
        """The fields of authors of papers that have others than usual."""
        self.profile: dict[str, Any] = {}
        """What a profile says otherwise."""
        self.accepted: set[int] = set()
        """Papers that were accepted, which have the id of the venue itself."""
        self.refuses: set[int] = set()
        """Papers on which no note can be written now."""
        self.uninvited: set[int] = set()
        """Papers that have no stage for notes."""
        self.unreadable: set[int] = set()
        """Papers that cannot be downloaded now."""

    def group(self) -> dict[str, Any]:
        content = {"submission_name": {"value": "Paper"}, "program_chairs_id": {"value": f"{VENUE}/Chairs"}}
        return {"id": VENUE, "content": content}

    def submissions(self, venueid: str) -> list[dict[str, Any]]:
        numbers = [int(id.removeprefix("paper")) for id in self.files]
        accepted = {f"{VENUE}/Paper": False, VENUE: True}.get(venueid)
        return [self._submission(number) for number in numbers if (number in self.accepted) is accepted]

    def _submission(self, number: int) -> dict[str, Any]:
        usual = {
            "authors": {"value": ["Isolde Tarnwick", "Bertil Oakhollow"]},
            "authorids": {"value": ["~Isolde_Tarnwick1", "~Bertil_Oakhollow1"]},
        }
        content = {
            "title": {"value": f"Paper {number}"},
            **self.authors.get(number, usual),
            "pdf": {"value": f"/pdf/{number}.pdf"},
        }
        id = f"paper{number}"
        return {"id": id, "forum": id, "number": number, "content": content, "invitations": [f"{VENUE}/-/Paper"]}

    def profiles(self) -> list[dict[str, Any]]:
        names = [{"fullname": "Isolde Q. Tarnwick", "username": "~Isolde_Tarnwick1"}]
        history = [{"institution": {"name": "Lanternfield Institute of Computation"}, "end": None}]
        content = {"names": names, "emails": ["****@lanternfield.edu"], "history": history, **self.profile}
        return [{"id": "~Isolde_Tarnwick1", "content": content}]

    def invitation(self, id: str) -> dict[str, Any] | None:
        if any(f"/Paper{number}/" in id for number in self.uninvited):
            return None
        return {"id": id, "edit": {"readers": self.edit_readers, "note": {"readers": self.readers}}}

    def noted(self, invitation: str) -> list[dict[str, Any]]:
        return [note for note in self.notes if invitation in note["invitations"] and not note.get("ddate")]

    def note(self, id: str) -> dict[str, Any]:
        return next(note for note in self.notes if note["id"] == id)

    def attachment(self, id: str) -> bytes | None:
        return None if int(id.removeprefix("paper")) in self.unreadable else self.files[id]

    def edit(self, edit: dict[str, Any]) -> dict[str, Any] | None:
        """Does what an edit asks for; `None` where it is refused."""
        note = edit["note"]
        if int(note.get("forum", "paper0").removeprefix("paper")) in self.refuses:
            return None
        if self.freezes and "id" in note:
            return None
        self.asked.append(edit)
        if "id" not in note:
            changed = {**note, "id": f"note{len(self.notes)}", "invitations": [edit["invitation"]]}
            changed["readers"] = changed["readers"] + self.adds
            self.notes.append(changed)
        else:
            changed = self.note(note["id"])
            changed.update(note)
        readers = changed["readers"] + self.adds_to_edits
        return {"id": f"edit{len(self.asked)}", "note": {"id": changed["id"]}, "readers": readers}


class _Desk(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        url = urlparse(self.path)
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        if url.path == "/groups":
            self._say({"groups": [self.site.group()]} if asked["id"] == VENUE else None)
        elif url.path == "/invitations":
            invitation = self.site.invitation(asked["id"])
            self._say(invitation and {"invitations": [invitation]})
        elif url.path == "/attachment":
            self._send(self.site.attachment(asked["id"]))
        elif url.path == "/notes" and "id" in asked:
            self._say({"notes": [self.site.note(asked["id"])]})
        elif url.path == "/notes" and "invitation" in asked:
            self._page(self.site.noted(asked["invitation"]), asked)
        elif url.path == "/notes":
            self._page(self.site.submissions(asked["content.venueid"]), asked)
        else:
            self._say(None)

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/login":
            self._say({"token": "t", "user": {"profile": {"id": "~Chair1"}}} if said["password"] == "secret" else None)
        elif self.headers.get("Authorization") != "Bearer t":
            self._say(None)
        elif self.path == "/profiles/search":
            self._say({"profiles": self.site.profiles()})
        elif self.path == "/notes/edits":
            self._say(self.site.edit(said))
        else:
            self._say(None)

    def _page(self, notes: list[dict[str, Any]], asked: dict[str, str]) -> None:
        after = asked.get("after")
        start = next((at + 1 for at, note in enumerate(notes) if note["id"] == after), 0)
        start += int(asked.get("offset", 0))
        self._say({"notes": notes[start : start + int(asked.get("limit", 1000))], "count": len(notes)})

    def _say(self, answer: dict[str, Any] | None) -> None:
        self._send(None if answer is None else json.dumps(answer).encode())

    def _send(self, content: bytes | None) -> None:
        refused = b'{"name": "ForbiddenError", "message": "not now"}'
        self.send_response(400 if content is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(refused if content is None else content)


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of the service, on this machine."""
    desk = type("Desk", (_Desk,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), desk)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
