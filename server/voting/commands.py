"""Drafts of polls: making, editing, deleting. Running them is running.py, ballots are ballots.py.

A draft follows a rule set; what the rule leaves open (`adjustable`, names "either") a single vote may set.
"""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.errors import Refused
from server.core.text import clean
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import Participant, ParticipantRole
from server.voting import rules
from server.voting.bodies import ExclusionIn, PollIn, PollPatch
from server.voting.models import Exclusion, Poll, PollState
from server.voting.rules import BallotKind, CountedOf, Names, RuleForm, RuleSet
from server.voting.rules import catalogue as rule_catalogue

MOST_POLLS = 100  # in one meeting
LONGEST_OPTIONS = 3000  # bytes of all together: they and their result fit into one push (DESIGN §2)
LEAST_OPTIONS = {BallotKind.CHOICE: 2, BallotKind.CONFIDENCE: 1}
_OPEN_POLL = select(Poll).where(Poll.meeting_id == bindparam("meeting_id"), Poll.state == PollState.OPEN)
_FIGURES = {"base": "base", "numerator": "threshold", "denominator": "threshold", "strict": "threshold",
            "changeable": "changeable"}


def poll_of(session: Session, meeting_id: int, poll_id: int) -> Poll:
    """A poll of this meeting. Raises Refused `poll_not_found`."""
    poll = session.get(Poll, poll_id)
    if poll is None or poll.meeting_id != meeting_id:
        raise Refused("poll_not_found")
    return poll


def open_poll_of(session: Session, meeting_id: int) -> Poll | None:
    """The meeting's open poll."""
    return session.scalar(_OPEN_POLL, {"meeting_id": meeting_id})


def draft_of(tx: Tx, meeting_id: int, poll_id: int) -> Poll:
    """A draft of a meeting that may be changed. Raises Refused `poll_not_found`, `poll_not_draft`, `meeting_closed`."""
    lookup.open_meeting(tx, meeting_id)
    poll = poll_of(tx, meeting_id, poll_id)
    if poll.state != PollState.DRAFT:
        raise Refused("poll_not_draft")
    return poll


def create_poll(tx: Tx, actor: Actor, meeting_id: int, said: PollIn) -> Poll:
    """A new draft.

    Raises Refused `rule_unknown`, `form_forbidden`, `kind_forbidden`, `figure_fixed`, `threshold_not_fit`,
    `options_not_fit`, `options_too_long`, `exclusion_unknown`, `agenda_item_not_found` or `too_many_polls`.
    """
    meeting = lookup.open_meeting(tx, meeting_id)
    room_for(tx, meeting_id)
    rule = rule_catalogue.find(tx, meeting.unit.path, said.rule)
    poll = Poll(
        meeting_id=meeting_id, agenda_item_id=said.agenda_item_id, title=said.title, motion=said.motion,
        state=PollState.DRAFT, kind=said.kind, options=said.options, choose_most=said.choose_most,
        members=said.members, seconds=said.seconds,
    )
    _follow(poll, rule)
    _adjust(poll, rule, said)
    _require_sound(tx, poll, rule)
    tx.add(poll)
    tx.flush()
    _exclude(tx, poll, rule, said.exclusions)
    tx.record("poll.created", actor, meeting_id, poll=poll.id, title=poll.title, **rule_data(poll))
    touch(tx, poll)
    return poll


