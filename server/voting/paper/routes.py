"""HTTP of paper votes as the secretary runs them."""

from flask import Response

import server.voting.paper.promises
import server.voting.paper.refusals  # noqa: F401  (both declare)
from server.core.access import Permission
from server.core.http import Api, Call
from server.core.writer import Tx
from server.voting.paper import candidates, close, exclusions, papers, shown, tellers, votes
from server.voting.paper.bodies import (
    BallotIssueIn,
    BallotOrderIn,
    BallotsQuery,
    CandidateIn,
    CandidatePatch,
    PaperCloseIn,
    PaperExclusionsIn,
    PaperReasonIn,
    PaperVoteIn,
    PaperVotePatch,
    TellersIn,
)
from server.voting.paper.models import PaperVote
from server.voting.paper.views import PaperVoteList, PaperVoteView, TellerList

api = Api("paper")
VOTES = "/api/meetings/<int:meeting_id>/paper-votes"
VOTE = f"{VOTES}/<int:vote_id>"
CANDIDATES = f"{VOTE}/candidates"
CANDIDATE = f"{CANDIDATES}/<int:candidate_id>"
TELLERS = "/api/meetings/<int:meeting_id>/tellers"
MANAGE = Permission.VOTE_MANAGE
SEE = (Permission.MEETING_CONSOLE, Permission.BALLOTS_COUNT)
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@api.get(TELLERS, SEE, "Ban kiểm phiếu", answer=TellerList)
def list_tellers(call: Call[None], meeting_id: int) -> TellerList:
    """The head first."""
    with call.read() as session:
        return TellerList(tellers=shown.tellers_of(session, meeting_id))


@api.put(TELLERS, Permission.MEETING_MANAGE, "Cử ban kiểm phiếu", body=TellersIn, answer=TellerList)
def appoint_tellers(call: Call[TellersIn], meeting_id: int) -> TellerList:
    """The whole list; who stands in an election cannot be on it."""

    def command(tx: Tx) -> TellerList:
        tellers.appoint(tx, call.actor, meeting_id, call.body)
        tx.flush()
        return TellerList(tellers=shown.tellers_of(tx, meeting_id))

    answer = call.write(command)
    call.services.forget_sessions()  # who counts and who no longer does
    return answer


@api.get(VOTES, SEE, "Các cuộc bỏ phiếu giấy", answer=PaperVoteList)
def list_votes(call: Call[None], meeting_id: int) -> PaperVoteList:
    """Drafts and annulled ones too."""
    with call.read() as session:
        return PaperVoteList(votes=shown.rows(session, meeting_id, progress=_progress(call)))


@api.post(VOTES, MANAGE, "Soạn một cuộc bỏ phiếu giấy", body=PaperVoteIn, answer=PaperVoteView)
def create_vote(call: Call[PaperVoteIn], meeting_id: int) -> PaperVoteView:
    """A draft."""
    return call.write(lambda tx: _view(tx, votes.create(tx, call.actor, meeting_id, call.body)))


@api.get(VOTE, SEE, "Một cuộc bỏ phiếu giấy", answer=PaperVoteView)
def get_vote(call: Call[None], meeting_id: int, vote_id: int) -> PaperVoteView:
    """Whole; for tellers without how far any station is."""
    with call.read() as session:
        vote = votes.vote_of(session, meeting_id, vote_id)
        return shown.vote_view(session, vote, progress=_progress(call))


@api.patch(VOTE, MANAGE, "Sửa cuộc bỏ phiếu giấy chưa in", body=PaperVotePatch, answer=PaperVoteView)
def edit_vote(call: Call[PaperVotePatch], meeting_id: int, vote_id: int) -> PaperVoteView:
    """Drafts only."""
    return call.write(lambda tx: _view(tx, votes.edit(tx, call.actor, meeting_id, vote_id, call.body)))


