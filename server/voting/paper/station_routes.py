"""HTTP of the count: what tellers do at their stations, comparing and settling."""

from typing import Any

from flask import Response

from server.core.access import Permission
from server.core.http import Api, Call
from server.voting.paper import compare, counting, entries, papers, settle, stations, votes
from server.voting.paper.bodies import (
    BallotEntriesIn,
    DifferencesQuery,
    PaperReasonIn,
    ReadingIn,
    ReopenIn,
    SettleIn,
    StationCommitIn,
)
from server.voting.paper.count_views import Compared, DifferenceList, DifferenceView, EntriesStored, StationBallots
from server.voting.paper.views import StationView

api = Api("paper-stations")
VOTE = "/api/meetings/<int:meeting_id>/paper-votes/<int:vote_id>"
STATION = f"{VOTE}/stations/<int:number>"
COUNT = Permission.BALLOTS_COUNT
MANAGE = Permission.VOTE_MANAGE


@api.post(f"{STATION}/take", COUNT, "Nhận bàn kiểm phiếu", answer=StationView)
def take_station(call: Call[None], meeting_id: int, vote_id: int, number: int) -> StationView:
    """A free one; a teller keeps to one station for the whole count."""
    return call.write(lambda tx: stations.take(tx, call.actor, meeting_id, vote_id, number))


@api.post(f"{STATION}/release", MANAGE, "Giải phóng bàn kiểm phiếu", body=PaperReasonIn, answer=StationView)
def release_station(call: Call[PaperReasonIn], meeting_id: int, vote_id: int, number: int) -> StationView:
    """The tablet died, the teller had to leave: another teller may take it. What was entered stays."""
    return call.write(lambda tx: stations.release(tx, call.actor, meeting_id, vote_id, number, reason=call.body.reason))


@api.post(f"{STATION}/reopen", MANAGE, "Mở lại bàn đã chốt", body=PaperReasonIn, answer=StationView)
def reopen_station(call: Call[PaperReasonIn], meeting_id: int, vote_id: int, number: int) -> StationView:
    """A committed station goes on entering; after a comparison it starts from nothing."""
    return call.write(lambda tx: stations.reopen(tx, call.actor, meeting_id, vote_id, number, reason=call.body.reason))


@api.get(STATION, COUNT, "Bàn kiểm phiếu của mình", answer=StationBallots)
def own_station(call: Call[None], meeting_id: int, vote_id: int, number: int) -> StationBallots:
    """One's own, with everything it entered."""
    with call.read() as session:
        vote = votes.vote_of(session, meeting_id, vote_id)
        return counting.station_ballots(session, vote, stations.held_by(session, vote, number, call.actor))


@api.put(f"{STATION}/ballots/<int:ballot>", COUNT, "Nhập một phiếu", body=ReadingIn, answer=EntriesStored)
def enter_ballot(
    call: Call[ReadingIn], meeting_id: int, vote_id: int, number: int, ballot: int
) -> EntriesStored:
    """One whole ballot; once more replaces it, until the station commits."""
    body = entries.bulk_of(ballot, call.body)
    return _enter(call, meeting_id, vote_id, number, body)


@api.put(f"{STATION}/ballots", COUNT, "Nhập nhiều phiếu", body=BallotEntriesIn, answer=EntriesStored)
def enter_ballots(call: Call[BallotEntriesIn], meeting_id: int, vote_id: int, number: int) -> EntriesStored:
    """Up to 50 ballots; all or none."""
    return _enter(call, meeting_id, vote_id, number, call.body)


@api.delete(f"{STATION}/ballots/<int:ballot>", COUNT, "Xóa phiếu nhập cuối", answer=EntriesStored)
def remove_ballot(call: Call[None], meeting_id: int, vote_id: int, number: int, ballot: int) -> EntriesStored:
    """The last one only."""
    return call.write(lambda tx: entries.remove(tx, call.actor, meeting_id, vote_id, number, ballot=ballot))


