"""A poll's way from draft to result: opening freezes its base, closing counts it and seals the record.

The writer runs one command after another, so two secretaries who close at once meet in order: the second is told that
the vote is closed already, and there is one record (the database would refuse a second one).
"""

from datetime import timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from server import wall
from server.core import clock
from server.core.access import Actor
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings import lookup
from server.voting import audit, commands, electorate, outcome, records
from server.voting.commands import draft_of, open_poll_of, poll_of, touch
from server.voting.electorate import Electorate
from server.voting.models import Ballot, Elector, Poll, PollState
from server.voting.records import RecordKind
from server.voting.rules import catalogue as rule_catalogue


def obstacles(poll: Poll, people: Electorate) -> list[Refused]:
    """Everything about the rule and the people that forbids to open this draft now, in the order people fix it."""
    found = []
    try:
        commands.require_form(poll, poll.rule_set)
    except Refused as refused:
        found.append(refused)
    if not people.entitled_present:
        found.append(Refused("nobody_may_vote"))
    rule = poll.rule_set
    quorum = people.quorum_needed(rule.quorum)
    if rule.needs_quorum and people.convened_present < quorum:
        found.append(Refused(
            "no_quorum", present=people.convened_present, needed=quorum, convened=len(people.convened),
            citation=rule.citation.text,
        ))
    there = len(people.absentees & people.inside)
    if there:
        found.append(Refused("excluded_but_present", count=there, citation=rule.citation.text))
    base = people.base(poll.counted_of, poll.members)
    if base is not None and base < len(people.electors(poll.counted_of, rule.late_arrivals)):
        found.append(Refused("members_too_few", members=poll.members or 0, entitled=len(people.entitled)))
    return found


def open_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int, *, on_wall: bool = False) -> Poll:
    """Open the vote and freeze its rule and base.

    Raises Refused `meeting_not_in_session`, `poll_not_draft`, `poll_already_open`, `rule_unknown`, `figure_fixed`,
    `exclusion_unknown`, `form_forbidden`, `nobody_may_vote`, `no_quorum`, `excluded_but_present` or `members_too_few`.
    """
    poll = draft_of(tx, meeting_id, poll_id)
    open_draft(tx, poll, on_wall=on_wall)
    tx.record("poll.opened", actor, meeting_id, **opened_data(tx, poll))
    return poll


def open_draft(tx: Tx, poll: Poll, *, on_wall: bool, seconds: int | None = None) -> None:
    """The opening itself, without its journal row; see `open_poll` for the refusals."""
    meeting = lookup.meeting_in_session(tx, poll.meeting_id)
    other = open_poll_of(tx, poll.meeting_id)
    if other is not None:
        raise Refused("poll_already_open", title=other.title)
    # The rule as it stands today: a unit may have retired its own since the draft was written.
    rule = rule_catalogue.find(tx, meeting.unit.path, poll.rule_code)
    commands.require_followed(tx, poll, rule)
    poll.rule = rule.model_dump(mode="json")
    people = electorate.of_poll(tx, poll)
    for refused in obstacles(poll, people):
        raise refused
    electors = people.electors(poll.counted_of, poll.rule_set.late_arrivals)
    tx.execute(insert(Elector), [{"poll_id": poll.id, "participant_id": who} for who in sorted(electors)])
    _freeze(poll, people)
    lasts = seconds or poll.seconds
    poll.state, poll.opened_at = PollState.OPEN, tx.now
    poll.deadline_at = tx.now + timedelta(seconds=lasts) if lasts else None
    tx.flush()
    touch(tx, poll)
    if on_wall:
        wall.show(tx, poll.meeting_id, wall.Scene.VOTE, poll_id=poll.id)


def opened_data(tx: Tx, poll: Poll) -> dict[str, object]:
    """What the journal keeps of an opening."""
    electors = tx.scalar(select(func.count()).select_from(Elector).where(Elector.poll_id == poll.id)) or 0
    return {
        "poll": poll.id, "title": poll.title, **commands.rule_data(poll), "base_count": poll.base_count,
        "needed": poll.needed, "electors": electors, "present": poll.entitled_present,
        "asked": commands.asked(poll), "excluded": sorted(electorate.exclusions(tx, poll.id)),
        "deadline_ms": clock.epoch_ms(poll.deadline_at) if poll.deadline_at else None,
    }


