"""The life cycle: draft → convened → in session ⇄ paused → closed. Each step says what it lacks and what it brings."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings import agenda, lookup
from server.meetings.lookup import Missing
from server.meetings.models import AgendaItem, Meeting, MeetingState, Participant, ParticipantRole
from server.meetings.pauses import STEP

S = MeetingState


@dataclass(frozen=True, slots=True)
class Step:
    """One possible step: what it lacks (then it is refused), its warnings, and its consequence in words."""

    to: MeetingState
    missing: list[Missing]
    warnings: list[Missing]
    consequence: str
    consequence_en: str


NEXT: dict[MeetingState, tuple[MeetingState, ...]] = {
    S.DRAFT: (S.CONVENED,),
    S.CONVENED: (S.IN_SESSION,),
    S.IN_SESSION: (S.PAUSED, S.CLOSED),
    S.PAUSED: (S.IN_SESSION, S.CLOSED),
    S.CLOSED: (),
}

_CONSEQUENCES = {
    S.CONVENED: (
        "Đại biểu đăng nhập được vào ghế và xem chương trình, tài liệu; bàn đón tiếp quét được giấy mời.",
        "Delegates can sign in at their seats and read; the door can scan invitations.",
    ),
    S.IN_SESSION: (
        "Phiên họp bắt đầu: điều hành được chương trình, phát biểu và biểu quyết.",
        "The sitting begins: items, speakers and votes can be run.",
    ),
    S.PAUSED: (
        "Phiên họp tạm dừng: không mở được biểu quyết mới; đại biểu vẫn xem tài liệu và vẫn ra vào được.",
        "The sitting pauses: no new vote can be opened; delegates can still read and come and go.",
    ),
    S.CLOSED: (
        "Cuộc họp kết thúc, chỉ còn xem được. Bước này không quay lại được.",
        "The meeting ends and can only be read. This cannot be undone.",
    ),
}


def steps(session: Session, meeting: Meeting) -> list[Step]:
    """The steps that the present state offers."""
    return [
        Step(to, _missing(session, meeting, to), _warnings(session, meeting, to), *_CONSEQUENCES[to])
        for to in NEXT[MeetingState(meeting.state)]
    ]


def take_step(
    tx: Tx, actor: Actor, meeting_id: int, to: MeetingState, *, confirmed: bool, without_quorum: bool
) -> None:
    """Go one step on.

    What is to be thought of before the close is said and kept in the journal; only a missing quorum has to be
    confirmed by itself. Raises `step_not_possible`, `step_incomplete` (with what is missing), `step_not_confirmed` or
    `quorum_missing`.
    """
    meeting = lookup.open_meeting(tx, meeting_id)
    step = next((one for one in steps(tx, meeting) if one.to == to), None)
    if step is None:
        raise Refused("step_not_possible")
    if step.missing:
        raise _refused("step_incomplete", step.missing)
    if not confirmed:
        raise Refused("step_not_confirmed")
    if to == S.IN_SESSION and step.warnings and not without_quorum:
        raise _refused("quorum_missing", step.warnings)
    before, meeting.state, meeting.state_since = meeting.state, to, tx.now
    if to == S.CLOSED:
        agenda.finish_all(tx, meeting_id)
        for tidy in lookup.closed_hooks:
            tidy(tx, meeting_id)
    warned = [one.code for one in step.warnings]
    tx.record(STEP, actor, meeting_id, before=str(before), after=str(to), warned=warned)
    tx.touch(*(lookup.topic(meeting_id, name) for name in ("header", "agenda", "attendance")), *_own(tx, meeting_id))


def _own(tx: Tx, meeting_id: int) -> list[str]:
    people = tx.scalars(select(Participant.id).where(Participant.meeting_id == meeting_id))
    return [lookup.topic(meeting_id, "me", one) for one in people]


def _refused(code: str, notes: list[Missing]) -> Refused:
    return Refused(
        code, what=" ".join(one.text for one in notes), what_en=" ".join(one.text_en for one in notes)
    )


def _missing(session: Session, meeting: Meeting, to: MeetingState) -> list[Missing]:
    if meeting.state == S.DRAFT and to == S.CONVENED:
        return _unready(session, meeting.id)
    if to == S.CLOSED:
        return [found for check in lookup.closing_checks if (found := check(session, meeting.id)) is not None]
    return []


def _warnings(session: Session, meeting: Meeting, to: MeetingState) -> list[Missing]:
    checks = {S.IN_SESSION: lookup.opening_warnings, S.CLOSED: lookup.closing_warnings}.get(to, [])
    return [found for check in checks if (found := check(session, meeting.id)) is not None]


def _unready(session: Session, meeting_id: int) -> list[Missing]:
    people = select(func.count()).select_from(Participant).where(Participant.meeting_id == meeting_id)
    items = select(func.count()).select_from(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    found: list[Missing] = []
    if not session.scalar(items):
        found.append(Missing("no_agenda", "Chương trình chưa có mục nào.", "The agenda has no item."))
    if not session.scalar(people.where(Participant.entitled.is_(True))):
        found.append(Missing("nobody_entitled", "Chưa có đại biểu nào được biểu quyết.", "Nobody is entitled to vote."))
    if not session.scalar(people.where(Participant.role == ParticipantRole.CHAIR)):
        found.append(Missing("no_chair", "Chưa có người chủ trì.", "There is no chair."))
    return found
