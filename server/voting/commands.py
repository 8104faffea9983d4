"""The writes of voting, but for the ballots themselves (ballots.py).

A poll's rule and base are frozen when it opens: how many are convened, entitled, and entitled and present, and the list
of electors. The verdict is counted once, at the close, and stored.
"""

from datetime import timedelta

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from server import wall
from server.core import clock
from server.core.access import Actor
from server.core.errors import Refused
from server.core.text import clean
from server.core.writer import Tx
from server.meetings import lookup
from server.voting import audit, electorate, rules
from server.voting.bodies import PollIn, PollPatch
from server.voting.models import Ballot, Elector, Poll, PollState
from server.voting.rules import Choice, CountedOf

MOST_POLLS = 100  # in one meeting
_OPEN_POLL = select(Poll).where(Poll.meeting_id == bindparam("meeting_id"), Poll.state == PollState.OPEN)


def poll_of(session: Session, meeting_id: int, poll_id: int) -> Poll:
    """A poll of this meeting. Raises Refused `poll_not_found`."""
    poll = session.get(Poll, poll_id)
    if poll is None or poll.meeting_id != meeting_id:
        raise Refused("poll_not_found")
    return poll


def open_poll_of(session: Session, meeting_id: int) -> Poll | None:
    """The meeting's open poll."""
    return session.scalar(_OPEN_POLL, {"meeting_id": meeting_id})


def create_poll(tx: Tx, actor: Actor, meeting_id: int, said: PollIn) -> Poll:
    """A new draft. Raises Refused `threshold_not_fit`, `agenda_item_not_found` or `too_many_polls`."""
    lookup.open_meeting(tx, meeting_id)
    if (tx.scalar(select(func.count()).select_from(Poll).where(Poll.meeting_id == meeting_id)) or 0) >= MOST_POLLS:
        raise Refused("too_many_polls", most=MOST_POLLS)
    poll = Poll(
        meeting_id=meeting_id, agenda_item_id=said.agenda_item_id, title=clean(said.title), motion=_motion(said.motion),
        state=PollState.DRAFT, counted_of=said.base, numerator=said.numerator, denominator=said.denominator,
        strict=said.strict, changeable=said.changeable, seconds=said.seconds,
    )
    _require_sound(tx, poll)
    tx.add(poll)
    tx.flush()
    tx.record("poll.created", actor, meeting_id, poll=poll.id, title=poll.title, **_rule(poll))
    _touch(tx, poll)
    return poll


def edit_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int, said: PollPatch) -> Poll:
    """Change a draft. Raises Refused `poll_not_draft` besides what `create_poll` raises."""
    poll = _draft(tx, meeting_id, poll_id)
    given = said.model_dump(exclude_unset=True)
    nullable = ("agenda_item_id", "seconds")
    for name, value in given.items():
        if value is not None or name in nullable:
            setattr(poll, {"base": "counted_of"}.get(name, name), value)
    poll.title, poll.motion = clean(poll.title), _motion(poll.motion)
    _require_sound(tx, poll)
    tx.record("poll.edited", actor, meeting_id, poll=poll.id, title=poll.title, **_rule(poll))
    _touch(tx, poll)
    return poll


def delete_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int) -> None:
    """Remove a draft; a poll that was opened stays for ever."""
    poll = _draft(tx, meeting_id, poll_id)
    tx.delete(poll)
    tx.record("poll.deleted", actor, meeting_id, poll=poll_id, title=poll.title)
    _touch(tx, poll)


def open_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int, *, on_wall: bool = False) -> Poll:
    """Open the vote and freeze its base.

    Raises Refused `meeting_not_in_session`, `poll_not_draft`, `poll_already_open` or `nobody_may_vote`.
    """
    lookup.meeting_in_session(tx, meeting_id)
    poll = _draft(tx, meeting_id, poll_id)
    other = open_poll_of(tx, meeting_id)
    if other is not None:
        raise Refused("poll_already_open", title=other.title)
    people = electorate.of_meeting(tx, meeting_id)
    if not people.entitled_present:
        raise Refused("nobody_may_vote")
    electors = people.electors(poll.counted_of)
    tx.execute(insert(Elector), [{"poll_id": poll.id, "participant_id": who} for who in sorted(electors)])
    _freeze(poll, people)
    poll.state, poll.opened_at = PollState.OPEN, tx.now
    poll.deadline_at = tx.now + timedelta(seconds=poll.seconds) if poll.seconds else None
    tx.flush()
    tx.record(
        "poll.opened", actor, meeting_id, poll=poll.id, title=poll.title, **_rule(poll), base_count=poll.base_count,
        needed=poll.needed, electors=len(electors), present=poll.entitled_present,
        deadline_ms=clock.epoch_ms(poll.deadline_at) if poll.deadline_at else None,
    )
    _touch(tx, poll)
    if on_wall:
        wall.show(tx, meeting_id, wall.Scene.VOTE, poll_id=poll.id)
    return poll


