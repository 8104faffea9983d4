"""HTTP of voting, and what voting tells meetings."""

from sqlalchemy import select
from sqlalchemy.orm import Session

import server.voting.refusals  # noqa: F401  (declares them)
from server import wall
from server.core import clock
from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import Api, Call
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.lookup import Missing
from server.people import journal
from server.voting import batches, commands, electorate, findings, records, reserved, running, topics
from server.voting.ballots import Slip, cast_ballots
from server.voting.bodies import AnnulIn, BallotIn, BatchIn, PollIn, PollPatch, ReservedIn, StepIn
from server.voting.models import Elector, Poll, PollState
from server.voting.records import RecordKind
from server.voting.turnout import turnout
from server.voting.views import (
    BatchView,
    ExclusionView,
    PollDetails,
    PollView,
    Receipt,
    RecordView,
    ReservedList,
    TurnoutView,
)

api = Api("voting")
POLLS = "/api/meetings/<int:meeting_id>/polls"
POLL = f"{POLLS}/<int:poll_id>"
NAMED = 3  # votes by their titles in one sentence


@api.post(POLLS, Permission.VOTE_MANAGE, "Soạn một biểu quyết", body=PollIn, answer=PollView)
def create_poll(call: Call[PollIn], meeting_id: int) -> PollView:
    """A draft."""
    return call.write(lambda tx: _view(tx, commands.create_poll(tx, call.actor, meeting_id, call.body)))


@api.get(POLL, Permission.MEETING_CONSOLE, "Một biểu quyết với mọi thông tin", answer=PollDetails)
def poll_details(call: Call[None], meeting_id: int, poll_id: int) -> PollDetails:
    """What the console edits, and what it shows of one vote."""
    with call.read() as session:
        poll = commands.poll_of(session, meeting_id, poll_id)
        return PollDetails(
            **topics.poll_view(session, poll, "console").model_dump(), seconds=poll.seconds, members=poll.members,
            excluded=[
                ExclusionView(
                    participant_id=who, name=lookup.participant_of(session, meeting_id, who).person.name,
                    code=row.code, note=row.note,
                )
                for who, row in electorate.exclusions(session, poll.id).items()
            ],
        )


@api.patch(POLL, Permission.VOTE_MANAGE, "Sửa biểu quyết chưa mở", body=PollPatch, answer=PollView)
def edit_poll(call: Call[PollPatch], meeting_id: int, poll_id: int) -> PollView:
    """Drafts only."""
    return call.write(lambda tx: _view(tx, commands.edit_poll(tx, call.actor, meeting_id, poll_id, call.body)))


@api.delete(POLL, Permission.VOTE_MANAGE, "Xóa biểu quyết chưa mở")
def delete_poll(call: Call[None], meeting_id: int, poll_id: int) -> None:
    """Drafts only."""
    call.write(lambda tx: commands.delete_poll(tx, call.actor, meeting_id, poll_id))


@api.post(f"{POLL}/open", Permission.VOTE_MANAGE, "Mở biểu quyết", body=StepIn, answer=PollView)
def open_poll(call: Call[StepIn], meeting_id: int, poll_id: int) -> PollView:
    """Freezes rule and base; `wall` shows the vote on the wall."""
    return call.write(
        lambda tx: _view(tx, running.open_poll(tx, call.actor, meeting_id, poll_id, on_wall=call.body.wall))
    )


@api.post(f"{POLL}/close", Permission.VOTE_MANAGE, "Đóng biểu quyết và kiểm phiếu", answer=PollView)
def close_poll(call: Call[None], meeting_id: int, poll_id: int) -> PollView:
    """Counts and seals the record; nobody but the console sees the result yet."""
    keys = call.services.keys
    return call.write(lambda tx: _view(tx, running.close_poll(tx, call.actor, meeting_id, poll_id, keys)))


