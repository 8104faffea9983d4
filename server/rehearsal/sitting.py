"""The script of a rehearsal: a whole sitting with many seats, measured."""

import json
import random
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.rehearsal.fleet import Fleet, percentile
from server.rehearsal.loop import now
from server.rehearsal.office import PAGES, Invited, Office, RehearsalError
from server.rehearsal.seat import Copy, Seat
from server.rehearsal.wire import Answer

TOPICS = ("header", "agenda", "attendance", "presenter", "vote", "floor", "wall")
CHOICES = ("for", "against", "not_voting")
PAUSE = 0.15       # seconds between two pages: a topic is sent at most ten times a second
RENDERING = 90.0   # seconds the worker may take for the paper
COMING_BACK = 60.0
TOO_MANY = 429


@dataclass
class Figures:
    """What a rehearsal found. Times in the names' units; `lost` and `doubled` count ballots and have to be 0."""

    seats: int = 0
    sign_in_s: float = 0.0
    connect_s: float = 0.0
    check_in_s: float = 0.0
    pushes_ms: list[float] = field(default_factory=list)
    vote_s: float = 0.0
    cast: int = 0
    acknowledged: int = 0
    stored: int = 0
    tries: int = 0
    back_s: float | None = None
    lost: int = 0
    doubled: int = 0

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        return {
            "seats": self.seats,
            "connect_s": round(self.connect_s, 3),
            "push_last_seat_ms": {
                name: round(percentile(self.pushes_ms, share), 1)
                for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
            },
            "ballots": {"cast": self.cast, "acknowledged": self.acknowledged, "stored": self.stored},
            "lost": self.lost,
            "doubled": self.doubled,
            "sign_in_s": round(self.sign_in_s, 3),
            "check_in_s": round(self.check_in_s, 3),
            "vote_s": round(self.vote_s, 3),
            "ballot_tries": self.tries,
            "back_after_restart_s": None if self.back_s is None else round(self.back_s, 3),
        }


