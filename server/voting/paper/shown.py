"""Paper votes for the console and the tellers: rows of the list, and one vote whole."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.errors import Refused
from server.voting import electorate
from server.voting.paper import close, compare, people, ruling, stations, votes
from server.voting.paper.models import Candidate, Entry, Invalid, PaperKind, PaperState, PaperVote, Standing
from server.voting.paper.record import PaperRecord
from server.voting.paper.views import (
    CandidateView,
    ExclusionChoice,
    InvalidCount,
    PaperExclusionView,
    PaperFigures,
    PaperNotice,
    PaperProblem,
    PaperResultLine,
    PaperResultView,
    PaperRuleView,
    PaperVoteRow,
    PaperVoteView,
    StationView,
    SurplusView,
    TellerView,
)


def tellers_of(session: Session, meeting_id: int) -> list[TellerView]:
    """The tellers, the head first."""
    return [
        TellerView(
            participant_id=one.id, name=one.person.name, title=one.person.title, unit=one.person.unit.name,
            head=one.teller_head,
        )
        for one in people.tellers(session, meeting_id)
    ]


def rows(session: Session, meeting_id: int, *, progress: bool) -> list[PaperVoteRow]:
    """All paper votes as they were made. `progress`: how far each station is; never for tellers."""
    found = session.scalars(select(PaperVote).where(PaperVote.meeting_id == meeting_id).order_by(PaperVote.id))
    return [_row(session, vote, progress=progress) for vote in found]


def _row(session: Session, vote: PaperVote, *, progress: bool) -> PaperVoteRow:
    return PaperVoteRow(**_common(session, vote, progress=progress))


def _common(session: Session, vote: PaperVote, *, progress: bool) -> dict[str, object]:
    compared = vote.compared_at is not None
    total, still = compare.counts_of(session, vote) if compared else (None, None)
    record = close.record_body(session, vote)
    everybody = votes.candidates_of(session, vote)
    standing = sum(one.standing == Standing.STANDING for one in everybody)
    printed = sum(one.place is not None for one in everybody)
    return {
        "id": vote.id, "agenda_item_id": vote.agenda_item_id, "follows_id": vote.follows_id, "round": vote.round,
        "title": vote.title, "kind": PaperKind(vote.kind).value, "seats": vote.seats,
        "state": PaperState(vote.state).value, "lines": printed or standing, "issued": vote.issued,
        "returned": record.figures.returned if record else None,
        "stations": station_views(session, vote, progress=progress),
        "differences": total, "open_differences": still,
        "annulled_reason": vote.annulled_reason, "closed_ms": _ms(vote.closed_at),
        "published_ms": _ms(vote.published_at),
    }


def station_views(session: Session, vote: PaperVote, *, progress: bool) -> list[StationView]:
    """The three stations; none before the ballots are handed out."""
    entered: dict[int, int] = {}
    if progress:
        counts = select(Entry.station, func.count()).where(Entry.paper_vote_id == vote.id).group_by(Entry.station)
        entered = {row[0]: row[1] for row in session.execute(counts)}
    return [
        stations.view(session, one, entered.get(one.number, 0) if progress else None)
        for one in stations.stations_of(session, vote)
    ]


def vote_view(session: Session, vote: PaperVote, *, progress: bool) -> PaperVoteView:
    """One vote whole."""
    rule, everybody = ruling.of(vote), votes.candidates_of(session, vote)
    record = close.record_body(session, vote)
    draft = vote.state == PaperState.DRAFT
    return PaperVoteView(
        **_common(session, vote, progress=progress), rule=rule_view(session, vote),
        surplus=_surplus(session, vote, everybody), candidates=[_candidate(one) for one in _in_order(everybody)],
        exclusions=_exclusions(session, vote),
        exclusion_choices=[
            ExclusionChoice(code=one.code, text=one.vi, text_en=one.en, article=one.article) for one in rule.exclusions
        ],
        problems=[_problem(one) for one in votes.problems(session, vote)] if draft else [],
        result=result_view(record, vote.record_hash) if record else None,
    )


def rule_view(session: Session, vote: PaperVote) -> PaperRuleView:
    """The rule with its numbers: frozen once the ballots are handed out, until then as the room is now."""
    rule, record = ruling.of(vote), close.record_body(session, vote)
    convened, present, whole = vote.convened or 0, vote.present or 0, vote.whole
    if vote.convened is None:
        room = electorate.of_meeting(session, vote.meeting_id)
        rule = ruling.with_quorum(rule, room.meeting_quorum)
        convened, present, whole = len(room.convened), room.convened_present, room.base_from(rule.base)
    excluded = len(votes.exclusions_of(session, vote))
    base = record.base.count if record else None if whole is None else whole - excluded
    return PaperRuleView(
        code=rule.code, name=rule.name.vi, name_en=rule.name.en, citation=rule.citation.text, note=rule.citation.note,
        base=rule.base.value, whole=whole, excluded=excluded, base_count=base, numerator=rule.threshold.numerator,
        denominator=rule.threshold.denominator, strict=rule.threshold.strict,
        needed=None if base is None else rule.threshold.needed(base), convened=convened, present=present,
        quorum_needed=rule.quorum.needed(convened) if rule.quorum else None,
        most_surplus_percent=rule.election.most_surplus_percent if rule.election else None,
        floor_nominee_percent=rule.election.floor_nominee_percent if rule.election else None,
        surplus_article=rule.election.surplus_article if rule.election else "",
        floor_article=rule.election.floor_article if rule.election else "",
    )


def _surplus(session: Session, vote: PaperVote, everybody: Sequence[Candidate]) -> SurplusView | None:
    if vote.kind == PaperKind.CONFIDENCE:
        return None
    standing = sum(one.standing == Standing.STANDING for one in everybody)
    most = votes.surplus_limit(session, vote)
    surplus = standing - vote.seats
    wanted = surplus > 0 if vote.kind == PaperKind.SURPLUS else surplus <= 0
    ok = wanted and (most is None or surplus <= most)
    return SurplusView(standing=standing, seats=vote.seats, surplus=surplus, most=most, ok=ok)


def _in_order(everybody: Sequence[Candidate]) -> list[Candidate]:
    """Those on the ballot first."""
    return sorted(everybody, key=lambda one: (one.place is None, one.place or 0, one.position, one.id))


def _candidate(one: Candidate) -> CandidateView:
    return CandidateView(
        id=one.id, line=one.place, participant_id=one.participant_id, name=one.name, title=one.title, unit=one.unit,
        birth=one.birth, detail=one.detail, source=one.source, nominators=list(one.nominators or []),
        nomination_votes=one.nomination_votes, nomination_attending=one.nomination_attending, standing=one.standing,
        reason=one.reason, on_paper_only=one.place is not None and one.standing == Standing.WITHDRAWN,
    )


def _exclusions(session: Session, vote: PaperVote) -> list[PaperExclusionView]:
    rule, found = ruling.of(vote), votes.exclusions_of(session, vote)
    names = people.names_of(session, {one.participant_id for one in found})
    views = []
    for one in found:
        known = rule.exclusion(one.code)
        views.append(PaperExclusionView(
            participant_id=one.participant_id, name=names.get(one.participant_id, ""), code=one.code,
            text=known.vi if known else one.code, text_en=known.en if known else one.code, reason=one.reason,
        ))
    return views


def _problem(refused: Refused) -> PaperProblem:
    words = refused.refusal
    return PaperProblem(code=refused.code, text=refused.text(words.vi), text_en=refused.text(words.en))


def figures_view(record: PaperRecord) -> PaperFigures:
    """The numbers of ballots of a record."""
    figures = record.figures
    return PaperFigures(
        issued=figures.issued, returned=figures.returned, not_returned=figures.not_returned, valid=figures.valid,
        invalid=figures.invalid,
        invalid_by=[InvalidCount(category=one.value, count=figures.invalid_by[one.value]) for one in Invalid],
    )


def result_view(record: PaperRecord, sha256: str) -> PaperResultView:
    """The result, from the record alone."""
    return PaperResultView(
        figures=figures_view(record), base_count=record.base.count, needed=record.needed, seats=record.seats,
        seats_left=record.seats_left,
        lines=[PaperResultLine(**one.model_dump(exclude={"reason"})) for one in record.lines],
        elected=record.elected, tied=record.tied, next=record.next.vi, next_en=record.next.en,
        notices=[PaperNotice(code=one.code, text=one.vi, text_en=one.en) for one in record.notices],
        settled=record.settled, sealed_until=record.sealed_until, complaints_until=record.complaints_until,
        record_hash=sha256,
    )


def _ms(moment: object) -> int | None:
    return clock.epoch_ms(moment) if moment is not None else None  # type: ignore[arg-type]