@api.post(f"{POLL}/publish", Permission.VOTE_MANAGE, "Công bố kết quả", body=StepIn, answer=PollView)
def publish_poll(call: Call[StepIn], meeting_id: int, poll_id: int) -> PollView:
    """To seats; `wall` shows the result on the wall."""
    return call.write(
        lambda tx: _view(tx, running.publish_poll(tx, call.actor, meeting_id, poll_id, on_wall=call.body.wall))
    )


@api.post(f"{POLL}/annul", Permission.VOTE_MANAGE, "Hủy kết quả, có thể biểu quyết lại", body=AnnulIn, answer=PollView)
def annul_poll(call: Call[AnnulIn], meeting_id: int, poll_id: int) -> PollView:
    """Ballots and record stay; `again` makes a draft whose `replaces_id` is this vote. Answers the annulled vote."""
    said = call.body
    return call.write(lambda tx: _view(
        tx, running.annul_poll(tx, call.actor, meeting_id, poll_id, said.reason, again=said.again)
    ))


@api.post(f"{POLL}/ballot", Permission.VOTE_CAST, "Bỏ phiếu", body=BallotIn, answer=Receipt)
def cast_ballot(call: Call[BallotIn], meeting_id: int, poll_id: int) -> Receipt:
    """A participant's own ballot. The receipt comes after the ballot is safely stored."""
    slip = Slip(
        actor=call.actor, meeting_id=meeting_id, poll_id=poll_id, said=call.body, key=call.key,
        fingerprint=call.fingerprint, arrived=clock.now(), keys=call.services.keys,
    )
    return call.services.writer.run_batched(cast_ballots, slip)


@api.get(f"{POLL}/turnout", Permission.VOTE_MANAGE, "Ai sẵn sàng, ai chưa bỏ phiếu", answer=TurnoutView)
def poll_turnout(call: Call[None], meeting_id: int, poll_id: int) -> TurnoutView:
    """Never the choice; of an unnamed vote not before its close."""
    online = {
        one.actor.participant_id for one in list(call.services.live.connections.values())
        if one.surface == "seat" and one.actor.participant_id is not None
    }
    with call.read() as session:
        return turnout(session, meeting_id, poll_id, online)


@api.get(f"{POLL}/record", Permission.MEETING_CONSOLE, "Bản ghi kết quả có chữ ký", answer=RecordView)
def poll_record(call: Call[None], meeting_id: int, poll_id: int) -> RecordView:
    """The signed record as it is stored, for whoever checks it elsewhere."""
    with call.read() as session:
        commands.poll_of(session, meeting_id, poll_id)
        record = records.of(session, RecordKind.POLL, poll_id)
        if record is None:
            raise Refused("poll_not_closed")
        return RecordView(
            text=record.text, sha256=record.sha256, signature=record.signature, public_key=record.public_key,
            sealed_ms=clock.epoch_ms(record.sealed_at), valid=records.is_valid(record, call.services.keys),
        )


@api.get(f"{POLL}/reserved-opinions", Permission.VOTE_MANAGE, "Ý kiến bảo lưu", answer=ReservedList)
def reserved_opinions(call: Call[None], meeting_id: int, poll_id: int) -> ReservedList:
    """Who keeps another opinion on record."""
    with call.read() as session:
        return ReservedList(opinions=reserved.list_of(session, commands.poll_of(session, meeting_id, poll_id).id))


@api.post(
    f"{POLL}/reserved-opinions", (Permission.VOTE_CAST, Permission.VOTE_MANAGE), "Bảo lưu ý kiến", body=ReservedIn,
    answer=ReservedList,
)
def reserve_opinion(call: Call[ReservedIn], meeting_id: int, poll_id: int) -> ReservedList:
    """A participant his own; the secretary somebody's. Answers what is on record of this person."""
    who = call.actor.participant_id or call.body.participant_id
    if who is None or (call.actor.participant_id is not None and call.body.participant_id not in (None, who)):
        raise Refused("not_in_poll")

    def command(tx: Tx) -> ReservedList:
        reserved.reserve(tx, call.actor, meeting_id, poll_id, participant_id=who, text=call.body.text)
        return ReservedList(opinions=[one for one in reserved.list_of(tx, poll_id) if one.participant_id == who])

    return call.write(command)