class Sitting:
    """One rehearsal, step by step."""

    def __init__(self, office: Office, fleet: Fleet, say: Callable[[str], None] = lambda _: None) -> None:
        self.office, self.fleet, self.loop, self.say = office, fleet, fleet.loop, say
        self.figures = Figures()
        self.receipts: dict[Seat, str] = {}      # acknowledged choice
        self.poll_id = 0

    def hold(self, unit_id: int, seats: int, *, pushes: int = 40, restart: str = "") -> Figures:
        """From convening to closing. Raises RehearsalError or TimeoutError; the meeting is closed in any case."""
        self.figures.seats = seats
        self.say(f"Triệu tập {seats} đại biểu diễn tập / convening {seats} fictitious delegates")
        code = self.office.convene(unit_id, seats)
        try:
            version = self.office.upload()
            self.sign_in(code, self.office.invite())
            self.say("Kết nối các ghế / seats connect")
            self.figures.connect_s = self.fleet.connect(60 + seats / 50)
            self.check_in()
            self.office.send("POST", "state", {"to": "in_session", "confirm": True, "confirm_without_quorum": True})
            self.follow_pages(version, pushes)
            self.vote(restart)
            self.compare()
        finally:
            self._close()
        return self.figures

    # -- steps

    def sign_in(self, code: str, invited: list[Invited]) -> None:
        """Every seat signs in with its PIN; where one address may not sign in so often, they wait as told."""
        self.say("Đăng nhập tại ghế bằng mã PIN / signing in with PINs")
        began = now()
        self.people = {}
        for one in invited:
            meeting = f"meeting/{self.office.meeting_id}"
            names = [f"{meeting}/{name}" for name in TOPICS] + [f"{meeting}/me/{one.participant_id}"]
            seat = self.fleet.add(topics=names)
            self.people[seat] = one
        waiting = set(self.people)

        def ask(seat: Seat) -> None:
            one = self.people[seat]
            said = {"participant_id": one.participant_id, "pin": one.pin}
            path = f"/api/join/{code}/sign-in"
            seat.http.ask("POST", path, said, done=lambda answer: taken(seat, answer))

        def taken(seat: Seat, answer: Answer) -> None:
            if answer.ok:
                waiting.discard(seat)
            elif answer.status == TOO_MANY:
                pause = float(answer.headers.get("retry-after", "5"))
                self.loop.after(random.uniform(1, pause + 2), lambda: ask(seat))  # noqa: S311  (spreads load)
            else:
                raise RehearsalError(f"a seat could not sign in: {answer.status} {answer.code}")

        for seat in list(waiting):
            ask(seat)
        if not self.loop.run(lambda: not waiting, 300):
            raise TimeoutError(f"{len(waiting)} seats could not sign in")
        self.figures.sign_in_s = now() - began

    def check_in(self) -> None:
        """Every seat checks itself in with the code on the wall; until the last seat sees everybody present."""
        self.say("Điểm danh / checking in")
        code = self.office.send("GET", "room-code")["code"]
        topic = f"meeting/{self.office.meeting_id}/attendance"
        everybody = len(self.fleet.seats)
        began = now()
        path = f"/api/meetings/{self.office.meeting_id}/me/check-in"
        self._all_must(self.fleet.each(
            lambda seat, done: seat.http.ask("POST", path, {"code": code}, done=done), 120
        ))
        seen = self.loop.run(lambda: all(_present(seat, topic) >= everybody for seat in self.fleet.seats), 60)
        if not seen:
            raise TimeoutError("not every seat sees everybody present")
        self.figures.check_in_s = now() - began

    def follow_pages(self, version: int, pushes: int) -> None:
        """Turn pages; each time until the last seat has the page."""
        self._wait_for_pages(version)
        self.say(f"Trình chiếu {pushes} trang / turning {pushes} pages")
        topic = f"meeting/{self.office.meeting_id}/presenter"
        path = f"/api/meetings/{self.office.meeting_id}/presenter"
        kept, self.loop.patience = self.loop.patience, 0.25
        for number in range(pushes):
            awaited = self.fleet.expect(topic)
            body = {"version_id": version, "page": number % PAGES + 1}
            began = now()
            self.office.browser.ask("PUT", path, body, done=self._must)
            self.figures.pushes_ms.append((self.fleet.wait(awaited) - began) * 1000)
            self.loop.rest(PAUSE)
        self.loop.patience = kept

    def _wait_for_pages(self, version: int) -> None:
        limit = now() + RENDERING
        topic = f"meeting/{self.office.meeting_id}/agenda"
        while now() < limit:
            items = self.fleet.seats[0].copies[topic].data["items"]
            if any(paper["version_id"] == version for item in items for paper in item["documents"]):
                return
            self.loop.rest(0.2)
        raise RehearsalError("the worker did not draw the pages: is `nghisu worker` running?")

    def vote(self, restart: str) -> None:
        """One ballot a seat, half of them for; with `restart` the command runs when a third is acknowledged."""
        self.say("Biểu quyết / voting" + (f", khởi động lại giữa chừng / restart: {restart}" if restart else ""))
        self.poll_id = int(self.office.send("POST", "polls", {"title": "Biểu quyết diễn tập"})["id"])
        opened = self.fleet.expect(f"meeting/{self.office.meeting_id}/vote")
        self.office.send("POST", f"polls/{self.poll_id}/open", {})
        self.fleet.wait(opened)
        path = f"/api/meetings/{self.office.meeting_id}/polls/{self.poll_id}/ballot"
        began = now()
        for number, seat in enumerate(self.fleet.seats):
            choice = CHOICES[(number % 6) // 3 + (number % 6) // 5]
            ask = self._caster(seat, path, choice)
            self.loop.after(random.uniform(0, 3.0) if restart else 0.0, ask)  # noqa: S311  (people differ)
            self.figures.cast += 1
        everybody = len(self.fleet.seats)
        if restart:
            self.loop.run(lambda: len(self.receipts) >= everybody // 3, 60)
            self._restart(restart)
        if not self.loop.run(lambda: len(self.receipts) >= everybody, 180):
            raise TimeoutError(f"{everybody - len(self.receipts)} ballots are not acknowledged")
        self.figures.vote_s = now() - began
        self.figures.acknowledged = len(self.receipts)

    def _caster(self, seat: Seat, path: str, choice: str) -> Callable[[], None]:
        def taken(answer: Answer) -> None:
            if not answer.ok:
                raise RehearsalError(f"a ballot was refused: {answer.status} {answer.code}")
            self.receipts[seat] = answer.json()["choice"]
            self.figures.tries += answer.tries

        return lambda: seat.http.ask("POST", path, {"choice": choice}, done=taken)

    def _restart(self, command: str) -> None:
        before = {seat: seat.connections for seat in self.fleet.seats}
        began = now()
        process = subprocess.Popen(command, shell=True)  # noqa: S602  (the technician's own command, on his machine)
        self.loop.run(lambda: process.poll() is not None, COMING_BACK)
        if process.poll() != 0:
            raise RehearsalError(f"the restart command failed ({process.poll()}): {command}")
        back = self.loop.run(
            lambda: all(seat.online and seat.connections > before[seat] for seat in self.fleet.seats), COMING_BACK
        )
        if not back:
            raise TimeoutError("after the restart not every seat came back")
        self.figures.back_s = max(seat.ready_at for seat in self.fleet.seats) - began

    def compare(self) -> None:
        """What the seats were told against what is stored: each seat's own ballot, and the count of the poll."""
        self.say("Đối chiếu phiếu / comparing ballots")
        poll = self.office.send("POST", f"polls/{self.poll_id}/close")
        self.loop.run(lambda: all(self._own(seat) is not None for seat in self.receipts), 30)
        held = {seat: own for seat in self.receipts if (own := self._own(seat)) is not None}
        self.figures.stored = poll["tally"]["cast"]
        self.figures.lost = sum(held.get(seat) != choice for seat, choice in self.receipts.items())
        self.figures.lost = max(self.figures.lost, len(self.receipts) - self.figures.stored)
        self.figures.doubled = max(0, self.figures.stored - self.figures.cast)
        told = [sum(choice == one for choice in self.receipts.values()) for one in CHOICES]
        tally = [poll["tally"][name] for name in ("votes_for", "votes_against", "not_voting")]
        if told != tally and not self.figures.lost and not self.figures.doubled:
            raise RehearsalError(f"the count {json.dumps(tally)} is not what the seats were told {json.dumps(told)}")

    def _own(self, seat: Seat) -> str | None:
        topic = f"meeting/{self.office.meeting_id}/me/{self.people[seat].participant_id}"
        copy: Copy | None = seat.copies.get(topic)
        ballot = copy.data["ballot"] if copy else None
        return ballot["choice"] if ballot and ballot["poll_id"] == self.poll_id else None

    def _close(self) -> None:
        self.say("Kết thúc / closing")
        base = f"/api/meetings/{self.office.meeting_id}"
        if self.poll_id:
            self.office.browser.do("POST", f"{base}/polls/{self.poll_id}/close")  # refused when it is closed: good
        self.office.browser.do("POST", f"{base}/state", {"to": "in_session", "confirm": True,
                                                         "confirm_without_quorum": True})
        self.office.browser.do("POST", f"{base}/state", {"to": "closed", "confirm": True})
        self.office.sign_out()

    def _all_must(self, answers: list[Answer]) -> None:
        for answer in answers:
            self._must(answer)

    @staticmethod
    def _must(answer: Answer) -> None:
        if not answer.ok:
            raise RehearsalError(f"refused: {answer.status} {answer.code}")


def _present(seat: Seat, topic: str) -> int:
    copy = seat.copies.get(topic)
    return int(copy.data["present"]) if copy else 0


