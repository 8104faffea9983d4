"""Builds units, persons and meetings straight in the tables, so that a test says only what it is about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from server.attendance.models import Presence
from server.core import clock
from server.core.services import Services
from server.core.text import fold
from server.core.writer import Tx
from server.meetings.models import AgendaItem, Meeting, MeetingState, Participant
from server.people import sessions
from server.people.models import Person, Unit

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Vũ", "Đặng", "Bùi", "Hồ")
GIVEN = ("Hà", "Minh", "Đức", "Hương", "Sơn", "Thủy", "Dũng", "Lan", "Khánh", "Tâm")


class Scene:
    """What a test starts from. `top` is the topmost unit; `people` are the participants of the newest meeting."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.caller: Callable[[str], Any] = lambda _surface: None
        self.people: list[int] = []
        self.items: list[int] = []
        self._persons = self._meetings = 0
        self.top = self.unit("Tỉnh ủy Thử nghiệm", None)

    def run(self, command: Callable[[Tx], Any]) -> Any:
        """Carry out a command on the writer."""
        return self.services.writer.run(command)

    def unit(self, name: str, parent: int | None = None) -> int:
        """A unit below `parent`."""

        def make(tx: Tx) -> int:
            above = tx.get_one(Unit, parent).path if parent is not None else "/"
            unit = Unit(name=name, parent_id=parent, path="")
            tx.add(unit)
            tx.flush()
            unit.path = f"{above}{unit.id}/"
            return unit.id

        return int(self.run(make))

    def person(self, name: str | None = None, unit: int | None = None, **more: Any) -> int:
        """A person; without a name one of a hundred ordinary ones."""
        return int(self.run(lambda tx: self._person(tx, name, unit, **more).id))

    def _person(self, tx: Tx, name: str | None, unit: int | None, **more: Any) -> Person:
        number, self._persons = self._persons, self._persons + 1
        name = name or f"{FAMILY[number // 10 % 10]} Thị {GIVEN[number % 10]}"
        person = Person(
            name=name, folded_name=fold(name), unit_id=unit or self.top,
            **{"title": f"Ủy viên {number + 1}", "card_number": f"{number + 1:012d}", **more},
        )
        tx.add(person)
        tx.flush()
        return person

    def meeting(
        self, delegates: int = 3, *, guests: int = 0, state: str = "in_session", unit: int | None = None,
        present: int = 0, items: int = 2, **more: Any,
    ) -> int:
        """A meeting with a chair (the first delegate), delegates, guests, and agenda items. Returns its id."""

        def make(tx: Tx) -> int:
            self._meetings += 1
            meeting = Meeting(
                unit_id=unit or self.top, state=MeetingState(state), state_since=tx.now,
                **{"title": "Hội nghị thử", "kind": "conference", "room": "Hội trường A",
                   "starts_at": clock.now() + timedelta(minutes=5), "join_code": f"JOIN{self._meetings:06d}", **more},
            )
            tx.add(meeting)
            tx.flush()
            everybody = range(delegates + guests)
            self.people = [self._participant(tx, meeting, number, number < delegates) for number in everybody]
            made = [
                AgendaItem(meeting_id=meeting.id, position=place, title=f"Nội dung {place + 1}", minutes=10)
                for place in range(items)
            ]
            tx.add_all(made)
            tx.flush()
            self.items = [item.id for item in made]
            return meeting.id

        made = int(self.run(make))
        for participant in self.people[:present]:
            self.enter(made, participant)
        return made

    def _participant(self, tx: Tx, meeting: Meeting, number: int, delegate: bool) -> int:
        participant = Participant(
            meeting_id=meeting.id, person_id=self._person(tx, None, None).id, entitled=delegate,
            role=("chair" if number == 0 else "delegate") if delegate else "guest",
            seat=f"{chr(ord('A') + number // 20 % 26)}{number % 20 + 1}" if number < 520 else None,
        )
        tx.add(participant)
        tx.flush()
        return participant.id

    def enter(self, meeting: int, participant: int) -> None:
        """Put somebody into the room."""
        self.run(lambda tx: tx.add(Presence(
            meeting_id=meeting, participant_id=participant, entered_at=tx.now, method="scan", origin="thử"
        )))

    def leave(self, participant: int) -> None:
        """Take somebody out of the room."""

        def command(tx: Tx) -> None:
            rows = select(Presence).where(Presence.participant_id == participant, Presence.left_at.is_(None))
            tx.scalars(rows).one().left_at = tx.now

        self.run(command)

    def seat(self, participant: int) -> Any:
        """A caller at the seat of this participant, signed in without asking for the PIN."""
        return self._signed_in("seat", participant_id=participant)

    def teller(self, participant: int) -> Any:
        """A caller at a counting station, signed in without asking for the PIN."""
        return self._signed_in("teller", participant_id=participant)

    def device(self, device: int, surface: str) -> Any:
        """A caller on an enrolled device."""
        return self._signed_in(surface, device_id=device)

    def _signed_in(self, surface: str, **subject: int) -> Any:
        token = self.run(lambda tx: sessions.start(tx, surface, "127.0.0.1", timedelta(hours=1), **subject))
        caller = self.caller(surface)
        caller.client.set_cookie(f"nghisu_{surface}", token)
        return caller

    def row(self, model: type[Any], row_id: int) -> Any:
        """One stored row as it is now."""
        with self.services.database.read() as session:
            return session.get_one(model, row_id)

    def rows(self, model: type[Any], **where: Any) -> list[Any]:
        """Stored rows by equality, in order of their ids."""
        with self.services.database.read() as session:
            return list(session.scalars(select(model).filter_by(**where).order_by(model.id)))

    def rows_of(self, model: type[Any], **where: Any) -> list[Any]:
        """Stored rows by equality, of a model without an id of its own, in the order of their key."""
        with self.services.database.read() as session:
            return list(session.scalars(select(model).filter_by(**where).order_by(*model.__table__.primary_key)))

    def topic(self, name: str, audience: str) -> dict[str, Any]:
        """The view of a topic, as screens of this audience get it now."""
        from server.core.live import TopicName  # noqa: PLC0415

        parsed = TopicName.parse(name)
        who = str(parsed.participant_id) if parsed.kind.personal else audience
        with self.services.database.read() as session:
            return parsed.kind.build(session, parsed.meeting_id, who).model_dump(mode="json")
