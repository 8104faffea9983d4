"""The audit page: reading the journal with filters, and walking its chain."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import journal
from server.core.access import Actor, Permission, Place, require
from server.core.http import Api, Call
from server.core.journal import JournalEntry
from server.core.keys import Keys
from server.core.views import Input, View
from server.people.inputs import RowId
from server.people.models import Unit

api = Api("journal")

PAGE = 100
MOST_FINDINGS = 50
Moment = Annotated[int, Field(ge=0, le=2**53)]  # what a browser's numbers hold exactly


class FindingView(View):
    """One thing that is not as the journal says, in a sentence."""

    text: str
    text_en: str


vouched_checks: list[Callable[[Session, Keys], list[FindingView]]] = []
"""(session, keys) → what rows say otherwise than the journal does. A feature above registers its own."""


class JournalQuery(Input):
    """Filters; all given ones must hold. Times are epoch milliseconds. `before_seq` pages backwards."""

    meeting_id: RowId | None = None
    actor: str = Field(default="", max_length=64)
    action: str = Field(default="", max_length=64, description="an action, or the beginning of one: ballot.")
    from_ms: Moment | None = None
    to_ms: Moment | None = None
    before_seq: Moment = 2**53


class JournalRow(View):
    """One row."""

    seq: int
    at_ms: int
    actor: str
    actor_name: str
    origin: str
    action: str
    meeting_id: int | None
    data: dict[str, Any]  # each action keeps what is worth keeping
    hash: str


class JournalPage(View):
    """A page, newest first."""

    rows: list[JournalRow]


class ChainView(View):
    """The state of the chain and of what it vouches for. `ok`: neither is broken.

    `broken_seq` names the first broken row, and `findings` begin with what is wrong with it; then come ballots and
    results that are not what the journal says, fifty at most. `more` counts those left out.
    """

    ok: bool
    rows: int
    head: str
    broken_seq: int | None
    findings: list[FindingView]
    more: int


def require_whole_house(session: Session, actor: Actor) -> None:
    """The journal and the sign-in log hold every unit's doings, so a role at a lower unit does not open them."""
    for path in session.scalars(select(Unit.path).where(Unit.parent_id.is_(None))):
        require(actor, Permission.JOURNAL_READ, Place(path))


@api.get("/api/journal", Permission.JOURNAL_READ, "Nhật ký hệ thống", query=JournalQuery, answer=JournalPage)
def read_journal(call: Call[None]) -> JournalPage:
    """A hundred rows, newest first."""
    asked: JournalQuery = call.query
    wanted = select(JournalEntry).where(JournalEntry.seq < asked.before_seq)
    if asked.meeting_id is not None:
        wanted = wanted.where(JournalEntry.meeting_id == asked.meeting_id)
    if asked.actor:
        wanted = wanted.where(JournalEntry.actor == asked.actor)
    if asked.action:
        wanted = wanted.where(JournalEntry.action.startswith(asked.action, autoescape=True))
    if asked.from_ms is not None:
        wanted = wanted.where(JournalEntry.at >= asked.from_ms)
    if asked.to_ms is not None:
        wanted = wanted.where(JournalEntry.at <= asked.to_ms)
    with call.read() as session:
        require_whole_house(session, call.actor)
        found = session.scalars(wanted.order_by(JournalEntry.seq.desc()).limit(PAGE))
        return JournalPage(rows=[
            JournalRow(
                seq=row.seq, at_ms=row.at, actor=row.actor, actor_name=row.actor_name, origin=row.origin,
                action=row.action, meeting_id=row.meeting_id, data=row.data, hash=row.hash,
            )
            for row in found
        ])


@api.get("/api/journal/verify", Permission.JOURNAL_READ, "Kiểm tra nhật ký", answer=ChainView)
def verify_journal(call: Call[None]) -> ChainView:
    """Walk the whole chain, and hold what was cast against it."""
    keys = call.services.keys
    with call.read() as session:
        require_whole_house(session, call.actor)
        broken, (rows, head) = journal.verify(session), journal.head(session)
        findings = [finding for check in vouched_checks for finding in check(session, keys)]
    if broken is not None:
        findings.insert(0, _in_words(broken))
    return ChainView(
        ok=not findings, rows=rows, head=head, broken_seq=broken.seq if broken else None,
        findings=findings[:MOST_FINDINGS], more=max(0, len(findings) - MOST_FINDINGS),
    )


def _in_words(broken: journal.Break) -> FindingView:
    vi = {
        journal.Fault.MISSING: "Dòng {seq} của nhật ký bị xóa.",
        journal.Fault.UNCHAINED: "Dòng {seq} của nhật ký không nối tiếp dòng trước nó.",
        journal.Fault.CHANGED: "Dòng {seq} của nhật ký bị sửa sau khi ghi.",
    }[broken.fault]
    return FindingView(text=vi.format(seq=broken.seq), text_en=f"{broken.reason[0].upper()}{broken.reason[1:]}.")