@api.post(f"{POLLS}/batch", Permission.VOTE_MANAGE, "Biểu quyết liên tiếp", body=BatchIn, answer=BatchView)
def start_batch(call: Call[BatchIn], meeting_id: int) -> BatchView:
    """One after another, each with a time limit, results published between."""
    return call.write(lambda tx: topics.batch_view(tx, batches.start_batch(tx, call.actor, meeting_id, call.body)))


@api.post(f"{POLLS}/batch/stop", Permission.VOTE_MANAGE, "Dừng loạt biểu quyết", answer=BatchView)
def stop_batch(call: Call[None], meeting_id: int) -> BatchView:
    """The open vote goes on until its time is up; no further one opens."""
    return call.write(lambda tx: topics.batch_view(tx, batches.stop_batch(tx, call.actor, meeting_id)))


def _view(tx: Tx, poll: Poll) -> PollView:
    tx.flush()
    return topics.poll_view(tx, poll, "console")


def _no_open_poll(session: Session, meeting_id: int) -> Missing | None:
    poll = commands.open_poll_of(session, meeting_id)
    if poll is None:
        return None
    return Missing(
        "poll_open", f"Biểu quyết “{poll.title}” đang mở; đóng biểu quyết trước.",
        f"The vote “{poll.title}” is open; close it first.",
    )


def _no_batch(session: Session, meeting_id: int) -> Missing | None:
    if batches.running_batch(session, meeting_id) is None:
        return None
    return Missing(
        "batch_running", "Đang có một loạt biểu quyết chạy liên tiếp; chờ xong hoặc dừng loạt đó trước.",
        "A batch of votes is running; wait for its end or stop it first.",
    )


def _all_published(session: Session, meeting_id: int) -> Missing | None:
    titles = session.scalars(
        select(Poll.title).where(Poll.meeting_id == meeting_id, Poll.state == PollState.CLOSED).order_by(Poll.id)
    ).all()
    if not titles:
        return None
    named = ", ".join(f"“{title}”" for title in titles[:NAMED]) + (" …" if len(titles) > NAMED else "")
    return Missing(
        "result_unpublished",
        f"Đã đóng mà chưa công bố kết quả: {named}. Bế mạc rồi thì không công bố được nữa.",
        f"Closed, but the result is not published: {named}. Once the meeting is closed it cannot be published.",
    )


def _item_is_free(session: Session, item_id: int) -> None:
    if session.scalar(select(Poll.id).where(Poll.agenda_item_id == item_id).limit(1)) is not None:
        raise Refused("agenda_item_has_polls")


def _participant_is_free(session: Session, participant_id: int) -> None:
    if session.scalar(select(Elector.poll_id).where(Elector.participant_id == participant_id).limit(1)) is not None:
        raise Refused("participant_has_voted")


def _may_be_shown(session: Session, meeting_id: int, poll_id: int | None) -> None:
    """The wall's scene `result` needs a poll that is closed."""
    if poll_id is None:
        raise Refused("wall_scene_incomplete")
    if commands.poll_of(session, meeting_id, poll_id).closed_at is None:
        raise Refused("poll_not_closed")


def _may_be_awaited(session: Session, meeting_id: int, poll_id: int | None) -> None:
    """The wall's scene `vote` follows the open poll; a draft that is named is introduced until one opens."""
    if poll_id is not None:
        commands.poll_of(session, meeting_id, poll_id)


journal.vouched_checks.append(findings.found)
lookup.hooks.standing = topics.standing
lookup.hooks.own_ballot = topics.own_ballot
lookup.closing_checks.append(_no_open_poll)
lookup.closing_checks.append(_no_batch)
lookup.closing_warnings.append(_all_published)
lookup.presence_topics.append(running.follow_presence)
lookup.item_removal_checks.append(_item_is_free)
lookup.participant_removal_checks.append(_participant_is_free)
wall.scene_checks[wall.Scene.RESULT] = _may_be_shown
wall.scene_checks[wall.Scene.VOTE] = _may_be_awaited
