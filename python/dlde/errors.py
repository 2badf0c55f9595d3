"""What keeps a check from being made. What is wrong with a paper is no error: a report says it."""

from __future__ import annotations


class DldeError(Exception):
    """The tool could not do its work; nothing was decided."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        """What happened, and to what."""
        self.remedy = remedy
        """What to do."""

    def __str__(self) -> str:
        return f"{self.message}; {self.remedy}" if self.remedy else self.message


class InputError(DldeError):
    """There is no such file or folder, or it may not be read."""


class VenueError(DldeError):
    """There is no such venue, its file has mistakes, or it does not speak of that stage or track."""


class ChoiceError(DldeError, ValueError):
    """A word or a number that is none of those that may stand there."""


class IdentitiesError(DldeError):
    """What was said of the authors cannot be understood. Their names are not repeated."""


class WorkerError(DldeError):
    """No process could be started to check in."""


class PageError(DldeError):
    """The page for a browser could not be made."""


class FixError(DldeError):
    """The paper could not be written anew."""


class ExtraError(DldeError, ImportError):
    """A part of the package needs what is not installed."""
