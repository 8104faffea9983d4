"""What screens see of a meeting."""

from server.core.views import View


class NoticeView(View):
    """The secretary's notice to all; shown until touched."""

    id: int
    text: str
    sent_ms: int


class HeaderView(View):
    """Topic `header`: seat, wall, console, door, teller, site."""

    id: int
    title: str
    kind: str
    unit: str
    room: str
    starts_ms: int
    state: str
    state_since_ms: int
    rehearsal: bool
    notice: NoticeView | None


class AgendaDocument(View):
    """A document under an agenda item, ready to be read."""

    id: int
    version_id: int
    title: str
    pages: int


class AgendaItemView(View):
    """One item as delegates see it. `number` is "2" or "3.1". `paused_ms`: how long of it were pauses that are over."""

    id: int
    parent_id: int | None
    number: str
    title: str
    rapporteur: str
    minutes: int
    state: str
    started_ms: int | None
    paused_ms: int
    documents: list[AgendaDocument]


class AgendaView(View):
    """Topic `agenda` for seat and wall, in order."""

    items: list[AgendaItemView]


class ConsoleAgendaItem(AgendaItemView):
    """What the secretary sees besides."""

    internal_note: str
    ended_ms: int | None
    planned_start_ms: int


class ConsoleAgendaView(View):
    """Topic `agenda` for the console."""

    items: list[ConsoleAgendaItem]


class Standing(View):
    """Whether this participant may vote now, and if not why (code and both languages)."""

    may_vote: bool
    code: str | None
    reason: str | None
    reason_en: str | None


class OwnBallot(View):
    """The receipt that stays. `choice` as stored: "for", "1,4" (options), "high,low" (levels); "none": no option."""

    poll_id: int
    choice: str
    opinion: str
    cast_ms: int
    reserved: bool


class OwnRequest(View):
    """One's own request to speak. `state`: waiting, called or speaking; `place` counts from 1."""

    id: int
    state: str
    place: int | None


class MeView(View):
    """Topic `me/<participant_id>`: what is about this person only."""

    participant_id: int
    name: str
    title: str
    unit: str
    role: str
    seat: str | None
    entitled: bool
    present: bool
    present_since_ms: int | None
    standing: Standing
    ballot: OwnBallot | None
    request: OwnRequest | None


class MeetingRow(View):
    """One meeting in the list of those I may see."""

    id: int
    title: str
    kind: str
    unit: str
    room: str
    starts_ms: int
    state: str
    can_manage: bool


class MeetingList(View):
    """Meetings, newest start first; at most 200."""

    meetings: list[MeetingRow]


class MeetingDetails(MeetingRow):
    """What the console edits."""

    unit_id: int
    rehearsal: bool
    secret: bool
    join_code: str
    join_url: str
    quorum_numerator: int
    quorum_denominator: int
    participants: int
    items: int


class Created(View):
    """The number of what was made."""

    id: int


class StepNote(View):
    """What a step lacks, or a warning before it."""

    code: str
    text: str
    text_en: str


class StepView(View):
    """One step that the present state offers. `warnings` do not forbid it, but need their own confirmation."""

    to: str
    allowed: bool
    missing: list[StepNote]
    warnings: list[StepNote]
    consequence: str
    consequence_en: str


class StepsView(View):
    """The next steps of the life cycle."""

    steps: list[StepView]