@api.post(f"{STATION}/commit", COUNT, "Chốt bàn kiểm phiếu", body=StationCommitIn, answer=StationView)
def commit_station(call: Call[StationCommitIn], meeting_id: int, vote_id: int, number: int) -> StationView:
    """Freezes what this station entered: ballots 1…N without holes, N as this station counted its pile."""
    keys = call.services.keys
    return call.write(
        lambda tx: stations.commit(tx, call.actor, meeting_id, vote_id, number, returned=call.body.returned, keys=keys)
    )


@api.get(f"{STATION}/log.pdf", (COUNT, MANAGE), "Nhật ký nhập phiếu bầu", media="application/pdf")
def station_log(call: Call[None], meeting_id: int, vote_id: int, number: int) -> Response:
    """One's own at any time; anybody's who counts or runs the vote once the stations were compared."""
    with call.read() as session:
        vote = votes.vote_of(session, meeting_id, vote_id)
        sheet = papers.log(session, vote, stations.log_for(session, vote, number, call.actor), call.services.keys)
    response = Response(papers.printed(sheet), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="nhat-ky-nhap-phieu-{vote_id}-{number}.pdf"'
    return response


@api.post(f"{VOTE}/compare", (COUNT, MANAGE), "Đối chiếu ba bàn", answer=Compared)
def compare_stations(call: Call[None], meeting_id: int, vote_id: int) -> Compared:
    """Lists every difference by ballot and line, when all three are committed."""
    return call.write(lambda tx: compare.compare(tx, call.actor, meeting_id, vote_id))


@api.get(f"{VOTE}/differences", (COUNT, Permission.MEETING_CONSOLE), "Chênh lệch giữa các bàn",
         query=DifferencesQuery, answer=DifferenceList)
def list_differences(call: Call[None], meeting_id: int, vote_id: int) -> DifferenceList:
    """After the comparison; at most 500 at once."""
    asked: DifferencesQuery = call.query
    with call.read() as session:
        vote = votes.vote_of(session, meeting_id, vote_id)
        return counting.difference_list(session, vote, asked.skip, only_open=asked.open)


@api.post(f"{VOTE}/differences/reopen", COUNT, "Đề nghị xem lại phiếu cả ba bàn đã khớp", body=ReopenIn,
          answer=DifferenceView)
def reopen_line(call: Call[ReopenIn], meeting_id: int, vote_id: int) -> DifferenceView:
    """With a reason; it takes a second teller."""
    return call.write(lambda tx: settle.reopen(tx, call.actor, meeting_id, vote_id, call.body))


@api.post(f"{VOTE}/differences/<int:difference_id>/second", COUNT, "Đồng ý xem lại phiếu", answer=DifferenceView)
def second_reopening(call: Call[None], meeting_id: int, vote_id: int, difference_id: int) -> DifferenceView:
    """By another teller than who asked."""
    return call.write(lambda tx: settle.second(tx, call.actor, meeting_id, vote_id, difference_id))


@api.delete(f"{VOTE}/differences/<int:difference_id>", COUNT, "Rút đề nghị xem lại phiếu")
def drop_reopening(call: Call[None], meeting_id: int, vote_id: int, difference_id: int) -> None:
    """What one teller asked for and no second agreed to."""
    call.write(lambda tx: settle.drop(tx, call.actor, meeting_id, vote_id, difference_id))


@api.post(f"{VOTE}/differences/<int:difference_id>/settle", COUNT, "Ghi kết luận về một chênh lệch", body=SettleIn,
          answer=DifferenceView)
def settle_difference(
    call: Call[SettleIn], meeting_id: int, vote_id: int, difference_id: int
) -> DifferenceView:
    """What the paper says, with a note; once more corrects it, until the close."""
    return call.write(lambda tx: settle.settle(tx, call.actor, meeting_id, vote_id, difference_id, said=call.body))


def _enter(
    call: Call[Any], meeting_id: int, vote_id: int, number: int, body: BallotEntriesIn
) -> EntriesStored:
    keys = call.services.keys
    return call.write(lambda tx: entries.enter(tx, call.actor, meeting_id, vote_id, number, said=body, keys=keys))