@api.delete(VOTE, MANAGE, "Xóa cuộc bỏ phiếu giấy chưa in")
def delete_vote(call: Call[None], meeting_id: int, vote_id: int) -> None:
    """Drafts only."""
    call.write(lambda tx: votes.delete(tx, call.actor, meeting_id, vote_id))


@api.post(CANDIDATES, MANAGE, "Thêm người vào danh sách", body=CandidateIn, answer=PaperVoteView)
def add_candidate(call: Call[CandidateIn], meeting_id: int, vote_id: int) -> PaperVoteView:
    """While it is a draft."""
    return call.write(lambda tx: _view(tx, candidates.add(tx, call.actor, meeting_id, vote_id, call.body)))


@api.patch(CANDIDATE, MANAGE, "Sửa một người trong danh sách", body=CandidatePatch, answer=PaperVoteView)
def edit_candidate(
    call: Call[CandidatePatch], meeting_id: int, vote_id: int, candidate_id: int
) -> PaperVoteView:
    """While it is a draft; linking the right participant is possible until the count begins."""
    return call.write(
        lambda tx: _view(tx, candidates.edit(tx, call.actor, meeting_id, vote_id, candidate_id, said=call.body))
    )


@api.delete(CANDIDATE, MANAGE, "Xóa một người khỏi danh sách", answer=PaperVoteView)
def remove_candidate(call: Call[None], meeting_id: int, vote_id: int, candidate_id: int) -> PaperVoteView:
    """A slip of the pen in a draft; who withdraws is recorded instead."""
    return call.write(lambda tx: _view(tx, candidates.remove(tx, call.actor, meeting_id, vote_id, candidate_id)))


@api.post(f"{CANDIDATE}/withdraw", MANAGE, "Ghi nhận rút khỏi danh sách", body=PaperReasonIn, answer=PaperVoteView)
def withdraw_candidate(
    call: Call[PaperReasonIn], meeting_id: int, vote_id: int, candidate_id: int
) -> PaperVoteView:
    """Before printing the name leaves the ballot; afterwards it stays on the paper and counts no more."""
    reason = call.body.reason
    return call.write(
        lambda tx: _view(tx, candidates.withdraw(tx, call.actor, meeting_id, vote_id, candidate_id, reason=reason))
    )


@api.put(f"{VOTE}/order", MANAGE, "Sắp xếp danh sách trên phiếu", body=BallotOrderIn, answer=PaperVoteView)
def order_candidates(call: Call[BallotOrderIn], meeting_id: int, vote_id: int) -> PaperVoteView:
    """By hand, or alphabetical by given name."""
    return call.write(
        lambda tx: _view(tx, candidates.arrange(tx, call.actor, meeting_id, vote_id, call.body.order))
    )


@api.put(f"{VOTE}/exclusions", MANAGE, "Ghi người được trừ khỏi số triệu tập", body=PaperExclusionsIn,
         answer=PaperVoteView)
def set_exclusions(call: Call[PaperExclusionsIn], meeting_id: int, vote_id: int) -> PaperVoteView:
    """The whole list; until the stations are compared."""
    return call.write(
        lambda tx: _view(tx, exclusions.exclude(tx, call.actor, meeting_id, vote_id, call.body.exclusions))
    )


@api.post(f"{VOTE}/print", MANAGE, "Chốt danh sách để in phiếu", answer=PaperVoteView)
def print_ballots(call: Call[None], meeting_id: int, vote_id: int) -> PaperVoteView:
    """Freezes the list and its order, and the rule."""
    return call.write(lambda tx: _view(tx, votes.freeze_list(tx, call.actor, meeting_id, vote_id)))


@api.get(f"{VOTE}/ballots.pdf", MANAGE, "Phiếu để in", query=BallotsQuery, media=PDF)
def ballots_pdf(call: Call[None], meeting_id: int, vote_id: int) -> Response:
    """A4 or A5, so many copies; a draft's is a proof of one copy."""
    asked: BallotsQuery = call.query
    with call.read() as session:
        vote = votes.vote_of(session, meeting_id, vote_id)
        sheet = papers.ballots(session, vote, asked.size, asked.copies)
    return _file(papers.printed(sheet), PDF, f"phieu-{vote_id}-{asked.size}.pdf")


