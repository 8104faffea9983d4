"""Filling the printed sheets: ballots and the entry log from rows, the minutes from the result record alone."""

from collections import Counter
from datetime import date, datetime
from functools import partial
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.offload import offload
from server.meetings import lookup
from server.meetings.models import MeetingKind
from server.people.models import Unit
from server.voting.paper import close, people, stations, votes
from server.voting.paper.marks import outcome, reading
from server.voting.paper.models import Candidate, Entry, Invalid, PaperKind, PaperState, PaperVote, Standing, Station
from server.voting.paper.record import LinePart, PaperRecord
from server.voting.paper.sheets import shapes

MARKS: dict[str, shapes.Mark] = {
    "k": shapes.Mark.KEPT, "s": shapes.Mark.STRUCK, "f": shapes.Mark.FOR, "a": shapes.Mark.AGAINST,
    "b": shapes.Mark.BOTH, "h": shapes.Mark.HIGH, "p": shapes.Mark.PLAIN, "l": shapes.Mark.LOW,
    "m": shapes.Mark.SEVERAL,
}
INVALID = {
    Invalid.NOT_ISSUED: "không do Ban kiểm phiếu phát ra", Invalid.TOO_MANY: "bầu quá số lượng quy định",
    Invalid.NOBODY: "không bầu cho ai", Invalid.OTHER_NAMES: "ghi thêm tên, ký tên hoặc đánh dấu riêng",
    Invalid.OTHER: "lý do khác",
}
CHAIR_OF_CONGRESS, CHAIR = "T/M ĐOÀN CHỦ TỊCH", "CHỦ TRÌ HỘI NGHỊ"  # a conference has no presidium by rule
SHORTFALL = "Đại hội, hội nghị quyết định bầu tiếp hay không."  # the sheet says how many are missing
WHOLE = {
    "convened": "tổng số đại biểu được triệu tập", "entitled": "tổng số người có quyền biểu quyết",
    "present": "số đại biểu có mặt", "cast": "số phiếu thu về", "valid": "số phiếu hợp lệ",
}


Sheet = shapes.BallotSheet | shapes.StationLog | shapes.CountingMinutes


def printed(sheet: Sheet, form: Literal["pdf", "docx"] = "pdf") -> bytes:
    """The file. Not within a session: thousands of ballots take seconds."""
    # Loaded at the first print: the libraries that lay out pages would slow every start of the server.
    if isinstance(sheet, shapes.BallotSheet):
        from server.voting.paper.sheets.ballots import ballot_pdf  # noqa: PLC0415

        return offload(partial(ballot_pdf, sheet))
    if isinstance(sheet, shapes.StationLog):
        from server.voting.paper.sheets.log import log_pdf  # noqa: PLC0415

        return offload(partial(log_pdf, sheet))
    if form == "docx":
        from server.voting.paper.sheets.minutes_docx import minutes_docx  # noqa: PLC0415

        return offload(partial(minutes_docx, sheet))
    from server.voting.paper.sheets.minutes_pdf import minutes_pdf  # noqa: PLC0415

    return offload(partial(minutes_pdf, sheet))


def ballots(session: Session, vote: PaperVote, size: Literal["a4", "a5"], copies: int) -> shapes.BallotSheet:
    """The ballots to print. Of a draft one copy, as a proof of the list as it is."""
    draft = vote.state == PaperState.DRAFT
    lines = votes.lines_of(session, vote) or [
        one for one in votes.candidates_of(session, vote) if one.standing == Standing.STANDING
    ]
    if not lines:
        raise Refused("paper_list_empty")
    return shapes.BallotSheet(
        kind=shapes.Kind(vote.kind), issuer=_issuer(session, vote), title=vote.title, seats=vote.seats,
        lines=tuple(_line(one, number) for number, one in enumerate(lines, 1)), size=size,
        copies=1 if draft else copies, round=vote.round, proof=draft,
        day=lookup.meeting_of(session, vote.meeting_id).starts_at.astimezone(clock.LOCAL).date(),
    )


def log(session: Session, vote: PaperVote, station: Station, keys: Keys) -> shapes.StationLog:
    """The entry log of one station."""
    lines = votes.lines_of(session, vote)
    ignored = votes.ignored_lines(lines)
    entered = list(session.scalars(
        select(Entry).where(Entry.paper_vote_id == vote.id, Entry.station == station.number).order_by(Entry.number)
    ))
    names = people.names_of(session, {station.holder_id} if station.holder_id else set())
    committed = station.committed_at
    return shapes.StationLog(
        kind=shapes.Kind(vote.kind), issuer=_issuer(session, vote),
        meeting=lookup.meeting_of(session, vote.meeting_id).title, title=vote.title, station=station.number,
        teller=names.get(station.holder_id or 0, ""),
        lines=tuple(_line(one, one.place or 0) for one in lines),
        entries=tuple(_entry(vote, one, ignored) for one in entered), returned=station.returned,
        committed_at=committed.astimezone(clock.LOCAL) if committed else None,
        seal=stations.seal(keys, vote.id, station.number, entered) if committed else "", round=vote.round,
    )


def minutes(session: Session, vote: PaperVote) -> shapes.CountingMinutes:
    """The counting minutes. Raises Refused `paper_not_closed`."""
    record = close.record_body(session, vote)
    if record is None:
        raise Refused("paper_not_closed")
    return minutes_of(record, vote.record_hash)


