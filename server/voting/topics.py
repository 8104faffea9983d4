"""What screens see of votes. Who may not know a figure never gets it: partial results are in no view at all, and a
result is in the views of seats and walls only once it is published. Results come from the sealed record alone."""

from collections import Counter

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from server import wall
from server.core import clock
from server.core.errors import Refused
from server.core.live import meeting_topic
from server.meetings import lookup
from server.meetings.models import Participant
from server.meetings.views import OwnBallot, Standing
from server.voting import batches, electorate, outcome, records, reserved, rule_views, running
from server.voting.commands import open_poll_of
from server.voting.electorate import Electorate
from server.voting.models import Ballot, BatchState, Elector, Exclusion, Poll, PollBatch, PollState
from server.voting.records import RecordKind
from server.voting.rules import RuleSet
from server.voting.views import (
    BatchPlace,
    BatchView,
    ConsoleVoteView,
    ExclusionCount,
    Obstacle,
    PollView,
    Rule,
    Tally,
    TallyLine,
    VoteView,
)

_ENDED = (PollState.CLOSED, PollState.PUBLISHED, PollState.ANNULLED)
# Built once: a personal topic asks them for every seat that comes, and after every ballot.
_LAST_POLL = (
    select(Poll).where(Poll.meeting_id == bindparam("meeting_id"), Poll.state.in_(_ENDED))
    .order_by(func.coalesce(Poll.annulled_at, Poll.published_at, Poll.closed_at).desc(), Poll.id.desc()).limit(1)
)
_ELECTOR = select(Elector.participant_id).where(
    Elector.poll_id == bindparam("poll_id"), Elector.participant_id == bindparam("participant_id")
)
_EXCLUDED = select(Exclusion.participant_id).where(
    Exclusion.poll_id == bindparam("poll_id"), Exclusion.participant_id == bindparam("participant_id")
)
_BALLOT = select(Ballot.choice, Ballot.opinion, Ballot.cast_ms).where(
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
    """The open poll, else the one that ended or was published last."""
    return open_poll_of(session, meeting_id) or session.scalar(_LAST_POLL, {"meeting_id": meeting_id})


def poll_view(
    session: Session, poll: Poll, audience: str, people: Electorate | None = None, *, brief: bool = False
) -> PollView:
    """One poll as this audience may know it. `brief`: without options, lines and the rule's words."""
    draft = poll.state == PollState.DRAFT
    people = electorate.of_poll(session, poll, people) if draft else None
    rule = poll.rule_set
    tally = _tally(session, poll, brief=brief) if _tells(poll, audience) else None
    return PollView(
        id=poll.id, agenda_item_id=poll.agenda_item_id, title=poll.title, motion=poll.motion, state=poll.state,
        kind=poll.kind, options=[] if brief else poll.options, option_count=len(poll.options),
        choose_most=poll.choose_most, named=poll.named, changeable=poll.changeable,
        rule=_rule(session, poll, rule, people, brief=brief), opened_ms=_ms(poll.opened_at),
        deadline_ms=_ms(poll.deadline_at), closed_ms=_ms(poll.closed_at),
        cast=0 if draft else running.ballots_in(session, poll.id),
        entitled_present=len(people.entitled_present) if people else poll.reach or 0, tally=tally,
        annulled_ms=_ms(poll.annulled_at), annulled_reason=poll.annulled_reason, replaces_id=poll.replaces_id,
        batch=_place(session, poll), may_reserve=reserved.may_reserve(poll, own=audience != "console"),
        obstacles=[in_words(one) for one in running.obstacles(poll, people)] if people else [],
    )


def in_words(refused: Refused) -> Obstacle:
    """A refusal as a screen shows it before anybody has tried."""
    said = refused.refusal
    return Obstacle(code=refused.code, text=refused.text(said.vi), text_en=refused.text(said.en))


def _tells(poll: Poll, audience: str) -> bool:
    if poll.state == PollState.PUBLISHED:
        return True
    return audience == "console" and poll.closed_at is not None


def _console(session: Session, meeting_id: int) -> ConsoleVoteView:
    places = {item.id: place for place, (_, item) in enumerate(lookup.numbered_items(session, meeting_id))}
    polls = session.scalars(select(Poll).where(Poll.meeting_id == meeting_id)).all()
    ordered = sorted(polls, key=lambda poll: (places.get(poll.agenda_item_id or 0, len(places)), poll.id))
    drafts = any(poll.state == PollState.DRAFT for poll in polls)
    people = electorate.of_meeting(session, meeting_id) if drafts else None
    shown = shown_poll(session, meeting_id)
    shown_id = shown.id if shown else None
    rules = {poll.rule_code: poll.rule_set for poll in ordered}
    batch = batches.last_batch(session, meeting_id)
    return ConsoleVoteView(
        polls=[poll_view(session, poll, "console", people, brief=poll.id != shown_id) for poll in ordered],
        open_id=next((poll.id for poll in polls if poll.state == PollState.OPEN), None), shown_id=shown_id,
        rules=[rule_views.words(rule) for _, rule in sorted(rules.items())],
        batch=batch_view(session, batch) if batch else None,
    )


def batch_view(session: Session, batch: PollBatch) -> BatchView:
    """How far a batch is."""
    polls = batches.polls_of(session, batch)
    return BatchView(
        id=batch.id, state=batch.state, done=sum(poll.closed_at is not None for poll in polls), size=batch.size,
        seconds=batch.seconds, pause_seconds=batch.pause_seconds,
        next_ms=_ms(batch.next_at) if batch.state == BatchState.RUNNING else None,
        stopped_by=in_words(Refused(batch.stopped_by)) if batch.stopped_by else None,
    )


def _place(session: Session, poll: Poll) -> BatchPlace | None:
    batch = session.get(PollBatch, poll.batch_id) if poll.batch_id is not None else None
    return BatchPlace(id=batch.id, place=poll.batch_place or 1, size=batch.size) if batch else None


def _on_wall(session: Session, meeting_id: int) -> Poll | None:
    """What the console chose for the wall: an earlier result, or a draft that is introduced before it opens."""
    shown = wall.scene_of(session, meeting_id)
    if shown is None or shown.poll_id is None:
        return None
    poll = session.get(Poll, shown.poll_id)
    if poll is None:
        return None
    if shown.scene == wall.Scene.RESULT:
        return poll if poll.closed_at is not None else None
    introduced = shown.scene == wall.Scene.VOTE and poll.state == PollState.DRAFT
    return poll if introduced and open_poll_of(session, meeting_id) is None else None


def _rule(session: Session, poll: Poll, rule: RuleSet, people: Electorate | None, *, brief: bool) -> Rule:
    base = people.base(poll.counted_of, poll.members) if people else poll.base_count
    excluded = Counter(row.code for row in electorate.exclusions(session, poll.id).values())
    return Rule(
        code=poll.rule_code, base=poll.counted_of,
        base_from=people.base_from(poll.counted_of, poll.members) if people else poll.base_from, base_count=base,
        exclusions=[
            ExclusionCount(code=one.code, text=one.vi, text_en=one.en, count=excluded[one.code])
            for one in rule.exclusions if excluded[one.code]
        ],
        numerator=poll.numerator, denominator=poll.denominator, strict=poll.strict,
        needed=None if base is None else poll.majority.needed(base),
        quorum_needed=(people.quorum_needed(rule.quorum) if people else poll.quorum_needed) or 0,
        quorum_present=(people.convened_present if people else poll.quorum_present) or 0,
        words=None if brief else rule_views.words(rule),
    )


def _tally(session: Session, poll: Poll, *, brief: bool) -> Tally | None:
    record = records.of(session, RecordKind.POLL, poll.id)
    if record is None:  # annulled while it was open: it never came to a result
        return None
    body = outcome.PollOutcome.model_validate_json(record.text)
    return Tally(
        votes_for=body.votes_for, votes_against=body.votes_against, not_voting=body.not_voting, other=body.other,
        cast=body.cast, not_cast=body.not_cast, base_count=body.base.count, needed=body.needed, passed=body.passed,
        lines=[] if brief else [TallyLine(**line.model_dump()) for line in body.lines], record=record.sha256,
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
    said = in_words(Refused(code))
    return Standing(may_vote=False, code=code, reason=said.text, reason_en=said.text_en)


def _obstacle(session: Session, participant: Participant, present: bool) -> str | None:
    if not participant.entitled or participant.role == "guest":
        return "not_entitled"
    if not present:
        return "not_present"
    poll = open_poll_of(session, participant.meeting_id)
    if poll is None:
        return None
    who = {"poll_id": poll.id, "participant_id": participant.id}
    if session.scalar(_ELECTOR, who) is not None:
        return None
    return "came_after_open" if session.scalar(_EXCLUDED, who) is None else "excluded_from_base"


def own_ballot(session: Session, meeting_id: int, participant_id: int) -> OwnBallot | None:
    """One's own receipt in the poll that the seats show."""
    poll = shown_poll(session, meeting_id)
    if poll is None:
        return None
    ballot = session.execute(_BALLOT, {"poll_id": poll.id, "participant_id": participant_id}).first()
    if ballot is None:
        return None
    return OwnBallot(
        poll_id=poll.id, choice=ballot.choice, opinion=ballot.opinion, cast_ms=ballot.cast_ms,
        reserved=poll.rule.get("reserved_opinions", False) and reserved.has_reserved(session, poll.id, participant_id),
    )
