"""Writes of a paper vote as a whole: drafting, freezing the list, handing out the ballots."""

from collections.abc import Collection
from typing import NoReturn

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.errors import Refused
from server.core.journal import JournalEntry
from server.core.text import fold
from server.core.writer import Tx
from server.meetings import lookup
from server.people.sign_in import shown_time
from server.voting import electorate, records
from server.voting.electorate import Electorate
from server.voting.paper import people, ruling
from server.voting.paper.bodies import PaperVoteIn, PaperVotePatch
from server.voting.paper.models import (
    STATIONS,
    Candidate,
    Exclusion,
    PaperKind,
    PaperState,
    PaperVote,
    Source,
    Standing,
    Station,
)
from server.voting.records import RecordKind
from server.voting.rules import RuleSet

ISSUED = "paper.issued"  # the journal's row of handing out ballots
MOST_VOTES = 60  # in one meeting
CLOSED = (PaperState.CLOSED, PaperState.PUBLISHED)
ENTERING = (PaperState.ISSUED, PaperState.COUNTING)


def vote_of(session: Session, meeting_id: int, vote_id: int) -> PaperVote:
    """A paper vote of this meeting. Raises Refused `paper_vote_not_found`."""
    vote = session.get(PaperVote, vote_id)
    if vote is None or vote.meeting_id != meeting_id:
        raise Refused("paper_vote_not_found")
    return vote


def open_vote(tx: Tx, meeting_id: int, vote_id: int) -> PaperVote:
    """A vote whose result is not written yet, in a meeting that is not closed.

    Raises Refused `paper_closed` or `paper_annulled` besides.
    """
    lookup.open_meeting(tx, meeting_id)
    vote = vote_of(tx, meeting_id, vote_id)
    if vote.state in CLOSED:
        refuse_closed(vote)
    if vote.state == PaperState.ANNULLED:
        raise Refused("paper_annulled", reason=vote.annulled_reason)
    return vote


def refuse_closed(vote: PaperVote) -> NoReturn:
    """Say who closed it and when: the second of two secretaries must not wonder."""
    at = shown_time(vote.closed_at) if vote.closed_at else ""
    raise Refused("paper_closed", at=at, who=vote.closed_by)


def draft(tx: Tx, meeting_id: int, vote_id: int) -> PaperVote:
    """A vote whose list may still change. Raises Refused `paper_not_draft` besides."""
    vote = open_vote(tx, meeting_id, vote_id)
    if vote.state != PaperState.DRAFT:
        raise Refused("paper_not_draft")
    return vote


def create(tx: Tx, actor: Actor, meeting_id: int, said: PaperVoteIn) -> PaperVote:
    """A new draft. Raises Refused `too_many_paper_votes`, `paper_rule_unknown`, `paper_rule_unfit`,
    `paper_seats_unfit` or `agenda_item_not_found`.
    """
    lookup.open_meeting(tx, meeting_id)
    require_room(tx, meeting_id)
    vote = PaperVote(
        meeting_id=meeting_id, agenda_item_id=said.agenda_item_id, title=said.title, kind=said.kind, seats=said.seats,
        rule_code=said.rule, round=1, state=PaperState.DRAFT, annulled_reason="", closed_by="", record_hash="",
    )
    _require_sound(tx, vote)
    tx.add(vote)
    tx.flush()
    tx.record("paper.created", actor, meeting_id, **_said(vote))
    touch(tx, vote)
    return vote


def require_room(session: Session, meeting_id: int) -> None:
    """Raises Refused `too_many_paper_votes`."""
    there = session.scalar(select(func.count()).select_from(PaperVote).where(PaperVote.meeting_id == meeting_id))
    if (there or 0) >= MOST_VOTES:
        raise Refused("too_many_paper_votes", most=MOST_VOTES)