@api.post(f"{VOTE}/issue", MANAGE, "Ghi số phiếu phát ra", body=BallotIssueIn, answer=PaperVoteView)
def issue_ballots(call: Call[BallotIssueIn], meeting_id: int, vote_id: int) -> PaperVoteView:
    """Freezes the base. A wrong number may be corrected until the stations are compared."""
    return call.write(lambda tx: _view(tx, votes.issue(tx, call.actor, meeting_id, vote_id, call.body.issued)))


@api.post(f"{VOTE}/close", MANAGE, "Chốt kết quả kiểm phiếu", body=PaperCloseIn, answer=PaperVoteView)
def close_vote(call: Call[PaperCloseIn], meeting_id: int, vote_id: int) -> PaperVoteView:
    """Writes the result record. Nobody but the console and the tellers sees it yet."""
    keys = call.services.keys
    return call.write(
        lambda tx: _view(tx, close.close(tx, call.actor, meeting_id, vote_id, returned=call.body.returned, keys=keys))
    )


@api.post(f"{VOTE}/publish", MANAGE, "Công bố kết quả kiểm phiếu", answer=PaperVoteView)
def publish_vote(call: Call[None], meeting_id: int, vote_id: int) -> PaperVoteView:
    """To seats and walls."""
    return call.write(lambda tx: _view(tx, close.publish(tx, call.actor, meeting_id, vote_id)))


@api.post(f"{VOTE}/annul", MANAGE, "Hủy cuộc bỏ phiếu giấy", body=PaperReasonIn, answer=PaperVoteView)
def annul_vote(call: Call[PaperReasonIn], meeting_id: int, vote_id: int) -> PaperVoteView:
    """Kept with its reason."""
    return call.write(lambda tx: _view(tx, close.annul(tx, call.actor, meeting_id, vote_id, call.body.reason)))


@api.post(f"{VOTE}/second-round", MANAGE, "Soạn lần bầu tiếp theo", answer=PaperVoteView)
def second_round(call: Call[None], meeting_id: int, vote_id: int) -> PaperVoteView:
    """A draft with the seats that are left and those who come next."""
    return call.write(lambda tx: _view(tx, close.second_round(tx, call.actor, meeting_id, vote_id)))


@api.get(f"{VOTE}/minutes.pdf", SEE, "Biên bản kiểm phiếu (PDF)", media=PDF)
def minutes_pdf(call: Call[None], meeting_id: int, vote_id: int) -> Response:
    """From the result record."""
    with call.read() as session:
        sheet = papers.minutes(session, votes.vote_of(session, meeting_id, vote_id))
    return _file(papers.printed(sheet), PDF, f"bien-ban-kiem-phieu-{vote_id}.pdf")


@api.get(f"{VOTE}/minutes.docx", SEE, "Biên bản kiểm phiếu (Word)", media=DOCX)
def minutes_docx(call: Call[None], meeting_id: int, vote_id: int) -> Response:
    """From the result record."""
    with call.read() as session:
        sheet = papers.minutes(session, votes.vote_of(session, meeting_id, vote_id))
    return _file(papers.printed(sheet, "docx"), DOCX, f"bien-ban-kiem-phieu-{vote_id}.docx")


def _view(tx: Tx, vote: PaperVote) -> PaperVoteView:
    tx.flush()
    return shown.vote_view(tx, vote, progress=True)


def _progress(call: Call[None]) -> bool:
    """Whether this caller may know how far each station is: the console may, a teller never."""
    return call.actor.may(Permission.MEETING_CONSOLE, call.place)


def _file(content: bytes, media: str, name: str) -> Response:
    response = Response(content, mimetype=media)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
