"""What the secretary of a rehearsal does, through the API everybody uses."""

import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.rehearsal.browser import Browser
from server.rehearsal.wire import Answer

PAGES = 8


class RehearsalError(Exception):
    """The rehearsal cannot go on. The message is for the technician."""


@dataclass(frozen=True)
class Invited:
    """A fictitious delegate who can sign in."""

    participant_id: int
    pin: str


def form(fields: Mapping[str, str], name: str, media: str, content: bytes) -> tuple[bytes, dict[str, str]]:
    """A multipart/form-data body (RFC 7578) with one file in the field `file`, and its header."""
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    head += f"Content-Type: {media}\r\n\r\n"
    body = b"".join(parts) + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={edge}"}


class Office:
    """The secretary's side of one rehearsal meeting."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.meeting_id = 0
        self.items: list[int] = []

    # -- signing in

    def sign_in(self, account: str, password: str) -> None:
        """With an account that may create meetings."""
        self._must(self.browser.do("POST", "/api/sign-in", {"account": account, "password": password}))

    def use_ticket(self, ticket: str) -> int:
        """With a ticket from the server's own machine; the unit to rehearse in."""
        return int(self._must(self.browser.do("POST", "/api/sign-in/ticket", {"ticket": ticket}))["unit_id"])

    def first_unit(self) -> int:
        """The topmost unit this account sees."""
        units = self._must(self.browser.do("GET", "/api/units"))["units"]
        if not units:
            raise RehearsalError("this account sees no unit")
        return int(units[0]["id"])

    def sign_out(self) -> None:
        """End the session."""
        self.browser.do("DELETE", "/api/session")

    # -- the meeting

    def _path(self, rest: str) -> str:
        return f"/api/meetings/{self.meeting_id}/{rest}"

    def send(self, method: str, rest: str, body: object = None, **more: Any) -> Any:
        """One request about the meeting. Raises RehearsalError with the refusal's words."""
        return self._must(self.browser.do(method, self._path(rest), body, **more))

    def convene(self, unit_id: int, seats: int) -> str:
        """Make the meeting with its agenda and delegates, up to convened; returns the join code."""
        made = self._must(self.browser.do("POST", f"/api/units/{unit_id}/rehearsals", {}))
        self.meeting_id = made["meeting_id"]
        for title in ("Khai mạc", "Báo cáo và thảo luận", "Biểu quyết"):
            self.items.append(int(self.send("POST", "agenda", {"title": title, "minutes": 5})["id"]))
        self._import(seats)
        self.send("POST", "state", {"to": "convened", "confirm": True})
        return str(self._must(self.browser.do("GET", f"/api/meetings/{self.meeting_id}"))["join_code"])

    def _import(self, seats: int) -> None:
        body, headers = form({}, "dien-tap.csv", "text/csv", roster(seats))
        seen = self.send("POST", "participants/preview", body, headers=headers)
        if seen["problems"]:
            raise RehearsalError(f"the list of delegates was not understood: {seen['problems'][0]}")
        said = {"token": seen["token"], "accept_good_only": False}
        self.send("POST", "participants/import", said, seconds=120)

    def invite(self) -> list[Invited]:
        """Make PINs for all."""
        made = self.send("POST", "invitations", {}, seconds=120)["invitations"]
        return [Invited(one["participant_id"], one["pin"]) for one in made]

    def upload(self) -> int:
        """Put a document under the second agenda item; returns its version's id. The worker draws it later."""
        item = self.items[1]
        body, headers = form({"title": "Tài liệu diễn tập"}, "dien-tap.pdf", "application/pdf", paper())
        return int(self.send("POST", f"agenda/{item}/documents", body, headers=headers)["version_id"])

    def _must(self, answer: Answer) -> Any:
        if answer.ok:
            return answer.json()
        if answer.code:
            said = answer.json()
            raise RehearsalError(
                f"{said['code']}: {said['detail']} {said['next']} ({said['detail_en']} {said['next_en']})"
            )
        raise RehearsalError(f"the server answered {answer.status}")


def roster(seats: int) -> bytes:
    """The fictitious delegates as a CSV that a secretary could have made."""
    lines = ["STT,Họ và tên,Chức vụ,Thành phần,Biểu quyết,Ghế"]
    lines += [
        f"{n},Đại biểu diễn tập {n:04},Đại biểu,{'Chủ tọa' if n == 1 else 'Đại biểu'},Có,{seat_label(n)}"
        for n in range(1, seats + 1)
    ]
    return "\n".join(lines).encode("utf-8-sig")


def seat_label(number: int) -> str:
    """A1 … A40, B1 …: rows of forty, lettered like a hall's."""
    row, place = divmod(number - 1, 40)
    letters = chr(ord("A") + row % 26)
    return (letters if row < 26 else letters * 2) + str(place + 1)  # noqa: PLR2004  (letters of the alphabet)


def paper() -> bytes:
    """A PDF of some pages to turn."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  (slow to import, and only needed here)

    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(1, PAGES + 1):
        canvas.setFont("Helvetica", 48)
        canvas.drawString(120, 500, f"Dien tap {page}/{PAGES}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
