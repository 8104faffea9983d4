"""Whether paper votes are what was entered and settled: rows against the journal, results against rows.

It stands on the journal, so walk the chain first (`journal.verify`).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.journal import JournalEntry
from server.core.keys import Keys
from server.people.journal import FindingView
from server.voting import records
from server.voting.paper import close, compare, result, ruling, settle, votes
from server.voting.paper.entries import ENTERED, REMOVED, commitment
from server.voting.paper.models import Difference, Entry, PaperState, PaperVote
from server.voting.paper.record import PaperRecord
from server.voting.records import RecordKind

REOPENED = "paper.station_reopened"
FINAL = {
    close.CLOSED: PaperState.CLOSED, "paper.published": PaperState.PUBLISHED, "paper.annulled": PaperState.ANNULLED
}
RECORDED = {RecordKind.PAPER: (close.CLOSED, "vote")}
VIETNAMESE = {
    "was added without being entered": "có trong dữ liệu mà nhật ký không ghi lượt nhập",
    "was changed after it was entered": "bị sửa sau khi đã nhập",
    "was removed after it was entered": "bị xóa sau khi đã nhập",
    "was not settled as the journal says": "khác kết luận ghi trong nhật ký",
    "does not follow from the ballots": "không khớp với các phiếu đã nhập và đối chiếu",
    "was changed after it was sealed": "bị sửa sau khi đã ký",
    "was added without a close in the journal": "không có lượt chốt trong nhật ký",
    "is not the one that the journal names": "không phải bản ghi mà nhật ký nêu",
    "is not signed by this server": "không mang chữ ký của máy chủ này",
    "was removed": "bị xóa",
    "is not in the state that the journal names": "không ở trạng thái mà nhật ký nêu",
    "is not named by its vote": "không được cuộc bỏ phiếu của nó nêu",
}
Key = tuple[int, int, int]  # vote, station, ballot


@dataclass(frozen=True, slots=True)
class Finding:
    """What is not as the journal says. `station` 0: a settled difference; `ballot` 0: the result."""

    vote_id: int
    title: str
    station: int
    ballot: int
    reason: str

    def view(self) -> FindingView:
        """In a sentence."""
        where, where_en = "kết quả", "the result"
        if self.ballot:
            where, where_en = f"phiếu {self.ballot}", f"ballot {self.ballot}"
        if self.station:
            where, where_en = f"{where} của bàn {self.station}", f"{where_en} of station {self.station}"
        said = VIETNAMESE.get(self.reason, self.reason)
        return FindingView(
            text=f"Bỏ phiếu giấy “{self.title}”: {where} {said}.",
            text_en=f"Paper vote “{self.title}”: {where_en} {self.reason}.",
        )


def check(session: Session, keys: Keys) -> list[Finding]:
    """Every entry, settled difference and result that is not what the journal and the rows say."""
    everything = list(session.scalars(select(PaperVote).order_by(PaperVote.id)))
    titles = {vote.id: vote.title for vote in everything}
    findings = _entries(session, keys, titles) + _settlements(session, titles)
    findings += [
        _finding((bad.subject_id, 0, 0), titles, bad.reason) for bad in records.check(session, keys, RECORDED)
    ]
    findings += _states(session, everything, titles)
    for vote in everything:
        record = records.of(session, RecordKind.PAPER, vote.id)
        if vote.record_hash != (record.sha256 if record else ""):
            findings.append(_finding((vote.id, 0, 0), titles, "is not named by its vote"))
        elif record is not None and not _adds_up(session, vote):
            findings.append(_finding((vote.id, 0, 0), titles, "does not follow from the ballots"))
    return findings


def _states(session: Session, everything: list[PaperVote], titles: dict[int, str]) -> list[Finding]:
    """Votes that were closed, published or annulled by the journal and are not so by their row, or the other way."""
    final: dict[int, PaperState] = {}
    wanted = select(JournalEntry.action, JournalEntry.data).where(JournalEntry.action.in_(FINAL))
    for action, data in session.execute(wanted.order_by(JournalEntry.seq)):
        final[data["vote"]] = FINAL[action]
    now = {vote.id: PaperState(vote.state) for vote in everything}
    said = {vote: final.get(vote) for vote in now.keys() | final.keys()}
    return [
        _finding((vote, 0, 0), titles, "is not in the state that the journal names") for vote in sorted(said)
        if (now[vote] if now.get(vote) in FINAL.values() else None) != said[vote]
    ]


def _entries(session: Session, keys: Keys, titles: dict[int, str]) -> list[Finding]:
    sealed, findings = _sealed(session), []
    for entry in session.scalars(select(Entry).order_by(Entry.paper_vote_id, Entry.station, Entry.number)):
        key = (entry.paper_vote_id, entry.station, entry.number)
        said = sealed.pop(key, None)
        if said is None:
            findings.append(_finding(key, titles, "was added without being entered"))
        elif said != commitment(keys, entry.paper_vote_id, entry):
            findings.append(_finding(key, titles, "was changed after it was entered"))
    return findings + [_finding(key, titles, "was removed after it was entered") for key in sorted(sealed)]


def _sealed(session: Session) -> dict[Key, str]:
    """The newest commitment of every entry that is still there by the journal."""
    wanted = select(JournalEntry.action, JournalEntry.data).where(
        JournalEntry.action.in_((ENTERED, REMOVED, REOPENED))
    )
    sealed: dict[Key, str] = {}
    for action, data in session.execute(wanted.order_by(JournalEntry.seq)).yield_per(1000):
        vote, station = data["vote"], data["station"]
        if action == ENTERED:
            sealed.update({(vote, station, int(one)): mac for one, mac in data["ballots"].items()})
        elif action == REMOVED:
            sealed.pop((vote, station, data["ballot"]), None)
        elif data["anew"]:
            sealed = {key: mac for key, mac in sealed.items() if key[:2] != (vote, station)}
    return sealed


def _settlements(session: Session, titles: dict[int, str]) -> list[Finding]:
    said: dict[Key, Any] = {}
    wanted = select(JournalEntry.action, JournalEntry.data).where(JournalEntry.action.in_((settle.SETTLED, REOPENED)))
    for action, data in session.execute(wanted.order_by(JournalEntry.seq)):
        if action == settle.SETTLED:
            said[data["vote"], data["ballot"], data["line"]] = (data["settled"], data["values"])
        elif data["anew"]:
            said = {key: value for key, value in said.items() if key[0] != data["vote"]}
    findings = []
    for one in session.scalars(select(Difference).where(Difference.settled.is_not(None)).order_by(Difference.id)):
        if said.pop((one.paper_vote_id, one.ballot, one.line), None) != (one.settled, one.values):
            findings.append((one.paper_vote_id, one.ballot))
    findings += [(vote, ballot) for vote, ballot, _ in said]
    return [_finding((vote, 0, ballot), titles, "was not settled as the journal says") for vote, ballot in findings]


def _adds_up(session: Session, vote: PaperVote) -> bool:
    """Whether the record's figures and lines follow from entries and settlements."""
    try:
        record = close.record_body(session, vote)
        if record is None:
            return False
        found = compare.differences_of(session, vote)
        pile = compare.final_pile(session, vote, found)
        counted = result.counted(session, vote, pile, record.figures.issued)
        return _says_the_same(session, vote, record, counted)
    except (ValueError, IndexError, KeyError):  # rows that no command could have left
        return False


def _says_the_same(session: Session, vote: PaperVote, record: PaperRecord, counted: result.Counted) -> bool:
    verdict = counted.verdict
    return (
        record.figures == result.figures_part(counted.figures) and record.base.count == counted.base
        and record.needed == counted.needed and tuple(record.elected) == verdict.elected
        and tuple(record.tied) == verdict.tied
        and record.lines == result.lines_part(ruling.of(vote), vote, votes.lines_of(session, vote), counted)
    )


def _finding(key: Key, titles: dict[int, str], reason: str) -> Finding:
    vote_id, station, ballot = key
    return Finding(vote_id, titles.get(vote_id, f"#{vote_id}"), station, ballot, reason)
