"""What the tests of voting share."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.scene import Scene


class Vote:
    """A meeting in session with its secretary, and one poll at a time."""

    def __init__(self, scene: Scene, secretary: Any) -> None:
        self.scene, self.secretary = scene, secretary
        self.meeting = scene.meeting(delegates=5, guests=1, present=4)
        self.people = list(scene.people)
        self.seats = {person: scene.seat(person) for person in self.people}
        self.poll = 0

    @property
    def path(self) -> str:
        return f"/api/meetings/{self.meeting}/polls"

    def draft(self, **said: Any) -> int:
        """A draft; the newest is `self.poll`."""
        answer = self.secretary.post(self.path, {"title": "Thông qua nghị quyết", **said})
        assert answer.status_code == 200, answer.json
        self.poll = answer.json["id"]
        return self.poll

    def step(self, name: str, **said: Any) -> Any:
        """open, close or publish."""
        return self.secretary.post(f"{self.path}/{self.poll}/{name}", said or None)

    def begin(self, **said: Any) -> int:
        """A draft that is opened."""
        self.draft(**said)
        answer = self.step("open")
        assert answer.status_code == 200, answer.json
        return self.poll

    def cast(self, person: int, choice: str, **more: Any) -> Any:
        """A ballot from this person's seat."""
        return self.seats[person].post(f"{self.path}/{self.poll}/ballot", {"choice": choice}, **more)

    def topic(self, audience: str, name: str = "vote") -> dict[str, Any]:
        """A topic of the meeting."""
        return self.scene.topic(f"meeting/{self.meeting}/{name}", audience)


@pytest.fixture
def vote(scene: Scene, client: Callable[..., Any]) -> Vote:
    """Five delegates of whom four are present, and a guest who is not."""
    return Vote(scene, client("secretary"))
