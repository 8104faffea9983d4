"""A meeting of a few people, convened and opened through the API: for stories that begin when it is in session."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from server.core import clock
from server.demo.office import Hand
from tests.browser.house import House

HEAD = ["Họ và tên", "Chức vụ", "Đơn vị", "Thành phần", "Biểu quyết", "Ghế"]


class Hall:
    """One meeting on a house whose people are "thuky" and "letan"; the first of `names` is in the chair."""

    def __init__(self, house: House, title: str, names: Sequence[str]) -> None:
        """Convene it: everybody is invited, nobody has come."""
        self.house = house
        self.secretary, self._steward = house.hand("thuky"), house.hand("letan", "door")
        unit = self.secretary.get("/api/units")["units"][0]
        starts = clock.now().replace(second=0, microsecond=0) + timedelta(minutes=10)
        body = {"title": title, "kind": "conference", "room": "Hội trường tầng 2", "starts_at": starts.isoformat()}
        self.id = int(self.secretary.post(f"/api/units/{unit['id']}/meetings", body)["id"])
        self.path = f"/api/meetings/{self.id}"
        self.do("POST", "/agenda", {"title": "Khai mạc", "minutes": 10})
        people = _people_csv(names, unit["name"])
        token = self.secretary.upload(f"{self.path}/participants/preview", "danh-sach.csv", people)["token"]
        self.do("POST", "/participants/import", {"token": token})
        self.do("POST", "/state", {"to": "convened", "confirm": True})
        self.join_code = str(self.secretary.get(self.path)["join_code"])
        self._seats: dict[str, Hand] = {}
        self.invited = {str(one["name"]): one for one in self.do("POST", "/invitations", {})["invitations"]}

    def do(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The secretary does something in the meeting."""
        return self.secretary.post(self.path + path, body, method)

    def participant(self, name: str) -> int:
        """The id of this participant."""
        return int(self.invited[name]["participant_id"])

    def pin(self, name: str) -> str:
        """The PIN on this participant's invitation."""
        return str(self.invited[name]["pin"])

    def come_in(self, *names: str) -> None:
        """Through the door, found by name."""
        for name in names:
            body = {"participant_id": self.participant(name), "method": "search"}
            self._steward.post(f"{self.path}/check-ins", body)

    def begin(self) -> None:
        """The chair opens the meeting, whoever has come."""
        self.do("POST", "/state", {"to": "in_session", "confirm": True, "confirm_without_quorum": True})

    def seat(self, name: str) -> Hand:
        """A delegate at a seat that nobody looks at."""
        if name not in self._seats:
            hand = self._seats[name] = self.house.nobody("seat")
            body = {"participant_id": self.participant(name), "pin": self.pin(name)}
            hand.post(f"/api/join/{self.join_code}/sign-in", body)
        return self._seats[name]

    def vote(self, poll: int, choice: str, *names: str) -> None:
        """These delegates choose the same."""
        for name in names:
            self.seat(name).post(f"{self.path}/polls/{poll}/ballot", {"choice": choice})


def _people_csv(names: Sequence[str], unit: str) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEAD)
    for number, name in enumerate(names, 1):
        rows.writerow([name, "Ủy viên", unit, "Đại biểu" if number > 1 else "Chủ trì", "Có", f"A{number}"])
    return out.getvalue().encode("utf-8-sig")
