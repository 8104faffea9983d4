"""Whether the ballots are those that were cast: every row against its commitment in the journal (`nghisu verify`)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.journal import JournalEntry
from server.core.keys import Keys
from server.voting import rules
from server.voting.ballots import ACTION, commitment
from server.voting.models import Ballot, Poll
from server.voting.rules import Choice, Count

CLOSED = "poll.closed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One ballot or result that is not what the journal says."""

    poll_id: int
    participant_id: int | None
    reason: str

    def __str__(self) -> str:
        whose = f"ballot of participant {self.participant_id}" if self.participant_id is not None else "result"
        return f"poll {self.poll_id}, {whose}: {self.reason}"


def check_ballots(session: Session, keys: Keys) -> list[Finding]:
    """Every changed, removed or added ballot, and every result that differs from its ballots; empty when all is well.

    It stands on the journal, so walk the chain first (`journal.verify`).
    """
    sealed = _last_by(session, ACTION, "poll", "participant")
    findings: list[Finding] = []
    boxes: dict[int, dict[Choice, int]] = {}
    for ballot in session.scalars(select(Ballot).order_by(Ballot.poll_id, Ballot.participant_id)):
        data = sealed.pop((ballot.poll_id, ballot.participant_id), None)
        if data is None:
            findings.append(Finding(ballot.poll_id, ballot.participant_id, "was added without being cast"))
        elif not _matches(ballot, data, keys):
            findings.append(Finding(ballot.poll_id, ballot.participant_id, "was changed after it was cast"))
        box = boxes.setdefault(ballot.poll_id, {})
        box[ballot.choice] = box.get(ballot.choice, 0) + 1
    findings += [Finding(poll, participant, "was removed after it was cast") for poll, participant in sealed]
    return findings + _check_results(session, boxes)


def _matches(ballot: Ballot, data: dict[str, Any], keys: Keys) -> bool:
    made = commitment(keys, ballot.poll_id, ballot.participant_id, ballot.choice, ballot.cast_ms)
    return (made, ballot.cast_ms, ballot.serial) == (data["sealed"], data["cast_ms"], data["serial"])


def _check_results(session: Session, boxes: dict[int, dict[Choice, int]]) -> list[Finding]:
    closed = _last_by(session, CLOSED, "poll")
    findings = []
    for poll in session.scalars(select(Poll).order_by(Poll.id)):
        said = closed.pop((poll.id,), None)
        stored = poll.count
        if stored is None and said is None:
            continue
        if stored is None or said is None or result_data(stored) != said["result"]:
            findings.append(Finding(poll.id, None, "is not the one that was announced at the close"))
        elif not _adds_up(poll, boxes.get(poll.id, {}), stored):
            findings.append(Finding(poll.id, None, "does not follow from the ballots"))
    return findings + [Finding(poll_id, None, "was removed") for (poll_id,) in closed]


def _adds_up(poll: Poll, box: dict[Choice, int], stored: Count) -> bool:
    frozen = None if poll.counted_of == rules.CountedOf.CAST else stored.base_count
    try:
        return rules.count(poll.majority, box, frozen) == stored
    except ValueError:  # more ballots than the base
        return False


def result_data(count: Count) -> dict[str, int | bool]:
    """A result as the journal keeps it."""
    return {
        "for": count.votes_for, "against": count.votes_against, "not_voting": count.not_voting,
        "base": count.base_count, "needed": count.needed, "passed": count.passed,
    }


def _last_by(session: Session, action: str, *names: str) -> dict[tuple[int, ...], dict[str, Any]]:
    """The newest journal data of an action for each combination of the named ids."""
    rows = session.scalars(select(JournalEntry.data).where(JournalEntry.action == action).order_by(JournalEntry.seq))
    return {tuple(data[name] for name in names): data for data in rows.yield_per(1000)}
