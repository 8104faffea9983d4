"""Importing participants: every row is checked first, every problem is named with its row; good rows enter together."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.errors import Refused
from server.core.text import fold
from server.core.writer import Tx
from server.meetings import lookup, participants
from server.meetings.columns import Table, cell, role_of, seat_label, yes_or_no
from server.meetings.models import Participant, ParticipantRole
from server.meetings.participants import Part
from server.people.models import Person, Unit

LIMITS = {"name": 120, "title": 200, "card_number": 40}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell. `row` counts as the sheet does; `column` is the header there."""

    row: int
    column: str
    message: str
    message_en: str
    value: str


@dataclass(slots=True)
class GoodRow:
    """One row that can enter. `person_id` None: a person who is not yet in the register."""

    row: int
    name: str
    title: str
    unit_id: int
    card_number: str | None
    person_id: int | None
    part: Part


@dataclass
class Checked:
    """The whole list, checked."""

    good: list[GoodRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def bad_rows(self) -> int:
        """How many rows have a problem."""
        return len({problem.row for problem in self.problems})


@dataclass
class _Known:
    """What the register and the meeting hold already, read once."""

    home: int
    units: dict[str, int]
    by_card: dict[str, tuple[int, str]]
    by_name: dict[tuple[str, int], list[int]]
    listed: set[int]
    seats: set[str]


def _read_known(session: Session, meeting_id: int, names: set[str], cards: set[str]) -> _Known:
    meeting = lookup.meeting_of(session, meeting_id)
    home = session.get_one(Unit, meeting.unit_id)
    inside = Unit.path.startswith(home.path, autoescape=True)
    units = session.execute(select(Unit.name, Unit.id).where(inside).order_by(Unit.path.desc()))
    known = _Known(home.id, {fold(name): unit for name, unit in units}, {}, {}, set(), set())
    person = select(Person.id, Person.folded_name, Person.card_number, Person.unit_id)
    for some in _chunks(cards):
        for number, name, card, _ in session.execute(person.where(Person.card_number.in_(some))):
            known.by_card[str(card)] = (number, name)
    for some in _chunks(names):
        for number, name, _, unit in session.execute(person.where(Person.folded_name.in_(some))):
            known.by_name.setdefault((name, unit), []).append(number)
    there = select(Participant.person_id, Participant.seat).where(Participant.meeting_id == meeting_id)
    for number, seat in session.execute(there):
        known.listed.add(number)
        known.seats.add(seat or "")
    return known


def _chunks(values: set[str]) -> list[list[str]]:
    ordered = sorted(values)
    return [ordered[at : at + 500] for at in range(0, len(ordered), 500)]


def check(session: Session, meeting_id: int, table: Table, fields: list[str | None]) -> Checked:
    """Check every row under this reading of the columns."""
    checked = Checked()
    if "name" not in fields and not {"family_name", "given_name"} <= set(fields):
        checked.problems.append(Problem(
            table.header_row, "", "Chưa xác định được cột họ và tên.", "No column holds the names.", ""
        ))
        return checked
    columns = {name: at for at, name in enumerate(fields) if name is not None}
    said = [{name: cell(row, at) for name, at in columns.items()} for _, row in table.rows]
    known = _read_known(
        session, meeting_id, {fold(_name(one)) for one in said}, {one.get("card_number") or "" for one in said}
    )
    checker = _Checker(known, table, columns, checked)
    for number, row in table.rows:
        checker.check_row(number, row)
    return checked


def _name(said: dict[str, str]) -> str:
    return said.get("name") or f"{said.get('family_name', '')} {said.get('given_name', '')}".strip()


class _Checker:
    """Checks rows one after another and remembers what earlier rows took."""

    def __init__(self, known: _Known, table: Table, columns: dict[str, int], checked: Checked) -> None:
        self.known, self.table, self.columns, self.checked = known, table, columns, checked
        self.people: dict[object, int] = {}
        self.seats: dict[str, int] = {}

    def check_row(self, number: int, row: list[str]) -> None:
        """One row: either a good row or its problems."""
        before = len(self.checked.problems)
        said = {name: cell(row, at) for name, at in self.columns.items()}
        name = _name(said)
        good = GoodRow(
            row=number, name=name, title=said.get("title", ""), unit_id=self._unit(number, said.get("unit", "")),
            card_number=said.get("card_number") or None, person_id=None, part=self._part(number, said),
        )
        self._lengths(number, name, said)
        good.person_id = self._person(good)
        if len(self.checked.problems) == before:
            self.checked.good.append(good)

    def _say(self, row: int, of: str, message: str, message_en: str, value: str = "") -> None:
        at = self.columns.get(of)
        header = cell(self.table.headers, at) if at is not None else ""
        self.checked.problems.append(Problem(row, header, message, message_en, value[:200]))

    def _lengths(self, row: int, name: str, said: dict[str, str]) -> None:
        if not name:
            self._say(row, "name", "Thiếu họ và tên.", "The name is missing.")
        for of, most in LIMITS.items():
            text = name if of == "name" else said.get(of, "")
            if len(text) > most:
                self._say(row, of, f"Dài quá {most} ký tự.", f"Longer than {most} characters.", text)

    def _unit(self, row: int, text: str) -> int:
        if not text:
            return self.known.home
        unit = self.known.units.get(fold(text))
        if unit is None:
            self._say(row, "unit", "Không có đơn vị này trong danh mục.", "The register has no such unit.", text)
        return unit or self.known.home

    def _part(self, row: int, said: dict[str, str]) -> Part:
        role = role_of(said.get("role", ""))
        if role is None:
            self._say(row, "role", "Không hiểu thành phần này.", "This part is not known.", said["role"])
            role = ParticipantRole.DELEGATE
        votes = said.get("entitled", "")
        entitled = yes_or_no(votes) if votes else participants.default_entitled(role)
        if entitled is None:
            self._say(row, "entitled", "Ghi “có” hoặc “không”.", "Write yes or no.", votes)
        if entitled and role == ParticipantRole.GUEST:
            self._say(row, "entitled", "Khách mời không có quyền biểu quyết.", "A guest never has a vote.", votes)
        return Part(role, bool(entitled), self._seat(row, said.get("seat", "")))

    def _seat(self, row: int, text: str) -> str | None:
        if not text:
            return None
        label = seat_label(text)
        if label is None:
            self._say(row, "seat", "Số ghế chưa đúng dạng, ví dụ B12.", "Not a seat such as B12.", text)
        elif label in self.seats:
            first = self.seats[label]
            self._say(row, "seat", f"Trùng ghế với dòng {first}.", f"The same seat as in row {first}.", text)
        elif label in self.known.seats:
            self._say(row, "seat", "Ghế này đã xếp cho người khác.", "This seat is already given to somebody.", text)
        else:
            self.seats[label] = row
        return label

    def _person(self, good: GoodRow) -> int | None:
        """Who this is in the register, by card number first, else by name within the unit."""
        folded = fold(good.name)
        same = self.known.by_name.get((folded, good.unit_id), [])
        person = same[0] if len(same) == 1 else None
        if good.card_number:
            holder = self.known.by_card.get(good.card_number)
            if holder is not None and holder[1] != folded:
                self._say(
                    good.row, "card_number", "Số thẻ này thuộc về người có tên khác.",
                    "This card number belongs to somebody of another name.", good.card_number,
                )
            # A namesake with another card is another person.
            person = holder[0] if holder is not None else None
        elif len(same) > 1:
            self._say(
                good.row, "name", "Có nhiều người trùng tên trong đơn vị; cần số thẻ Đảng.",
                "Several persons of this name are in the unit; give the card number.", good.name,
            )
        if person is not None and person in self.known.listed:
            self._say(good.row, "name", "Đã có trong danh sách cuộc họp.", "Already on the meeting's list.", good.name)
        self._once(good, person, folded)
        return person

    def _once(self, good: GoodRow, person: int | None, folded: str) -> None:
        if not good.name:
            return
        keys: list[object] = [person] if person is not None else [(folded, good.unit_id, good.card_number)]
        if good.card_number:
            keys.append(f"card {good.card_number}")
        for key in keys:
            if key in self.people:
                first = self.people[key]
                self._say(good.row, "name", f"Trùng với dòng {first}.", f"The same as row {first}.", good.name)
                return
        self.people.update(dict.fromkeys(keys, good.row))


def enter(
    tx: Tx, actor: Actor, meeting_id: int, table: Table, fields: list[str | None], *, good_only: bool
) -> int:
    """Let all good rows enter, in one transaction; returns how many.

    Raises `import_has_problems` unless `good_only`, and `import_nothing`. The rows are checked again here, because the
    register may have changed since the preview.
    """
    lookup.open_meeting(tx, meeting_id)
    checked = check(tx, meeting_id, table, fields)
    if checked.problems and not good_only:
        raise Refused("import_has_problems", problems=checked.bad_rows)
    if not checked.good:
        raise Refused("import_nothing")
    new = [
        Person(unit_id=row.unit_id, name=row.name, folded_name=fold(row.name)[:120], title=row.title,
               card_number=row.card_number)
        for row in checked.good if row.person_id is None
    ]
    tx.add_all(new)
    tx.flush()
    made = iter(new)
    tx.add_all(
        Participant(
            meeting_id=meeting_id, person_id=next(made).id if row.person_id is None else row.person_id,
            role=row.part.role, entitled=row.part.entitled, seat=row.part.seat,
        )
        for row in checked.good
    )
    tx.record(
        "participants.imported", actor, meeting_id, entered=len(checked.good), new_persons=len(new),
        left_out=checked.bad_rows,
    )
    tx.touch(*participants.list_topics(meeting_id))
    return len(checked.good)
