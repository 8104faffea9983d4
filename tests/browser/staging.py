"""The demonstration's meeting on a house, moved on scene by scene through the public API."""

import time
from typing import Any

from server.demo import room, seed
from server.demo.office import Hand
from server.demo.papers import all_papers
from tests.browser.house import FIRST_PASSWORD, House

BROKEN_LIST = """STT,Họ và tên,Chức vụ,Đơn vị,Thành phần,Biểu quyết,Ghế
1,Vũ Mẫu Tùng,Ủy viên,Văn phòng Tỉnh ủy,Đại biểu,Có,G8
2,,Ủy viên,Văn phòng Tỉnh ủy,Đại biểu,Có,G9
3,Hồ Mẫu Yến,Ủy viên,Ban không có trong cây,Đại biểu,Có,G10
4,Vi Mẫu Xuân,Ủy viên,Văn phòng Tỉnh ủy,Người qua đường,Có thể,A1
"""
QUORUM = 40  # two thirds of the sixty who are convened


class Staged:
    """A convened meeting with its people, papers and motions, and the hands that move it on."""

    def __init__(self, house: House, *, present: int, papers_of: str = "") -> None:
        """`present`: how many delegates will have come when the meeting opens.

        `papers_of`: papers of this item only ("2"), which is quicker than all of them.
        """
        self.house = house
        self.present = present
        self.papers = [paper for paper in all_papers() if papers_of in {"", paper.agenda_key}]
        self.demo = seed.seed(house.settings, FIRST_PASSWORD, self.papers)
        self.base = f"/api/meetings/{self.demo.meeting}"
        self._hands: list[Hand] = []
        self.secretary = self.hand("thuky")
        self.steward = self.hand("letan", "door")
        self.people = sorted(int(one) for one in self.demo.pins)
        self.names = [one.name for one in room.people()]
        self._seats: dict[int, Hand] = {}

    def close(self) -> None:
        """Hang up."""
        for hand in self._hands:
            hand.close()

    def hand(self, account: str, surface: str = "console") -> Hand:
        """A signed-in account."""
        self._hands.append(Hand(self.house.address, surface))
        self._hands[-1].sign_in(account, self.demo.passwords[account])
        return self._hands[-1]

    def do(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The secretary does something in the meeting."""
        return self.secretary.post(self.base + path, body, method)

    # People. A place is the row of `room.people()`, from 0: the chair is 0, guests come last.

    def participant(self, place: int) -> int:
        """The id of who has this place in the list."""
        return self.people[place]

    def invitation(self, place: int) -> dict[str, Any]:
        """A new invitation: payload of the QR and PIN."""
        who = self.participant(place)
        made: dict[str, Any] = self.do("POST", "/invitations", {"participant_ids": [who]})["invitations"][0]
        self.demo.pins[str(who)] = str(made["pin"])
        return made

    def pin(self, place: int) -> str:
        """The PIN of who has this place."""
        return self.demo.pins[str(self.participant(place))]

    def come_in(self, places: range) -> None:
        """Through the door, found by name. Who is in already stays in."""
        for place in places:
            body = {"participant_id": self.participant(place), "method": "search"}
            self.steward.post(f"{self.base}/check-ins", body)

    def seat(self, place: int) -> Hand:
        """A delegate at the seat."""
        if place not in self._seats:
            hand = Hand(self.house.address, "seat")
            self._hands.append(hand)
            body = {"participant_id": self.participant(place), "pin": self.pin(place)}
            hand.post(f"/api/join/{self.demo.join_code}/sign-in", body)
            self._seats[place] = hand
        return self._seats[place]

    def teller(self, place: int) -> Hand:
        """An appointed teller at a counting station."""
        hand = Hand(self.house.address, "teller")
        self._hands.append(hand)
        body = {"participant_id": self.participant(place), "pin": self.pin(place), "surface": "teller"}
        hand.post(f"/api/join/{self.demo.join_code}/sign-in", body)
        return hand

    # What the meeting goes through.

    def papers_are_drawn(self, seconds: float = 60.0) -> None:
        """Wait until the worker has drawn every paper. Version ids count up from the report's."""
        keys = [paper.agenda_key for paper in self.papers]
        last = self.demo.report - keys.index("2") + len(keys) - 1
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            answer = self.secretary.browser.do("GET", f"{self.base}/pages/{last}/1.webp?size=wall")
            if answer.status < 300:
                return
            time.sleep(0.2)
        raise TimeoutError("the papers are not drawn")

    def open_meeting(self) -> None:
        """Everybody is in, the chair opens."""
        if self.present < QUORUM:
            self.do("PATCH", "", {"quorum_numerator": 1, "quorum_denominator": 5})  # no vote opens without one
        self.come_in(range(self.present))
        self.do("POST", "/state", {"to": "in_session", "confirm": True, "confirm_without_quorum": True})

    def start_item(self, key: str) -> None:
        """Begin an item of the agenda."""
        self.do("POST", f"/agenda/{self.demo.items[key]}/start")

    def show(self, scene: str, **more: object) -> None:
        """Choose the wall's scene."""
        self.do("PUT", "/wall", {"scene": scene, **more})

    def present_page(self, page: int) -> None:
        """The report's page on seats and wall."""
        self.do("PUT", "/presenter", {"version_id": self.demo.report, "page": page, "wall": True})

    def ask_to_speak(self, places: range) -> None:
        """Some delegates put their names on the list."""
        for place in places:
            self.seat(place).post(f"{self.base}/floor/requests", {"topic": "Góp ý tài liệu"})

    def poll(self, number: int) -> int:
        """The id of a motion's poll: 0 is the opening one, then `room.MOTIONS`."""
        return self.demo.opening_poll + number

    def vote(self, number: int, places: range) -> None:
        """These delegates vote: one in twelve against, one in fifteen not voting."""
        for place in places:
            choice = "against" if place % 12 == 5 else "not_voting" if place % 15 == 7 else "for"
            self.seat(place).post(f"{self.base}/polls/{self.poll(number)}/ballot", {"choice": choice})