def _freeze(poll: Poll, people: Electorate) -> None:
    poll.convened, poll.entitled = len(people.convened), len(people.entitled)
    poll.entitled_present = poll.reach = len(people.entitled_present)
    poll.quorum_needed, poll.quorum_present = people.quorum_needed(poll.rule_set.quorum), people.convened_present
    poll.base_from = people.base_from(poll.counted_of, poll.members)
    poll.base_count = people.base(poll.counted_of, poll.members)
    poll.needed = None if poll.base_count is None else poll.majority.needed(poll.base_count)


def close_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int, keys: Keys) -> Poll:
    """Close the vote, count it and seal its record; every acknowledged ballot is in the count.

    Raises Refused `poll_not_open`.
    """
    poll = poll_of(tx, meeting_id, poll_id)
    if poll.state != PollState.OPEN:
        raise Refused("poll_not_open")
    close_open(tx, poll, keys)
    record = records.of(tx, RecordKind.POLL, poll.id)
    tx.record(audit.CLOSED, actor, meeting_id, poll=poll.id, title=poll.title, record=record.sha256 if record else "")
    return poll


def close_open(tx: Tx, poll: Poll, keys: Keys) -> None:
    """The close itself, without its journal row."""
    poll.reach = electorate.reach(tx, poll)
    poll.state, poll.closed_at = PollState.CLOSED, tx.now
    body = outcome.of_poll(tx, poll)
    poll.base_count, poll.needed = body.base.count, body.needed
    records.seal(tx, keys, poll.meeting_id, kind=RecordKind.POLL, subject_id=poll.id, body=body)
    touch(tx, poll)
    for participant in _latecomers(tx, poll):  # from now on nothing keeps them from voting
        tx.touch(lookup.topic(poll.meeting_id, "me", participant))


def publish_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int, *, on_wall: bool = False) -> Poll:
    """Let everybody see the result; once more brings it back to the seats. Raises Refused `poll_not_closed`."""
    lookup.open_meeting(tx, meeting_id)
    poll = poll_of(tx, meeting_id, poll_id)
    if poll.state not in (PollState.CLOSED, PollState.PUBLISHED):
        raise Refused("poll_not_closed")
    publish_closed(tx, poll, on_wall=on_wall)
    tx.record("poll.published", actor, meeting_id, poll=poll.id, title=poll.title)
    return poll


def publish_closed(tx: Tx, poll: Poll, *, on_wall: bool) -> None:
    """The publication itself, without its journal row."""
    poll.state, poll.published_at = PollState.PUBLISHED, tx.now
    tx.flush()
    touch(tx, poll)
    if on_wall:
        wall.show(tx, poll.meeting_id, wall.Scene.RESULT, poll_id=poll.id)


def annul_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int, reason: str, *, again: bool) -> Poll:
    """Annul a vote that was opened; its ballots and its record stay. With `again`, a draft repeats it.

    Raises Refused `poll_not_opened`, `poll_annulled` or `too_many_polls`.
    """
    lookup.open_meeting(tx, meeting_id)
    poll = poll_of(tx, meeting_id, poll_id)
    if poll.state == PollState.DRAFT:
        raise Refused("poll_not_opened")
    if poll.state == PollState.ANNULLED:
        raise Refused("poll_annulled")
    was_open = poll.state == PollState.OPEN
    poll.state, poll.annulled_at, poll.annulled_reason = PollState.ANNULLED, tx.now, reason
    if was_open:
        poll.closed_at = tx.now
        for participant in _latecomers(tx, poll):
            tx.touch(lookup.topic(meeting_id, "me", participant))
    repeated = commands.repeat(tx, poll).id if again else None
    tx.record(
        "poll.annulled", actor, meeting_id, poll=poll.id, title=poll.title, reason=poll.annulled_reason,
        repeated=repeated,
    )
    touch(tx, poll)
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


def ballots_in(session: Session, poll_id: int) -> int:
    """How many ballots are in the box."""
    return session.scalar(select(func.count()).select_from(Ballot).where(Ballot.poll_id == poll_id)) or 0


