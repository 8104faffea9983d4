"""Topic `paper`: each audience only what it may know."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.live import meeting_topic
from server.voting.paper import close, ruling, shown, votes
from server.voting.paper.models import PaperKind, PaperState, PaperVote, Standing
from server.voting.paper.record import PaperRecord
from server.voting.paper.views import (
    ConsolePaperView,
    PaperView,
    PublicLine,
    PublicPaperVote,
    PublicResult,
    TellerPaperView,
)

UNDER_WAY = (PaperState.PRINTED, PaperState.ISSUED, PaperState.COUNTING, PaperState.COMPARED, PaperState.CLOSED)


@meeting_topic("paper", console=ConsolePaperView, teller=TellerPaperView, wall=PaperView, seat=PaperView)
def paper(session: Session, meeting_id: int, audience: str) -> ConsolePaperView | TellerPaperView | PaperView:
    """The console knows how far each station is; tellers do not; seats and walls get figures and, once published, the
    result.
    """
    if audience == "console":
        return ConsolePaperView(
            votes=shown.rows(session, meeting_id, progress=True), tellers=shown.tellers_of(session, meeting_id)
        )
    if audience == "teller":
        return TellerPaperView(
            votes=shown.rows(session, meeting_id, progress=False), tellers=shown.tellers_of(session, meeting_id)
        )
    vote = _shown_vote(session, meeting_id)
    return PaperView(vote=_public(session, vote) if vote is not None else None)


def _shown_vote(session: Session, meeting_id: int) -> PaperVote | None:
    """The newest vote under way, else the one published last."""
    under_way = session.scalar(
        select(PaperVote).where(PaperVote.meeting_id == meeting_id, PaperVote.state.in_(UNDER_WAY))
        .order_by(PaperVote.printed_at.desc(), PaperVote.id.desc()).limit(1)
    )
    return under_way or session.scalar(
        select(PaperVote).where(PaperVote.meeting_id == meeting_id, PaperVote.state == PaperState.PUBLISHED)
        .order_by(PaperVote.published_at.desc(), PaperVote.id.desc()).limit(1)
    )


def _public(session: Session, vote: PaperVote) -> PublicPaperVote:
    rule, record = ruling.of(vote), close.record_body(session, vote)
    published = vote.state == PaperState.PUBLISHED
    return PublicPaperVote(
        id=vote.id, round=vote.round, title=vote.title, kind=PaperKind(vote.kind).value, seats=vote.seats,
        state=PaperState(vote.state).value, rule=rule.name.vi, rule_en=rule.name.en, citation=rule.citation.text,
        issued=vote.issued, returned=record.figures.returned if record else None,
        withdrawn=[one.name for one in votes.lines_of(session, vote) if one.standing == Standing.WITHDRAWN],
        result=_result(record) if record is not None and published else None,
    )


def _result(record: PaperRecord) -> PublicResult:
    return PublicResult(
        figures=shown.figures_view(record), base_count=record.base.count, needed=record.needed,
        seats_left=record.seats_left, elected=record.elected, tied=record.tied, next=record.next.vi,
        next_en=record.next.en,
        lines=[
            PublicLine(
                line=one.line, name=one.name, votes=one.votes, against=one.against, high=one.high, plain=one.plain,
                low=one.low, uncounted=one.uncounted, outcome=one.outcome, notices=one.notices,
            )
            for one in record.lines
        ],
    )
