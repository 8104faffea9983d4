"""What happens in the meeting under test: the topics a seat holds, and the change that is pushed."""

from server.rehearsal.browser import Browser
from server.rehearsal.wire import Answer
from tests.bench.house import PAGES, House


class Presenter:
    """The secretary turns pages."""

    def __init__(self, server: House, secretary: Browser) -> None:
        self.secretary = secretary
        self.topic = server.topic("presenter")
        self._path = f"/api/meetings/{server.meeting_id}/presenter"

    def turn(self, page: int) -> None:
        """Ask for a page; does not wait."""
        self.secretary.ask("PUT", self._path, {"page": page % PAGES + 1}, done=_must_work)


def _must_work(answer: Answer) -> None:
    if not answer.ok:
        raise RuntimeError(f"the change was refused: {answer.status} {answer.body.decode()[:300]}")