def edit_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int, said: PollPatch) -> Poll:
    """Change a draft. Raises Refused `poll_not_draft` besides what `create_poll` raises."""
    poll = draft_of(tx, meeting_id, poll_id)
    given = said.model_fields_set
    rule = poll.rule_set
    if said.rule is not None:
        rule = rule_catalogue.find(tx, lookup.meeting_of(tx, meeting_id).unit.path, said.rule)
        if rule != poll.rule_set:  # another one, or a nearer unit has written down its own since
            _follow(poll, rule)
    for name in ("title", "motion", "kind", "options"):
        if getattr(said, name) is not None:
            setattr(poll, name, getattr(said, name))
    for name in ("agenda_item_id", "seconds", "choose_most", "members"):
        if name in given:
            setattr(poll, name, getattr(said, name))
    _adjust(poll, rule, said)
    _require_sound(tx, poll, rule)
    if said.exclusions is not None:
        _exclude(tx, poll, rule, said.exclusions)
    else:
        _keep_known(tx, poll, rule)
    tx.record("poll.edited", actor, meeting_id, poll=poll.id, title=poll.title, **rule_data(poll))
    touch(tx, poll)
    return poll


def delete_poll(tx: Tx, actor: Actor, meeting_id: int, poll_id: int) -> None:
    """Remove a draft; a poll that was opened stays for ever."""
    poll = draft_of(tx, meeting_id, poll_id)
    tx.delete(poll)
    tx.record("poll.deleted", actor, meeting_id, poll=poll_id, title=poll.title)
    touch(tx, poll)


def repeat(tx: Tx, poll: Poll) -> Poll:
    """A draft that asks the same once more. Raises Refused `too_many_polls`."""
    room_for(tx, poll.meeting_id)
    kept = ("meeting_id", "agenda_item_id", "title", "motion", "rule_code", "rule", "kind", "options", "choose_most",
            "named", "members", "counted_of", "numerator", "denominator", "strict", "changeable", "seconds")
    again = Poll(state=PollState.DRAFT, replaces_id=poll.id, **{name: getattr(poll, name) for name in kept})
    tx.add(again)
    tx.flush()
    for row in tx.scalars(select(Exclusion).where(Exclusion.poll_id == poll.id)).all():
        tx.add(Exclusion(poll_id=again.id, participant_id=row.participant_id, code=row.code, note=row.note))
    return again


def room_for(tx: Tx, meeting_id: int) -> None:
    """Raises Refused `too_many_polls` when the meeting has all it may have."""
    if (tx.scalar(select(func.count()).select_from(Poll).where(Poll.meeting_id == meeting_id)) or 0) >= MOST_POLLS:
        raise Refused("too_many_polls", most=MOST_POLLS)


def require_form(poll: Poll, rule: RuleSet) -> None:
    """Votes on the seats are open votes. Raises Refused `form_forbidden` with the citation of the rule."""
    if RuleForm.OPEN not in rule.forms:
        raise _cited("form_forbidden", rule)
    if poll.kind not in rule.kinds:
        raise _cited("kind_forbidden", rule)


def require_followed(session: Session, poll: Poll, rule: RuleSet) -> None:
    """A draft's figures are those of the rule as it stands today, which may be another one by now: a nearer unit's.

    Raises Refused `figure_fixed` or `exclusion_unknown`.
    """
    one = rule.threshold
    figures = {
        "base": poll.counted_of == rule.base, "changeable": poll.changeable == rule.changeable,
        "threshold": (poll.numerator, poll.denominator, poll.strict) == (one.numerator, one.denominator, one.strict),
        "names": rule.names == Names.EITHER or poll.named == (rule.names == Names.NAMED),
    }
    if not all(same or name in rule.adjustable for name, same in figures.items()):
        raise _cited("figure_fixed", rule)
    codes = session.scalars(select(Exclusion.code).where(Exclusion.poll_id == poll.id))
    if any(rule.exclusion(code) is None for code in codes):
        raise _cited("exclusion_unknown", rule)


def _cited(code: str, rule: RuleSet) -> Refused:
    """A refusal that names the rule and where it stands."""
    return Refused(code, rule=rule.name.vi, rule_en=rule.name.en, citation=rule.citation.text)


def rule_data(poll: Poll) -> dict[str, object]:
    """What the journal keeps of a poll's rule."""
    return {
        "rule": poll.rule_code, "kind": BallotKind(poll.kind).value, "base": CountedOf(poll.counted_of).value,
        "threshold": f"{poll.numerator}/{poll.denominator}", "strict": poll.strict, "changeable": poll.changeable,
        "named": poll.named,
    }


