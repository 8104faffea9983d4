"""Whether the ballots are those that were cast and the results those that were counted (`nghisu verify`)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.journal import JournalEntry
from server.core.keys import Keys
from server.voting import commands, outcome, records, reserved
from server.voting.ballots import ACTION, commitment
from server.voting.models import Ballot, Elector, Poll, PollState, ReservedOpinion
from server.voting.records import RecordKind, ResultRecord

OPENED, CLOSED, PUBLISHED, ANNULLED = "poll.opened", "poll.closed", "poll.published", "poll.annulled"
STATES = {
    OPENED: PollState.OPEN, CLOSED: PollState.CLOSED, PUBLISHED: PollState.PUBLISHED, ANNULLED: PollState.ANNULLED
}
ASKED = ("title", "motion", "kind", "named", "options", "choose_most", "numerator", "denominator", "strict")
RECORDED = {RecordKind.POLL: (CLOSED, "poll")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One ballot, opinion or result that is not what the journal says."""

    poll_id: int
    participant_id: int | None
    reason: str
    what: str = "ballot"

    def __str__(self) -> str:
        whose = f"{self.what} of participant {self.participant_id}" if self.participant_id is not None else self.what
        return f"poll {self.poll_id}, {whose}: {self.reason}"


def check_ballots(session: Session, keys: Keys) -> list[Finding]:
    """Every changed, removed or added ballot, reserved opinion and record, every result that does not follow from its
    ballots, and every vote that is not as it was opened, or not in the state it was brought to; empty when all is well.

    It stands on the journal, so walk the chain first (`journal.verify`).
    """
    sealed = _last_by(session, ACTION, "poll", "participant")
    findings: list[Finding] = []
    boxes: dict[int, list[str]] = defaultdict(list)
    for ballot in session.scalars(select(Ballot).order_by(Ballot.poll_id, Ballot.participant_id)):
        data = sealed.pop((ballot.poll_id, ballot.participant_id), None)
        if data is None:
            findings.append(Finding(ballot.poll_id, ballot.participant_id, "was added without being cast"))
        elif not _matches(ballot, data, keys):
            findings.append(Finding(ballot.poll_id, ballot.participant_id, "was changed after it was cast"))
        boxes[ballot.poll_id].append(ballot.choice)
    findings += [Finding(poll, participant, "was removed after it was cast") for poll, participant in sealed]
    findings += _check_opinions(session) + _check_records(session, keys) + _check_results(session, boxes)
    return findings + _check_course(session)


def _matches(ballot: Ballot, data: dict[str, Any], keys: Keys) -> bool:
    made = commitment(
        keys, ballot.poll_id, ballot.participant_id, choice=ballot.choice, opinion=ballot.opinion,
        cast_ms=ballot.cast_ms,
    )
    return (made, ballot.cast_ms, ballot.serial) == (data["sealed"], data["cast_ms"], data["serial"])


def _check_opinions(session: Session) -> list[Finding]:
    stated = _last_by(session, reserved.ACTION, "poll", "participant")
    findings = []
    for row in session.scalars(select(ReservedOpinion).order_by(ReservedOpinion.id)):
        data = stated.pop((row.poll_id, row.participant_id), None)
        if data is None or data["sha256"] != row.sha256 or reserved.digest(row.text) != row.sha256:
            findings.append(Finding(row.poll_id, row.participant_id, "is not as it was stated", "reserved opinion"))
    return findings + [Finding(poll, who, "was removed", "reserved opinion") for poll, who in stated]


def _check_records(session: Session, keys: Keys) -> list[Finding]:
    return [
        Finding(bad.subject_id, None, bad.reason, "result record") for bad in records.check(session, keys, RECORDED)
    ]


def _check_results(session: Session, boxes: dict[int, list[str]]) -> list[Finding]:
    """Count every closed poll again, by the rule and base of its record, and compare all figures."""
    rows = session.execute(
        select(Poll, ResultRecord).join(ResultRecord, ResultRecord.subject_id == Poll.id)
        .where(ResultRecord.kind == RecordKind.POLL).order_by(Poll.id)
    )
    return [
        Finding(poll.id, None, "does not follow from the ballots", "result")
        for poll, record in rows if not _follows(poll, record, boxes.get(poll.id, []))
    ]


def _follows(poll: Poll, record: ResultRecord, choices: list[str]) -> bool:
    try:
        body = outcome.PollOutcome.model_validate_json(record.text)
        counted = outcome.count(poll, choices)
    except ValueError:  # more ballots than the base, or a text that is no record
        return False
    if any(getattr(body, name) != getattr(poll, name) for name in ASKED):
        return False
    same = all(getattr(body, name) == getattr(counted, name) for name in counted.model_fields_set - {"base_count"})
    return same and body.base.count == counted.base_count and body.poll_id == poll.id


def _check_course(session: Session) -> list[Finding]:
    """Every vote that was opened, against its opening in the journal and the state it was brought to."""
    opened: dict[int, dict[str, Any]] = {}
    state: dict[int, PollState] = {}
    rows = session.execute(
        select(JournalEntry.action, JournalEntry.data).where(JournalEntry.action.in_(STATES)).order_by(JournalEntry.seq)
    )
    for action, data in rows:
        if action == OPENED:
            opened[data["poll"]] = data
        state[data["poll"]] = PollState.PUBLISHED if data.get("published") else STATES[action]
    polls = {poll.id: poll for poll in session.scalars(select(Poll).order_by(Poll.id))}
    counts = session.execute(select(Elector.poll_id, func.count()).group_by(Elector.poll_id))
    electors = {row[0]: row[1] for row in counts}
    findings = [Finding(gone, None, "was removed", "vote") for gone in state if gone not in polls]
    for poll in polls.values():
        if poll.state != state.get(poll.id, PollState.DRAFT):
            findings.append(Finding(poll.id, None, "is not in the state that the journal names", "vote"))
        if not _as_opened(poll, opened.get(poll.id, {}), electors.get(poll.id, 0)):
            findings.append(Finding(poll.id, None, "is not as it was opened", "vote"))
    return findings


def _as_opened(poll: Poll, said: dict[str, Any], electors: int) -> bool:
    """Whether a vote has the question, rule, base and number of electors of its opening."""
    now = {"title": poll.title, **commands.rule_data(poll), "electors": electors, "asked": commands.asked(poll)}
    if said.get("base_count") is not None:
        now |= {"base_count": poll.base_count, "needed": poll.needed}
    # A journal may be older than a field.
    return all(said[name] == value for name, value in now.items() if name in said)


def _last_by(session: Session, action: str, *names: str) -> dict[tuple[int, ...], dict[str, Any]]:
    """The newest journal data of an action for each combination of the named ids."""
    rows = session.scalars(select(JournalEntry.data).where(JournalEntry.action == action).order_by(JournalEntry.seq))
    return {tuple(data[name] for name in names): data for data in rows.yield_per(1000)}
