"""What screens see of votes. Who may not know a figure never gets it: partial results are in no view at all, and a
result is in the views of seats and walls only once it is published."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from server import wall
from server.core import clock
from server.core.errors import Refused
from server.core.live import meeting_topic
from server.meetings import lookup
from server.meetings.models import Participant
from server.meetings.views import OwnBallot, Standing
from server.voting import electorate
from server.voting.commands import open_poll_of
from server.voting.electorate import Electorate
from server.voting.models import Ballot, Elector, Poll, PollState
from server.voting.rules import CountedOf
from server.voting.views import ConsoleVoteView, PollView, Rule, Tally, VoteView

# Built once: a personal topic asks them for every seat that comes, and after every ballot.
_LAST_POLL = (
    select(Poll)
    .where(Poll.meeting_id == bindparam("meeting_id"), Poll.state.in_((PollState.CLOSED, PollState.PUBLISHED)))
    .order_by(func.coalesce(Poll.published_at, Poll.closed_at).desc(), Poll.id.desc()).limit(1)
)
_ELECTOR = select(Elector.participant_id).where(
    Elector.poll_id == bindparam("poll_id"), Elector.participant_id == bindparam("participant_id")
)
_BALLOT = select(Ballot.choice, Ballot.cast_ms).where(
    Ballot.poll_id == bindparam("poll_id"), Ballot.participant_id == bindparam("participant_id")
)


@meeting_topic("vote", seat=VoteView, wall=VoteView, console=ConsoleVoteView)
def vote(session: Session, meeting_id: int, audience: str) -> VoteView | ConsoleVoteView:
    """Topic `vote`."""
    if audience == "console":
        return _console(session, meeting_id)
    poll = _on_wall(session, meeting_id) if audience == "wall" else None
    poll = poll or shown_poll(session, meeting_id)
    return VoteView(poll=poll_view(session, poll, audience) if poll else None)


def shown_poll(session: Session, meeting_id: int) -> Poll | None:
    """The open poll, else the one closed or published last."""
    return open_poll_of(session, meeting_id) or session.scalar(_LAST_POLL, {"meeting_id": meeting_id})


def poll_view(session: Session, poll: Poll, audience: str, people: Electorate | None = None) -> PollView:
    """One poll as this audience may know it."""
    if poll.state == PollState.DRAFT:
        people = people or electorate.of_meeting(session, poll.meeting_id)
    count = poll.count
    tells = poll.state == PollState.PUBLISHED or (audience == "console" and count is not None)
    if count is not None:
        cast = count.cast
    else:
        cast = session.scalar(select(func.count()).select_from(Ballot).where(Ballot.poll_id == poll.id)) or 0
    return PollView(
        id=poll.id, agenda_item_id=poll.agenda_item_id, title=poll.title, motion=poll.motion, state=poll.state,
        changeable=poll.changeable, rule=_rule(poll, people), opened_ms=_ms(poll.opened_at),
        deadline_ms=_ms(poll.deadline_at), closed_ms=_ms(poll.closed_at), cast=cast,
        entitled_present=len(people.entitled_present) if people else poll.reach or 0,
        tally=_tally(poll) if tells else None,
    )


def _console(session: Session, meeting_id: int) -> ConsoleVoteView:
    places = {item.id: place for place, (_, item) in enumerate(lookup.numbered_items(session, meeting_id))}
    polls = session.scalars(select(Poll).where(Poll.meeting_id == meeting_id)).all()
    ordered = sorted(polls, key=lambda poll: (places.get(poll.agenda_item_id or 0, len(places)), poll.id))
    drafts = any(poll.state == PollState.DRAFT for poll in polls)
    people = electorate.of_meeting(session, meeting_id) if drafts else None
    return ConsoleVoteView(
        polls=[
            poll_view(session, poll, "console", people if poll.state == PollState.DRAFT else None) for poll in ordered
        ],
        open_id=next((poll.id for poll in polls if poll.state == PollState.OPEN), None),
    )


def _on_wall(session: Session, meeting_id: int) -> Poll | None:
    """The poll whose result the console chose for the wall, which may be an earlier one."""
    shown = wall.scene_of(session, meeting_id)
    if shown is None or shown.scene != wall.Scene.RESULT or shown.poll_id is None:
        return None
    poll = session.get(Poll, shown.poll_id)
    return poll if poll is not None and poll.closed_at is not None else None


def _rule(poll: Poll, people: Electorate | None) -> Rule:
    base = people.base(CountedOf(poll.counted_of)) if people else poll.base_count
    quorum = people.quorum_needed if people else poll.quorum_needed
    return Rule(
        base=poll.counted_of, base_count=base, numerator=poll.numerator, denominator=poll.denominator,
        strict=poll.strict, needed=None if base is None else poll.majority.needed(base), quorum_needed=quorum or 0,
    )


def _tally(poll: Poll) -> Tally | None:
    count = poll.count
    if count is None:
        return None
    return Tally(
        votes_for=count.votes_for, votes_against=count.votes_against, not_voting=count.not_voting, cast=count.cast,
        not_cast=count.not_cast, base_count=count.base_count, needed=count.needed, passed=count.passed,
    )


def _ms(moment: object) -> int | None:
    return clock.epoch_ms(moment) if moment is not None else None  # type: ignore[arg-type]


def standing(session: Session, participant: Participant, present: bool) -> Standing:
    """Whether this participant may vote now, and if not, why.

    Not whether he has voted: that is the ballot's own field, and a standing that follows each poll would have to be
    pushed to everybody whenever a poll opens.
    """
    code = _obstacle(session, participant, present)
    if code is None:
        return Standing(may_vote=True, code=None, reason=None, reason_en=None)
    refused = Refused(code)
    words = refused.refusal
    return Standing(may_vote=False, code=code, reason=refused.text(words.vi), reason_en=refused.text(words.en))


def _obstacle(session: Session, participant: Participant, present: bool) -> str | None:
    if not participant.entitled or participant.role == "guest":
        return "not_entitled"
    if not present:
        return "not_present"
    poll = open_poll_of(session, participant.meeting_id)
    if poll is not None and session.scalar(_ELECTOR, {"poll_id": poll.id, "participant_id": participant.id}) is None:
        return "came_after_open"
    return None


def own_ballot(session: Session, meeting_id: int, participant_id: int) -> OwnBallot | None:
    """One's own receipt in the poll that the seats show."""
    poll = shown_poll(session, meeting_id)
    if poll is None:
        return None
    ballot = session.execute(_BALLOT, {"poll_id": poll.id, "participant_id": participant_id}).first()
    return OwnBallot(poll_id=poll.id, choice=ballot.choice, cast_ms=ballot.cast_ms) if ballot else None