def edit(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, said: PaperVotePatch) -> PaperVote:
    """Change a draft. Raises Refused `paper_not_draft` besides what `create` raises."""
    vote = draft(tx, meeting_id, vote_id)
    for name, value in said.model_dump(exclude_unset=True).items():
        if value is not None or name == "agenda_item_id":
            setattr(vote, {"rule": "rule_code"}.get(name, name), value)
    vote.kind = PaperKind(vote.kind)
    _require_sound(tx, vote)
    tx.record("paper.edited", actor, meeting_id, **_said(vote))
    touch(tx, vote)
    return vote


def delete(tx: Tx, actor: Actor, meeting_id: int, vote_id: int) -> None:
    """Remove a draft; what was printed stays for ever."""
    vote = draft(tx, meeting_id, vote_id)
    for one in (*candidates_of(tx, vote), *exclusions_of(tx, vote)):
        tx.delete(one)
    tx.flush()
    tx.delete(vote)
    tx.record("paper.deleted", actor, meeting_id, vote=vote_id, title=vote.title)
    touch(tx, vote)


def freeze_list(tx: Tx, actor: Actor, meeting_id: int, vote_id: int) -> PaperVote:
    """The list and its order are final: ballots may be printed.

    Raises Refused `paper_list_empty`, `paper_surplus_missing`, `paper_surplus_too_large`, `paper_surplus_unwanted`,
    `paper_nominee_short`, `paper_left_out_unfit` or what `exclusion_problem` finds.
    """
    vote = draft(tx, meeting_id, vote_id)
    _require_sound(tx, vote)  # a unit may have changed its rule set since
    for refused in problems(tx, vote):
        raise refused
    standing = [one for one in candidates_of(tx, vote) if one.standing == Standing.STANDING]
    for place, candidate in enumerate(standing, 1):
        candidate.place = place
    vote.state, vote.printed_at = PaperState.PRINTED, tx.now
    tx.record("paper.printed", actor, meeting_id, **_said(vote), lines=[one.name for one in standing])
    touch(tx, vote)
    return vote


def problems(session: Session, vote: PaperVote) -> list[Refused]:
    """What keeps a draft from being printed, in the order in which one would mend it."""
    rule, everybody = ruling.of(vote), candidates_of(session, vote)
    standing = [one for one in everybody if one.standing == Standing.STANDING]
    if not standing:
        return [Refused("paper_list_empty")]
    found = _surplus_problem(session, vote, rule, len(standing))
    found += [refused for one in standing if (refused := _nominee_problem(rule, one)) is not None]
    if vote.kind != PaperKind.CONFIDENCE and any(one.standing == Standing.LEFT_OUT for one in everybody):
        found.append(Refused("paper_left_out_unfit"))
    return found + exclusion_problems(session, vote, electorate.of_meeting(session, vote.meeting_id))


def exclusion_problems(session: Session, vote: PaperVote, room: Electorate) -> list[Refused]:
    """Exclusions that do not fit (any more): the rule, somebody's part in the meeting or who is there has changed."""
    found = (
        exclusion_problem(session, vote, room, one.participant_id, one.code) for one in exclusions_of(session, vote)
    )
    return [refused for refused in found if refused is not None]


def exclusion_problem(
    session: Session, vote: PaperVote, room: Electorate, participant_id: int, code: str
) -> Refused | None:
    """Why somebody cannot be left out of the base for this reason (190-QĐ/TW Điều 30). None: he can."""
    rule = ruling.of(vote)
    name, reason = lookup.participant_of(session, vote.meeting_id, participant_id).person.name, rule.exclusion(code)
    if reason is None:
        return Refused("paper_exclusion_unknown", code=code, citation=rule.citation.text)
    if participant_id not in _counted(session, vote, room, rule):
        return Refused("paper_exclusion_guest", name=name)
    if reason.absent and participant_id in room.inside:
        return Refused("paper_exclusion_present", name=name, reason=reason.vi, reason_en=reason.en)
    return None