def _freeze(poll: Poll, people: electorate.Electorate) -> None:
    poll.convened, poll.entitled = people.convened, len(people.entitled)
    poll.entitled_present = poll.reach = len(people.entitled_present)
    poll.quorum_needed = people.quorum_needed
    poll.base_count = people.base(poll.counted_of)
    poll.needed = None if poll.base_count is None else poll.majority.needed(poll.base_count)


def close_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int) -> Poll:
    """Close the vote and count it; every acknowledged ballot is in the count. Raises Refused `poll_not_open`."""
    poll = poll_of(tx, meeting_id, poll_id)
    if poll.state != PollState.OPEN:
        raise Refused("poll_not_open")
    rows = tx.execute(select(Ballot.choice, func.count()).where(Ballot.poll_id == poll.id).group_by(Ballot.choice))
    result = rules.count(poll.majority, {Choice(row[0]): row[1] for row in rows}, poll.base_count)
    poll.reach = electorate.reach(tx, poll)
    poll.state, poll.closed_at = PollState.CLOSED, tx.now
    poll.votes_for, poll.votes_against, poll.not_voting = result.votes_for, result.votes_against, result.not_voting
    poll.base_count, poll.needed, poll.passed = result.base_count, result.needed, result.passed
    tx.record(audit.CLOSED, actor, meeting_id, poll=poll.id, title=poll.title, result=audit.result_data(result))
    _touch(tx, poll)
    for participant in _latecomers(tx, poll):  # from now on nothing keeps them from voting
        tx.touch(lookup.topic(meeting_id, "me", participant))
    return poll


def publish_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int, *, on_wall: bool = False) -> Poll:
    """Let everybody see the result; once more brings it back to the seats. Raises Refused `poll_not_closed`."""
    lookup.open_meeting(tx, meeting_id)
    poll = poll_of(tx, meeting_id, poll_id)
    if poll.state not in (PollState.CLOSED, PollState.PUBLISHED):
        raise Refused("poll_not_closed")
    poll.state, poll.published_at = PollState.PUBLISHED, tx.now
    tx.flush()
    tx.record("poll.published", actor, meeting_id, poll=poll.id, title=poll.title)
    _touch(tx, poll)
    if on_wall:
        wall.show(tx, meeting_id, wall.Scene.RESULT, poll_id=poll.id)
    return poll


def follow_presence(session: Session, meeting_id: int) -> list[str]:
    """Somebody came or went: count anew how many the open vote reaches. Returns the topics that look different."""
    poll = open_poll_of(session, meeting_id)
    if poll is not None and isinstance(session, Tx):
        session.flush()
        poll.reach = electorate.reach(session, poll)
    waiting = select(Poll.id).where(Poll.meeting_id == meeting_id, Poll.state.in_((PollState.DRAFT, PollState.OPEN)))
    return [lookup.topic(meeting_id, "vote")] if session.scalar(waiting.limit(1)) is not None else []


def _latecomers(tx: Tx, poll: Poll) -> list[int]:
    electors = set(tx.scalars(select(Elector.participant_id).where(Elector.poll_id == poll.id)))
    return sorted(electorate.of_meeting(tx, poll.meeting_id).entitled_present - electors)


def _draft(tx: Tx, meeting_id: int, poll_id: int) -> Poll:
    lookup.open_meeting(tx, meeting_id)
    poll = poll_of(tx, meeting_id, poll_id)
    if poll.state != PollState.DRAFT:
        raise Refused("poll_not_draft")
    return poll


def _require_sound(tx: Tx, poll: Poll) -> None:
    if not rules.is_fit(poll.numerator, poll.denominator, poll.strict):
        raise Refused("threshold_not_fit")
    if poll.agenda_item_id is not None:
        with tx.no_autoflush:
            lookup.item_of(tx, poll.meeting_id, poll.agenda_item_id)


def _motion(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def _rule(poll: Poll) -> dict[str, object]:
    return {
        "base": CountedOf(poll.counted_of).value, "threshold": f"{poll.numerator}/{poll.denominator}",
        "strict": poll.strict, "changeable": poll.changeable,
    }


def _touch(tx: Tx, poll: Poll) -> None:
    tx.touch(lookup.topic(poll.meeting_id, "vote"))
