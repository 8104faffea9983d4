"""What the tests of paper votes share: a meeting with tellers, and a vote taken through the real HTTP API."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.conftest import code
from tests.scene import Scene

GIVEN = [
    "An", "Bảo", "Chi", "Dũng", "Đạt", "Giang", "Hạnh", "Khoa", "Linh", "Minh", "Nam", "Oanh", "Phúc", "Quân", "Sơn",
    "Tâm", "Uyên", "Vinh", "Xuân", "Yến",
]


class Paper:
    """A meeting of twelve delegates, the last three of them tellers, and one paper vote at a time."""

    def __init__(self, scene: Scene, secretary: Any, delegates: int = 12) -> None:
        self.scene, self.secretary = scene, secretary
        self.meeting = scene.meeting(delegates=delegates, guests=1, present=delegates)
        self.people = list(scene.people)
        self.delegates, self.guest = self.people[:-1], self.people[-1]
        self.tellers = self.delegates[-3:]
        ok(self.appoint(self.tellers, self.tellers[0]))
        self.desks = {one: scene.teller(one) for one in self.tellers}
        self.vote = 0

    @property
    def path(self) -> str:
        return f"/api/meetings/{self.meeting}/paper-votes"

    @property
    def at(self) -> str:
        return f"{self.path}/{self.vote}"

    def appoint(self, people: Sequence[int], head: int | None = None) -> Any:
        return self.secretary.put(
            f"/api/meetings/{self.meeting}/tellers", {"participant_ids": list(people), "head_id": head}
        )

    def draft(self, kind: str = "election_surplus", seats: int = 4, names: int = 5, **said: Any) -> dict[str, Any]:
        """A draft with so many candidates; the newest is `self.vote`."""
        rule = "confidence-96" if kind == "confidence" else "election-delegate-congress"
        made = ok(self.secretary.post(self.path, {
            "title": "Ban Chấp hành Đảng bộ khóa mới", "kind": kind, "rule": rule, "seats": seats, **said
        }))
        self.vote = made["id"]
        for number in range(names):
            ok(self.candidate(name_of(number)))
        return self.get()

    def candidate(self, name: str, **said: Any) -> Any:
        return self.secretary.post(f"{self.at}/candidates", {"name": name, **said})

    def get(self) -> dict[str, Any]:
        return ok(self.secretary.get(self.at))

    def step(self, name: str, body: Any = None) -> Any:
        """print, issue, compare, close, publish, annul or second-round."""
        return self.secretary.post(f"{self.at}/{name}", body)

    def printed(self, *args: Any, **said: Any) -> None:
        self.draft(*args, **said)
        ok(self.step("print"))

    def begin(self, issued: int, *args: Any, **said: Any) -> None:
        """A vote whose ballots are handed out, with all three stations taken."""
        self.printed(*args, **said)
        ok(self.step("issue", {"issued": issued}))
        for number in (1, 2, 3):
            ok(self.take(number))

    def desk(self, number: int) -> Any:
        return self.desks[self.tellers[number - 1]]

    def station(self, number: int, rest: str = "") -> str:
        return f"{self.at}/stations/{number}{rest}"

    def take(self, number: int, desk: Any = None) -> Any:
        return (desk or self.desk(number)).post(self.station(number, "/take"))

    def enter(self, number: int, ballots: Sequence[str], start: int = 1) -> None:
        """Enter a pile at a station: marks, or "!category". In bulks of fifty."""
        for first in range(0, len(ballots), 50):
            body = [said(start + first + place, one) for place, one in enumerate(ballots[first : first + 50])]
            ok(self.desk(number).put(self.station(number, "/ballots"), {"ballots": body}))

    def commit(self, number: int, returned: int) -> Any:
        return self.desk(number).post(self.station(number, "/commit"), {"returned": returned})

    def counted(self, *piles: Sequence[str]) -> Any:
        """Enter one pile at all stations or three different ones, commit, and compare."""
        for number in (1, 2, 3):
            pile = piles[number - 1] if len(piles) > 1 else piles[0]
            self.enter(number, pile)
            ok(self.commit(number, len(pile)))
        return ok(self.desk(1).post(f"{self.at}/compare"))

    def differences(self, **query: Any) -> dict[str, Any]:
        return ok(self.desk(1).get(f"{self.at}/differences", query_string=query))

    def settle(self, difference: int, desk: int = 1, note: str = "Đã xem phiếu", **value: Any) -> Any:
        return self.desk(desk).post(f"{self.at}/differences/{difference}/settle", {"note": note, **value})

    def close(self, returned: int) -> Any:
        return self.step("close", {"returned": returned})

    def result(self, pile: Sequence[str]) -> dict[str, Any]:
        """Count one pile at three stations and close: the result."""
        self.counted(pile)
        closed: dict[str, Any] = ok(self.close(len(pile)))["result"]
        return closed

    def topic(self, audience: str) -> dict[str, Any]:
        return self.scene.topic(f"meeting/{self.meeting}/paper", audience)


def name_of(number: int) -> str:
    """Different names for as many candidates as one likes."""
    return f"Ứng viên {number // len(GIVEN) + 1} Văn {GIVEN[number % len(GIVEN)]}"


def said(number: int, ballot: str) -> dict[str, Any]:
    """One ballot as a station sends it."""
    return {"number": number, "invalid": ballot[1:]} if ballot.startswith("!") else {"number": number, "marks": ballot}


def ok(answer: Any) -> Any:
    """The JSON of an answer that is no refusal."""
    assert answer.status_code in (200, 204), answer.json
    return answer.json if answer.status_code == 200 else None


__all__ = ["Paper", "code", "name_of", "ok"]


@pytest.fixture
def paper(scene: Scene, client: Callable[..., Any]) -> Paper:
    """Twelve delegates, all present, three of them tellers; and a guest."""
    return Paper(scene, client("secretary"))