def _counted(session: Session, vote: PaperVote, room: Electorate, rule: RuleSet) -> Collection[int]:
    """Who is in the base before the exclusions: since the issue those of that moment, as its journal row names them.

    Who joined the meeting later was never counted, so leaving him out would make the base one too small.
    """
    if vote.whole is None:
        return room.counted(rule.base)
    rows = session.scalars(
        select(JournalEntry.data)
        .where(JournalEntry.action == ISSUED, JournalEntry.meeting_id == vote.meeting_id).order_by(JournalEntry.seq)
    )
    found = (data["counted"] for data in rows if data["vote"] == vote.id and "counted" in data)
    return next(found, None) or room.counted(rule.base)


def surplus_limit(session: Session, vote: PaperVote) -> int | None:
    """How many more candidates than seats there may be; None: no limit.

    A further round of those who stood before has none: who ties may be more than the surplus.
    """
    before = session.get(PaperVote, vote.follows_id) if vote.follows_id is not None else None
    if before is not None:
        known = {fold(one.name) for one in lines_of(session, before)}
        if all(fold(one.name) in known for one in candidates_of(session, vote) if one.standing == Standing.STANDING):
            return None
    return ruling.most_surplus(ruling.of(vote), vote.seats)


def _surplus_problem(session: Session, vote: PaperVote, rule: RuleSet, standing: int) -> list[Refused]:
    """190-QĐ/TW Điều 14."""
    surplus, most = standing - vote.seats, surplus_limit(session, vote)
    if vote.kind == PaperKind.CONFIDENCE:
        return []
    if vote.kind == PaperKind.NO_SURPLUS:
        return [Refused("paper_surplus_unwanted", standing=standing, seats=vote.seats)] if surplus > 0 else []
    if surplus <= 0:
        return [Refused("paper_surplus_missing", standing=standing, seats=vote.seats)]
    if most is not None and surplus > most and rule.election is not None:
        return [Refused(
            "paper_surplus_too_large", surplus=surplus, seats=vote.seats, most=most,
            percent=rule.election.most_surplus_percent, citation=rule.election.surplus_article,
        )]
    return []


def _nominee_problem(rule: RuleSet, candidate: Candidate) -> Refused | None:
    """A nominee from the floor needs more than 30 % of those attending (190-QĐ/TW Điều 14)."""
    if candidate.source != Source.FLOOR or rule.election is None:
        return None
    votes, attending = candidate.nomination_votes or 0, candidate.nomination_attending or 0
    if 100 * votes > rule.election.floor_nominee_percent * attending and votes <= attending:
        return None
    return Refused(
        "paper_nominee_short", name=candidate.name, votes=votes, attending=attending,
        percent=rule.election.floor_nominee_percent, citation=rule.election.floor_article,
    )


def issue(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, issued: int) -> PaperVote:
    """Record how many ballots were handed out, and freeze the base; once more corrects the number only.

    Raises Refused `meeting_not_in_session`, `paper_not_printed`, `paper_tellers_missing`, `paper_no_quorum`,
    `paper_issued_beyond` or what `exclusion_problem` finds.
    """
    vote = open_vote(tx, meeting_id, vote_id)
    frozen: dict[str, object] = {}
    if vote.state == PaperState.PRINTED:
        lookup.meeting_in_session(tx, meeting_id)
        frozen["counted"] = sorted(_begin(tx, vote))
    elif vote.state not in ENTERING:
        raise Refused("paper_not_printed")
    before, vote.issued = vote.issued, issued
    require_enough_people(tx, vote)
    tx.record(
        ISSUED, actor, meeting_id, vote=vote.id, title=vote.title, issued=issued, before=before,
        convened=vote.convened, present=vote.present, whole=vote.whole, **frozen,
    )
    touch(tx, vote)
    return vote


