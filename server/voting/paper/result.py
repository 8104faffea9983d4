"""From the counted pile to the result record."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import calendar
from server.core import clock
from server.meetings import lookup
from server.people.models import Unit
from server.voting.paper import compare, people, ruling, stations, tally, votes
from server.voting.paper.models import Candidate, Difference, PaperKind, PaperVote, Standing
from server.voting.paper.record import (
    BasePart,
    ExcludedPart,
    FiguresPart,
    LeftOutPart,
    LinePart,
    MeetingPart,
    PaperRecord,
    QuorumPart,
    RulePart,
    StationPart,
    TellerPart,
    TextPart,
)
from server.voting.rules import RuleSet

NOTHING = TextPart(vi="", en="")


@dataclass(frozen=True, slots=True)
class Counted:
    """What the pile comes to under the vote's rule."""

    figures: tally.Figures
    tallies: list[tally.Tally]
    base: int
    needed: int
    verdict: tally.Verdict


@dataclass(frozen=True, slots=True)
class Days:
    """Until when the ballots stay sealed, and complaints are taken (190-QĐ/TW Điều 33, 35)."""

    sealed_until: date
    complaints_until: date


def counted(session: Session, vote: PaperVote, pile: dict[int, str], issued: int) -> Counted:
    """Count a final pile. Raises ValueError when more came back than were issued."""
    rule, form = ruling.of(vote), compare.form_of(session, vote)
    figures, tallies = tally.count(form, len(votes.lines_of(session, vote)), pile.values(), issued)
    base = tally.base_count(rule, votes.base_of(session, vote), figures)
    needed = rule.threshold.needed(base)
    if vote.kind == PaperKind.CONFIDENCE:
        return Counted(figures, tallies, base, needed, tally.Verdict((), (), 0))
    return Counted(figures, tallies, base, needed, tally.elect(vote.seats, needed, tallies))


def days_of(session: Session, rule: RuleSet, closed: datetime) -> Days:
    """Counted from the day of the close, in Vietnam. Without a rule of custody both are that day."""
    day = calendar.local_day(closed)
    if rule.custody is None:
        return Days(day, day)
    working = rule.custody.complaint_working_days
    return Days(
        calendar.add_months(day, rule.custody.sealed_months),
        calendar.working_days(session).after(day, working) if working else day,
    )


def record_of(session: Session, vote: PaperVote, result: Counted, closed: datetime) -> PaperRecord:
    """The body that is sealed."""
    rule, lines = ruling.of(vote), votes.lines_of(session, vote)
    days = days_of(session, rule, closed)
    everybody = votes.candidates_of(session, vote)
    return PaperRecord(
        vote_id=vote.id, kind=PaperKind(vote.kind).value, title=vote.title, round=vote.round,
        follows_id=vote.follows_id, seats=vote.seats, meeting=_meeting(session, vote), rule=_rule(rule),
        convened=vote.convened or 0, present=vote.present or 0, quorum=_quorum(rule, vote.convened or 0),
        base=_base(session, vote, rule, result.base),
        needed=result.needed, figures=figures_part(result.figures), lines=lines_part(rule, vote, lines, result),
        elected=list(result.verdict.elected), tied=list(result.verdict.tied), seats_left=result.verdict.seats_left,
        next=_next(rule, result.verdict),
        notices=[TextPart(code=one.code, vi=one.vi, en=one.en) for one in rule.notices],
        left_out=[
            LeftOutPart(name=one.name, reason=one.reason) for one in everybody if one.standing == Standing.LEFT_OUT
        ],
        tellers=[
            TellerPart(name=one.person.name, head=one.teller_head) for one in people.tellers(session, vote.meeting_id)
        ],
        stations=_stations(session, vote), settled=_settled(session, vote),
        issued_ms=_ms(vote.issued_at), compared_ms=_ms(vote.compared_at), closed_ms=_ms(closed),
        sealed_until=days.sealed_until.isoformat(), complaints_until=days.complaints_until.isoformat(),
    )


def figures_part(figures: tally.Figures) -> FiguresPart:
    """The numbers of ballots."""
    return FiguresPart(
        issued=figures.issued, returned=figures.returned, not_returned=figures.not_returned, valid=figures.valid,
        invalid=figures.invalid, invalid_by={one.value: count for one, count in figures.invalid_by.items()},
    )


