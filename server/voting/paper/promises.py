"""What paper votes tell meetings and the audit: importing it registers them."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

import server.voting.paper.topics  # noqa: F401  (declares the topic)
from server.core.errors import Refused
from server.core.keys import Keys
from server.meetings import lookup
from server.meetings.lookup import Missing
from server.meetings.models import Participant
from server.people import journal
from server.people.journal import FindingView
from server.voting.paper import audit
from server.voting.paper.models import Candidate, Exclusion, PaperState, PaperVote, StationHand

UNFINISHED = (PaperState.ISSUED, PaperState.COUNTING, PaperState.COMPARED)


def _found(session: Session, keys: Keys) -> list[FindingView]:
    return [one.view() for one in audit.check(session, keys)]


def _nothing_is_counted(session: Session, meeting_id: int) -> Missing | None:
    vote = session.scalar(
        select(PaperVote).where(PaperVote.meeting_id == meeting_id, PaperVote.state.in_(UNFINISHED))
        .order_by(PaperVote.id).limit(1)
    )
    if vote is None:
        return None
    return Missing(
        "paper_vote_open", f"Bỏ phiếu “{vote.title}” chưa chốt kết quả kiểm phiếu; chốt hoặc hủy trước.",
        f"The paper vote “{vote.title}” is not counted; close or annul it first.",
    )


def _all_published(session: Session, meeting_id: int) -> Missing | None:
    title = session.scalar(
        select(PaperVote.title).where(PaperVote.meeting_id == meeting_id, PaperVote.state == PaperState.CLOSED)
        .order_by(PaperVote.id).limit(1)
    )
    if title is None:
        return None
    return Missing(
        "paper_result_unpublished",
        f"Chưa công bố kết quả kiểm phiếu “{title}”. Bế mạc rồi thì không công bố được nữa.",
        f"The result of the paper vote “{title}” is not published. Once the meeting is closed it cannot be published.",
    )


def _item_is_free(session: Session, item_id: int) -> None:
    if session.scalar(select(PaperVote.id).where(PaperVote.agenda_item_id == item_id).limit(1)) is not None:
        raise Refused("agenda_item_has_polls")


def _participant_is_free(session: Session, participant_id: int) -> None:
    named = (
        select(Candidate.id).where(Candidate.participant_id == participant_id).limit(1),
        select(Exclusion.id).where(Exclusion.participant_id == participant_id).limit(1),
        select(StationHand.id).where(StationHand.participant_id == participant_id).limit(1),
        select(Participant.id).where(
            Participant.id == participant_id, or_(Participant.teller, Participant.teller_head)
        ),
    )
    if any(session.scalar(one) is not None for one in named):
        raise Refused("participant_in_paper_vote")


journal.vouched_checks.append(_found)
lookup.closing_checks.append(_nothing_is_counted)
lookup.closing_warnings.append(_all_published)
lookup.item_removal_checks.append(_item_is_free)
lookup.participant_removal_checks.append(_participant_is_free)