def _begin(tx: Tx, vote: PaperVote) -> Collection[int]:
    """Freeze rule and base; answers who is in the base before the exclusions."""
    room = electorate.of_meeting(tx, vote.meeting_id)
    rule = ruling.with_quorum(ruling.of(vote), room.meeting_quorum)
    vote.rule = rule.model_dump(mode="json")
    convened, present = len(room.convened), room.convened_present
    if len(people.tellers(tx, vote.meeting_id)) < len(STATIONS):
        raise Refused("paper_tellers_missing", most=len(STATIONS))
    if rule.quorum is not None and present < rule.quorum.needed(convened):
        raise Refused(
            "paper_no_quorum", present=present, convened=convened, citation=rule.citation.text,
            needed=rule.quorum.needed(convened),
        )
    for refused in exclusion_problems(tx, vote, room):
        raise refused
    vote.state, vote.issued_at = PaperState.ISSUED, tx.now
    vote.convened, vote.present, vote.whole = convened, present, room.base_from(rule.base)
    tx.add_all([Station(paper_vote_id=vote.id, number=number) for number in STATIONS])
    return room.counted(rule.base)


def require_enough_people(session: Session, vote: PaperVote) -> None:
    """No more ballots than people of the base: no result could be more than all. Raises `paper_issued_beyond`."""
    most = base_of(session, vote)
    if most is None:
        most = len(electorate.of_meeting(session, vote.meeting_id).entitled)
    if vote.issued is not None and vote.issued > most:
        raise Refused("paper_issued_beyond", issued=vote.issued, most=most)


def base_of(session: Session, vote: PaperVote) -> int | None:
    """The base less exclusions; None before the ballots are handed out, or when it is of the ballots themselves."""
    return None if vote.whole is None else vote.whole - len(exclusions_of(session, vote))


def candidates_of(session: Session, vote: PaperVote) -> list[Candidate]:
    """Everybody ever put on the list, in its order."""
    return list(session.scalars(
        select(Candidate).where(Candidate.paper_vote_id == vote.id).order_by(Candidate.position, Candidate.id)
    ))


def lines_of(session: Session, vote: PaperVote) -> list[Candidate]:
    """Those on the printed ballot, in its order."""
    return list(session.scalars(
        select(Candidate).where(Candidate.paper_vote_id == vote.id, Candidate.place.is_not(None))
        .order_by(Candidate.place)
    ))


def ignored_lines(lines: list[Candidate]) -> frozenset[int]:
    """Lines of those who withdrew after printing."""
    return frozenset(one.place for one in lines if one.place and one.standing == Standing.WITHDRAWN)


def exclusions_of(session: Session, vote: PaperVote) -> list[Exclusion]:
    """Who is not counted in the base."""
    return list(session.scalars(
        select(Exclusion).where(Exclusion.paper_vote_id == vote.id).order_by(Exclusion.id)
    ))


def touch(tx: Tx, vote: PaperVote) -> None:
    """The topic `paper` looks different."""
    tx.touch(lookup.topic(vote.meeting_id, "paper"))


def _require_sound(tx: Tx, vote: PaperVote) -> None:
    if (vote.seats == 0) != (vote.kind == PaperKind.CONFIDENCE):
        raise Refused("paper_seats_unfit")
    left = _seats_left(tx, vote)
    if left is not None and vote.seats > left:
        raise Refused("paper_seats_beyond", seats=vote.seats, left=left)
    with tx.no_autoflush:
        if vote.agenda_item_id is not None:
            lookup.item_of(tx, vote.meeting_id, vote.agenda_item_id)
        rule = ruling.find(tx, vote.meeting_id, vote.rule_code, PaperKind(vote.kind))
    vote.rule = rule.model_dump(mode="json")


def _seats_left(session: Session, vote: PaperVote) -> int | None:
    """How many the round before left to be elected; None for a first round."""
    before = records.of(session, RecordKind.PAPER, vote.follows_id) if vote.follows_id is not None else None
    return None if before is None else int(before.body["seats_left"])


def _said(vote: PaperVote) -> dict[str, object]:
    return {
        "vote": vote.id, "title": vote.title, "kind": PaperKind(vote.kind).value, "seats": vote.seats,
        "rule": vote.rule_code, "round": vote.round,
    }