def asked(poll: Poll) -> str:
    """Hex SHA-256 of what a poll asks besides its title: the journal keeps it of the opening."""
    question = json.dumps([poll.motion, poll.options, poll.choose_most], ensure_ascii=False)
    return hashlib.sha256(question.encode()).hexdigest()


def touch(tx: Tx, poll: Poll) -> None:
    """The topic of votes looks different."""
    tx.touch(lookup.topic(poll.meeting_id, "vote"))


def _follow(poll: Poll, rule: RuleSet) -> None:
    """Take over the rule's figures."""
    poll.rule_code, poll.rule = rule.code, rule.model_dump(mode="json")
    poll.counted_of, poll.changeable = rule.base, rule.changeable
    one = rule.threshold
    poll.numerator, poll.denominator, poll.strict = one.numerator, one.denominator, one.strict
    poll.named = rule.names == Names.NAMED


def _adjust(poll: Poll, rule: RuleSet, said: PollIn | PollPatch) -> None:
    """Set what the rule leaves to a single vote. Raises Refused `figure_fixed` for what it does not."""
    for name, part in _FIGURES.items():
        column = {"base": "counted_of"}.get(name, name)
        value = getattr(said, name)
        if value is None or value == getattr(poll, column):
            continue
        if part not in rule.adjustable:
            raise _cited("figure_fixed", rule)
        setattr(poll, column, value)
    if said.named is not None and said.named != poll.named:
        if rule.names != Names.EITHER:
            raise _cited("figure_fixed", rule)
        poll.named = said.named


def _require_sound(tx: Tx, poll: Poll, rule: RuleSet) -> None:
    require_form(poll, rule)
    if not rules.is_fit(poll.numerator, poll.denominator, poll.strict):
        raise Refused("threshold_not_fit")
    _require_options(poll)
    if poll.agenda_item_id is not None:
        with tx.no_autoflush:
            lookup.item_of(tx, poll.meeting_id, poll.agenda_item_id)


def _require_options(poll: Poll) -> None:
    least = LEAST_OPTIONS.get(BallotKind(poll.kind))
    if least is None:
        poll.options, poll.choose_most = [], None
        return
    options = [clean(option) for option in poll.options]
    if len(options) < least or len(set(options)) != len(options) or not all(options):
        raise Refused("options_not_fit", least=least)
    if sum(len(option.encode()) for option in options) > LONGEST_OPTIONS:
        raise Refused("options_too_long")
    poll.options = options
    if poll.kind == BallotKind.CHOICE:
        poll.choose_most = min(poll.choose_most or 1, len(options))
    else:
        poll.choose_most = None


def _exclude(tx: Tx, poll: Poll, rule: RuleSet, said: Sequence[ExclusionIn]) -> None:
    """Replace a draft's exclusions. Raises Refused `exclusion_unknown` or `participant_not_found`."""
    convened = set(tx.scalars(
        select(Participant.id)
        .where(Participant.meeting_id == poll.meeting_id, Participant.role != ParticipantRole.GUEST)
    ))
    tx.execute(delete(Exclusion).where(Exclusion.poll_id == poll.id))
    chosen = {one.participant_id: one for one in said}
    for who, one in chosen.items():
        if rule.exclusion(one.code) is None:
            raise _cited("exclusion_unknown", rule)
        if who not in convened:
            raise Refused("participant_not_found")
        tx.add(Exclusion(poll_id=poll.id, participant_id=who, code=one.code, note=clean(one.note)))
    tx.flush()


def _keep_known(tx: Tx, poll: Poll, rule: RuleSet) -> None:
    """After a change of the rule: reasons it does not know fall away."""
    known = [one.code for one in rule.exclusions]
    tx.execute(delete(Exclusion).where(Exclusion.poll_id == poll.id, Exclusion.code.not_in(known)))