def lines_part(rule: RuleSet, vote: PaperVote, lines: list[Candidate], result: Counted) -> list[LinePart]:
    """Every line in ballot order."""
    return [
        LinePart(
            line=one.line, candidate_id=who.id, name=who.name, title=who.title, unit=who.unit, votes=one.votes,
            against=one.against, uncounted=one.uncounted, high=one.level("high"), plain=one.level("plain"),
            low=one.level("low"), share_hundredths=tally.share_hundredths(one.votes, result.base),
            outcome=_outcome(vote, result.verdict, one),
            notices=[notice.code for notice in tally.notices(rule, one, result.base)],
            reason=who.reason if one.withdrawn else "",
        )
        for who, one in zip(lines, result.tallies, strict=True)
    ]


def _outcome(vote: PaperVote, verdict: tally.Verdict, one: tally.Tally) -> str:
    if one.withdrawn:
        return "withdrawn"
    if vote.kind == PaperKind.CONFIDENCE:
        return ""
    return "elected" if one.line in verdict.elected else "tied" if one.line in verdict.tied else "not_elected"


def _next(rule: RuleSet, verdict: tally.Verdict) -> TextPart:
    if verdict.tied:
        return TextPart(code=rule.tie.code, vi=rule.tie.vi, en=rule.tie.en)
    if verdict.seats_left:
        left = verdict.seats_left
        return TextPart(
            code="seats-left",
            vi=f"Còn thiếu {left} người so với số lượng cần bầu: đại hội, hội nghị quyết định bầu tiếp hay không.",
            en=f"{left} seats are not filled: the congress or conference decides whether to vote again.",
        )
    return NOTHING


def _meeting(session: Session, vote: PaperVote) -> MeetingPart:
    meeting = lookup.meeting_of(session, vote.meeting_id)
    unit = session.get_one(Unit, meeting.unit_id)
    parent = session.get(Unit, unit.parent_id) if unit.parent_id else None
    return MeetingPart(
        id=meeting.id, title=meeting.title, room=meeting.room, unit=unit.name, parent=parent.name if parent else "",
        kind=meeting.kind,
    )


def _rule(rule: RuleSet) -> RulePart:
    return RulePart(
        code=rule.code, name=rule.name.vi, name_en=rule.name.en, citation=rule.citation.text,
        numerator=rule.threshold.numerator, denominator=rule.threshold.denominator, strict=rule.threshold.strict,
        custody=rule.custody.article if rule.custody else "",
        uncounted=rule.election.uncounted_article if rule.election else "",
    )


def _quorum(rule: RuleSet, convened: int) -> QuorumPart | None:
    share = rule.quorum
    if share is None:
        return None
    return QuorumPart(numerator=share.numerator, denominator=share.denominator, needed=share.needed(convened))


def _base(session: Session, vote: PaperVote, rule: RuleSet, count: int) -> BasePart:
    excluded = votes.exclusions_of(session, vote)
    names = people.names_of(session, {one.participant_id for one in excluded})
    parts = []
    for one in excluded:
        known = rule.exclusion(one.code)
        parts.append(ExcludedPart(
            name=names.get(one.participant_id, ""), code=one.code, text=known.vi if known else one.code,
            text_en=known.en if known else one.code, article=known.article if known else "", reason=one.reason,
        ))
    return BasePart(of=rule.base.value, whole=vote.whole, excluded=parts, count=count)


def _stations(session: Session, vote: PaperVote) -> list[StationPart]:
    three = stations.stations_of(session, vote)
    names = people.names_of(session, {one.holder_id for one in three if one.holder_id is not None})
    return [
        StationPart(number=one.number, teller=names.get(one.holder_id or 0, ""), returned=one.returned or 0)
        for one in three
    ]


def _settled(session: Session, vote: PaperVote) -> int:
    wanted = select(func.count()).select_from(Difference).where(
        Difference.paper_vote_id == vote.id, Difference.settled.is_not(None)
    )
    return session.scalar(wanted) or 0


def _ms(moment: datetime | None) -> int:
    return clock.epoch_ms(moment) if moment else 0
