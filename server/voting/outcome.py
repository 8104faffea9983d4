"""What a poll came to: counted once at the close, written into its record, and read from there by everybody."""

from collections.abc import Mapping, Sequence

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.views import View
from server.meetings import lookup
from server.meetings.models import Participant
from server.people.models import Person, Unit
from server.voting import electorate, marks, rules
from server.voting.models import Ballot, Elector, Poll
from server.voting.rules import BallotKind, Level, RuleSet


class RecordedExclusion(View):
    """Somebody who was left out of the base, and why."""

    participant_id: int
    name: str
    code: str
    text: str
    note: str


class RecordedBase(View):
    """What the majority was counted of. `count` = `whole` - exclusions within it; cast and valid know no exclusions."""

    of: str
    whole: int
    count: int
    convened: int
    entitled: int
    exclusions: list[RecordedExclusion]


class RecordedLine(View):
    """One option or name, as in views.TallyLine."""

    label: str
    votes: int | None = None
    high: int | None = None
    plain: int | None = None
    low: int | None = None
    chosen: bool = False
    tied: bool = False
    notices: list[str] = Field(default=[])


class RecordedPerson(View):
    """An elector as he was called when the vote closed."""

    participant_id: int
    name: str
    unit: str
    seat: str | None


class RecordedVoter(RecordedPerson):
    """Who chose what, where the result is named. `choice` as in marks.py."""

    choice: str
    opinion: str


class PollOutcome(View):
    """The body of a poll's record: canonical JSON of exactly these fields is what the server signs.

    `votes_for + votes_against + not_voting + other + not_cast == base.count` for motions and opinions;
    `cast + not_cast == base.count` for all. `parent`: the unit above, "" at the top.
    `silent`: electors without a ballot, where the result is named.
    """

    format: int = 1
    poll_id: int
    meeting_id: int
    meeting_title: str
    unit: str
    parent: str = ""
    room: str = ""
    agenda_item: str
    title: str
    motion: str
    kind: BallotKind
    named: bool
    rule: RuleSet
    numerator: int
    denominator: int
    strict: bool
    changeable: bool
    base: RecordedBase
    quorum_needed: int
    quorum_present: int
    options: list[str]
    choose_most: int | None
    opened_ms: int
    closed_ms: int
    votes_for: int = 0
    votes_against: int = 0
    not_voting: int = 0
    other: int = 0
    cast: int
    not_cast: int
    needed: int
    passed: bool | None
    lines: list[RecordedLine]
    voters: list[RecordedVoter]
    silent: list[RecordedPerson] = Field(default=[])
    opinions: list[str]


def of_poll(session: Session, poll: Poll) -> PollOutcome:
    """Count a poll that is being closed. Raises ValueError when more ballots were cast than the base holds."""
    ballots = session.scalars(select(Ballot).where(Ballot.poll_id == poll.id).order_by(Ballot.id)).all()
    counted = count(poll, [ballot.choice for ballot in ballots])
    item = {item.id: f"{number}. {item.title}" for number, item in lookup.numbered_items(session, poll.meeting_id)}
    meeting = lookup.meeting_of(session, poll.meeting_id)
    opinions = sorted(ballot.opinion for ballot in ballots if ballot.opinion)
    return PollOutcome(
        poll_id=poll.id, meeting_id=meeting.id, meeting_title=meeting.title, unit=meeting.unit.name,
        parent=_parent(session, meeting.unit), room=meeting.room, agenda_item=item.get(poll.agenda_item_id or 0, ""),
        title=poll.title, motion=poll.motion, kind=poll.kind, named=poll.named, rule=poll.rule_set,
        numerator=poll.numerator, denominator=poll.denominator, strict=poll.strict, changeable=poll.changeable,
        base=_base(session, poll, counted.base_count), quorum_needed=poll.quorum_needed or 0,
        quorum_present=poll.quorum_present or 0, options=poll.options,
        choose_most=poll.choose_most, opened_ms=clock.epoch_ms(poll.opened_at or clock.now()),
        closed_ms=clock.epoch_ms(poll.closed_at or clock.now()), votes_for=counted.votes_for,
        votes_against=counted.votes_against, not_voting=counted.not_voting, other=counted.other, cast=counted.cast,
        not_cast=counted.base_count - counted.cast, needed=counted.needed, passed=counted.passed, lines=counted.lines,
        voters=_voters(session, ballots) if poll.named else [],
        silent=_silent(session, poll, ballots) if poll.named else [],
        # Without names the opinions are sorted: the order of the ballots would say whose they are.
        opinions=[] if poll.named else opinions,
    )