def minutes_of(record: PaperRecord, sha256: str) -> shapes.CountingMinutes:
    """The sheet, from the record alone."""
    confidence = record.kind == PaperKind.CONFIDENCE
    return shapes.CountingMinutes(
        kind=shapes.Kind(record.kind), issuer=shapes.Issuer(record.meeting.unit, record.meeting.parent),
        meeting=record.meeting.title, body=record.title, room=record.meeting.room,
        started_at=datetime.fromtimestamp(record.issued_ms // 1000, clock.LOCAL),
        ended_at=datetime.fromtimestamp(record.closed_ms // 1000, clock.LOCAL),
        tellers=tuple(shapes.Teller(one.name, "Trưởng ban" if one.head else "Ủy viên") for one in record.tellers),
        rule=_rule(record), seats=record.seats, convened=record.convened, present=record.present, base=_base(record),
        issued=record.figures.issued, returned=record.figures.returned, valid=record.figures.valid,
        invalid=tuple(
            shapes.Invalid(words, record.figures.invalid_by[one.value]) for one, words in INVALID.items()
        ),
        results=() if confidence else tuple(_result(record, one) for one in record.lines),
        confidence=tuple(
            _confidence(record, one) for one in record.lines if one.outcome != "withdrawn"
        ) if confidence else (),
        sealed_until=date.fromisoformat(record.sealed_until),
        complaints_until=date.fromisoformat(record.complaints_until), elected=tuple(record.elected),
        ties=_ties(record), shortfall=SHORTFALL if record.seats_left and not record.tied else "",
        withdrawn=tuple(
            shapes.Withdrawn(_printed(one), one.reason) for one in record.lines if one.outcome == "withdrawn"
        ),
        left_out=tuple(shapes.LeftOut(one.name, one.reason) for one in record.left_out), round=record.round,
        chair=shapes.Signer(CHAIR_OF_CONGRESS if record.meeting.kind == MeetingKind.CONGRESS else CHAIR),
        stations=len(record.stations), settled=record.settled, custody_citation=record.rule.custody, record=sha256,
    )


def _issuer(session: Session, vote: PaperVote) -> shapes.Issuer:
    unit = session.get_one(Unit, lookup.meeting_of(session, vote.meeting_id).unit_id)
    parent = session.get(Unit, unit.parent_id) if unit.parent_id else None
    return shapes.Issuer(unit.name, parent.name if parent else "")


def _line(one: Candidate, number: int) -> shapes.Line:
    return shapes.Line(number, one.name, ", ".join(part for part in (one.title, one.unit) if part))


def _printed(one: LinePart) -> shapes.Line:
    return shapes.Line(one.line, one.name, ", ".join(part for part in (one.title, one.unit) if part))


def _entry(vote: PaperVote, entry: Entry, ignored: frozenset[int]) -> shapes.LogEntry:
    kind = PaperKind(vote.kind)
    why = outcome(kind, vote.seats, reading(entry.marks, entry.invalid), ignored)
    empty = shapes.Mark.NONE if kind is PaperKind.CONFIDENCE else shapes.Mark.NEITHER
    return shapes.LogEntry(
        entry.number, tuple(MARKS.get(mark, empty) for mark in entry.marks), INVALID[why] if why else ""
    )


def _rule(record: PaperRecord) -> shapes.Rule:
    rule = record.rule
    at_least = "quá" if rule.strict else "ít nhất"
    half = (rule.numerator, rule.denominator) == (1, 2)
    words = "một phần hai (1/2)" if half else f"{rule.numerator}/{rule.denominator}"
    return shapes.Rule(
        rule.name, rule.citation, f"{at_least} {words}",
        None if record.kind == PaperKind.CONFIDENCE else record.needed, _quorum(record),
    )


def _quorum(record: PaperRecord) -> str:
    share = record.quorum
    if share is None:
        return ""
    return (
        f"ít nhất {share.numerator}/{share.denominator} số người được triệu tập có mặt "
        f"(cần {share.needed}, có mặt {record.present})"
    )


def _base(record: PaperRecord) -> shapes.Base:
    base = record.base
    counts = Counter((one.text, one.article) for one in base.excluded)
    return shapes.Base(
        WHOLE.get(base.of, base.of), base.count if base.whole is None else base.whole, base.count,
        tuple(shapes.Excluded(text, count, article) for (text, article), count in counts.items()),
    )


def _result(record: PaperRecord, one: LinePart) -> shapes.Result:
    outcomes: dict[str, shapes.Outcome] = {"elected": "elected", "tied": "tied", "withdrawn": "withdrawn"}
    return shapes.Result(
        _printed(one), one.votes, one.against, outcomes.get(one.outcome, "not_elected"),
        None if record.kind == PaperKind.SURPLUS else one.uncounted,
    )


def _confidence(record: PaperRecord, one: LinePart) -> shapes.Confidence:
    words = {notice.code: notice.vi for notice in record.notices}
    return shapes.Confidence(
        _printed(one), one.high, one.plain, one.low, one.uncounted, "; ".join(words[code] for code in one.notices)
    )


def _ties(record: PaperRecord) -> tuple[shapes.Tie, ...]:
    if not record.tied:
        return ()
    tied = [one for one in record.lines if one.line in record.tied]
    return (shapes.Tie(tuple(one.name for one in tied), tied[0].votes, record.seats_left, record.next.vi),)
