"""Whether the certificates are those that were given (`nghisu verify`, and the audit page)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.journal import JournalEntry
from server.core.keys import Keys
from server.people.journal import FindingView
from server.relay.readiness.certificate import digest, is_valid
from server.relay.readiness.models import ReadinessTest

ACTION = "relay.site_tested"
IN_VIETNAMESE = {
    "was changed after it was signed": "bị sửa sau khi đã ký",
    "was added without a test in the journal": "không có lần kiểm tra nào trong nhật ký",
    "is not the one that the journal names": "không phải bản mà nhật ký nêu",
    "is not signed by this server": "không mang chữ ký của máy chủ này",
    "does not say what its row says": "khác với bậc đã ghi cho điểm cầu",
    "was removed": "bị xóa",
}


@dataclass(frozen=True, slots=True)
class BadCertificate:
    """A certificate that is not what was given."""

    test_id: int
    reason: str

    def __str__(self) -> str:
        return f"site test {self.test_id}, certificate: {self.reason}"


def check_certificates(session: Session, keys: Keys) -> list[BadCertificate]:
    """Every certificate whose text, signature, row or journal does not fit; every test without one.

    It stands on the journal, so walk the chain first (`journal.verify`).
    """
    said = {
        int(data["test"]): str(data["record"])
        for data in session.scalars(select(JournalEntry.data).where(JournalEntry.action == ACTION))
    }
    bad = []
    for test in session.scalars(select(ReadinessTest).order_by(ReadinessTest.id)):
        reason = _trouble(test, said.pop(test.id, None), keys)
        if reason:
            bad.append(BadCertificate(test.id, reason))
    return bad + [BadCertificate(test_id, "was removed") for test_id in said]


def _trouble(test: ReadinessTest, said: str | None, keys: Keys) -> str | None:
    if digest(test.text) != test.sha256:
        return "was changed after it was signed"
    if said is None:
        return "was added without a test in the journal"
    if said != test.sha256:
        return "is not the one that the journal names"
    if not is_valid(test, keys):
        return "is not signed by this server"
    if (test.letter, test.site_id) != (test.body["letter"], test.body["about"]["site_id"]):
        return "does not say what its row says"
    return None


def found(session: Session, keys: Keys) -> list[FindingView]:
    """The same in sentences, for the audit page."""
    return [
        FindingView(
            text=f"Phiếu kiểm tra điểm cầu số {one.test_id}: {IN_VIETNAMESE[one.reason]}.", text_en=f"{one}.",
        )
        for one in check_certificates(session, keys)
    ]
