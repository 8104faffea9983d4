"""What the audit found, in the words of the audit page: which vote, whose ballot, and what is wrong with it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.keys import Keys
from server.meetings.models import Participant
from server.people.journal import FindingView
from server.people.models import Person
from server.voting import audit
from server.voting.audit import Finding
from server.voting.models import Poll

IN_VIETNAMESE = {
    "was added without being cast": "có trong hòm phiếu mà nhật ký không ghi lượt bỏ",
    "was changed after it was cast": "bị sửa sau khi đã bỏ",
    "was removed after it was cast": "bị xóa sau khi đã bỏ",
    "was changed after it was sealed": "bị sửa sau khi đã ký",
    "was added without a close in the journal": "không có lượt đóng biểu quyết trong nhật ký",
    "is not the one that the journal names": "không phải bản ghi mà nhật ký nêu",
    "is not signed by this server": "không mang chữ ký của máy chủ này",
    "is not as it was stated": "khác nội dung đã nêu",
    "does not follow from the ballots": "không khớp với các phiếu đã bỏ",
    "was removed": "bị xóa",
    "is not in the state that the journal names": "không ở trạng thái mà nhật ký nêu",
    "is not as it was opened": "khác khi mở: câu hỏi, quy tắc, tổng số hoặc danh sách biểu quyết",
}
"""Every reason of the audit. One that is not here is shown as the audit says it."""
WHAT = {
    "ballot": ("phiếu", "the ballot"),
    "reserved opinion": ("ý kiến bảo lưu", "the reserved opinion"),
    "result record": ("bản ghi kết quả", "the result record"),
    "result": ("kết quả", "the result"),
    "vote": ("biểu quyết", "the vote"),
}


def found(session: Session, keys: Keys) -> list[FindingView]:
    """Everything `audit.check_ballots` finds, with titles and names in the place of numbers."""
    return in_words(session, audit.check_ballots(session, keys))


def in_words(session: Session, findings: Sequence[Finding]) -> list[FindingView]:
    """One sentence for each. What was removed has no title any more: then its number stands."""
    titles = _titles(session, {finding.poll_id for finding in findings})
    names = _names(session, {one.participant_id for one in findings if one.participant_id is not None})
    return [_sentence(finding, titles, names) for finding in findings]


def _sentence(finding: Finding, titles: dict[int, str], names: dict[int, str]) -> FindingView:
    title, voter = titles.get(finding.poll_id, f"#{finding.poll_id}"), finding.participant_id
    whose, whose_en = WHAT[finding.what]
    if voter is not None:
        name = names.get(voter, f"#{voter}")
        whose, whose_en = f"{whose} của {name}", f"{whose_en} of {name}"
    return FindingView(
        text=f"Biểu quyết “{title}”: {whose} {IN_VIETNAMESE.get(finding.reason, finding.reason)}.",
        text_en=f"Vote “{title}”: {whose_en} {finding.reason}.",
    )


def _titles(session: Session, polls: set[int]) -> dict[int, str]:
    rows = session.execute(select(Poll.id, Poll.title).where(Poll.id.in_(polls)))
    return {row[0]: row[1] for row in rows}


def _names(session: Session, voters: set[int]) -> dict[int, str]:
    rows = session.execute(
        select(Participant.id, Person.name).join(Person, Person.id == Participant.person_id)
        .where(Participant.id.in_(voters))
    )
    return {row[0]: row[1] for row in rows}