class Counted(View):
    """The figures of a count."""

    votes_for: int = 0
    votes_against: int = 0
    not_voting: int = 0
    other: int = 0
    cast: int
    base_count: int
    needed: int
    passed: bool | None
    lines: list[RecordedLine]


def count(poll: Poll, choices: Sequence[str]) -> Counted:
    """Count choices (marks.py) by the poll's rule. No figure depends on their order."""
    frozen = None if rules.known_at_close(poll.counted_of) else poll.base_count
    if poll.kind in (BallotKind.MOTION, BallotKind.OPINION):
        made = rules.count(poll.majority, marks.tally_choices(choices), frozen)
        return Counted(
            votes_for=made.votes_for, votes_against=made.votes_against, not_voting=made.not_voting, other=made.other,
            cast=made.cast, base_count=made.base_count, needed=made.needed, passed=made.passed, lines=[],
        )
    base = rules.base_of(len(choices), frozen)
    needed = poll.majority.needed(base)
    lines = _chosen(poll, choices, needed) if poll.kind == BallotKind.CHOICE else _levels(poll, choices, base)
    return Counted(cast=len(choices), base_count=base, needed=needed, passed=None, lines=lines)


def _chosen(poll: Poll, choices: Sequence[str], needed: int) -> list[RecordedLine]:
    votes = marks.tally_options(choices, len(poll.options))
    ranking = rules.rank(votes, needed, poll.choose_most or 1)
    return [
        RecordedLine(label=label, votes=votes[place], chosen=place in ranking.chosen, tied=place in ranking.tied)
        for place, label in enumerate(poll.options)
    ]


def _levels(poll: Poll, choices: Sequence[str], base: int) -> list[RecordedLine]:
    votes = marks.tally_levels(choices, len(poll.options))
    notices = poll.rule_set.notices
    return [
        RecordedLine(
            label=label, high=given[Level.HIGH], plain=given[Level.PLAIN], low=given[Level.LOW],
            notices=[one.code for one in notices if one.reached(given[Level(one.of)], base)],
        )
        for label, given in zip(poll.options, votes, strict=True)
    ]


def _base(session: Session, poll: Poll, base_count: int) -> RecordedBase:
    excluded = electorate.exclusions(session, poll.id)
    names = _people(session, excluded)
    rule = poll.rule_set
    reasons = {one.code: one.vi for one in rule.exclusions}
    known = rules.known_at_close(poll.counted_of)
    return RecordedBase(
        of=poll.counted_of, whole=base_count if known else poll.base_from or base_count, count=base_count,
        convened=poll.convened or 0, entitled=poll.entitled or 0,
        exclusions=[
            RecordedExclusion(
                participant_id=who, name=names[who][0], code=row.code, text=reasons.get(row.code, row.code),
                note=row.note,
            )
            for who, row in excluded.items()
        ],
    )


def _voters(session: Session, ballots: Sequence[Ballot]) -> list[RecordedVoter]:
    people = _people(session, [ballot.participant_id for ballot in ballots])
    voters = [
        RecordedVoter(
            participant_id=ballot.participant_id, name=people[ballot.participant_id][0],
            unit=people[ballot.participant_id][1], seat=people[ballot.participant_id][2], choice=ballot.choice,
            opinion=ballot.opinion,
        )
        for ballot in ballots
    ]
    return sorted(voters, key=lambda voter: voter.participant_id)


def _silent(session: Session, poll: Poll, ballots: Sequence[Ballot]) -> list[RecordedPerson]:
    electors = set(session.scalars(select(Elector.participant_id).where(Elector.poll_id == poll.id)))
    people = _people(session, sorted(electors - {ballot.participant_id for ballot in ballots}))
    return [
        RecordedPerson(participant_id=who, name=name, unit=unit, seat=seat)
        for who, (name, unit, seat) in sorted(people.items())
    ]


def _parent(session: Session, unit: Unit) -> str:
    above = session.get(Unit, unit.parent_id) if unit.parent_id else None
    return above.name if above else ""


def _people(session: Session, ids: Sequence[int] | Mapping[int, object]) -> dict[int, tuple[str, str, str | None]]:
    rows = session.execute(
        select(Participant.id, Person.name, Unit.name, Participant.seat)
        .join(Person, Person.id == Participant.person_id).join(Unit, Unit.id == Person.unit_id)
        .where(Participant.id.in_(list(ids)))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
