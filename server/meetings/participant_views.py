"""Answers about participants, import and invitations."""

from server.core.views import View


class ParticipantRow(View):
    """One participant as the console lists him. `method`: scan, search, seat or console."""

    id: int
    person_id: int
    name: str
    title: str
    unit: str
    role: str
    entitled: bool
    seat: str | None
    present: bool
    entered_ms: int | None
    method: str | None
    excused_reason: str | None
    has_pin: bool


class ParticipantList(View):
    """Participants by part and name. The ETag is made from the list's version."""

    participants: list[ParticipantRow]


class ImportColumn(View):
    """One column of the file. `field` is what it was taken for, None: not used."""

    index: int
    header: str
    field: str | None
    sample: str


class ImportProblem(View):
    """What is wrong with one cell; `row` is the row number of the sheet."""

    row: int
    column: str
    message: str
    message_en: str
    value: str


class ImportPreview(View):
    """A list, checked; nothing has entered. At most 500 problems are named, `problem_rows` counts all bad rows."""

    columns: list[ImportColumn]
    rows: int
    good: int
    problem_rows: int
    problems: list[ImportProblem]
    token: str


class Imported(View):
    """How many entered."""

    entered: int


class InvitationView(View):
    """What one delegate's paper shows. The PIN is never shown again."""

    participant_id: int
    name: str
    title: str
    unit: str
    seat: str | None
    pin: str
    payload: str


class InvitationList(View):
    """Invitations by name."""

    invitations: list[InvitationView]


class PinsGiven(View):
    """Who got a PIN (what is kept of the answer: no PIN is)."""

    participant_ids: list[int]


class JoinPerson(View):
    """A name to choose at the seat."""

    id: int
    name: str
    unit: str
    seat: str | None


class JoinMeeting(View):
    """The meeting behind a join code."""

    meeting_id: int
    title: str
    unit: str
    participants: list[JoinPerson]


class Joined(View):
    """Who sits here now."""

    meeting_id: int
    participant_id: int
