"""The writes of rehearsals: the account a ticket opens, and the meeting in which fictitious delegates sit.

What a ticket may do is kept least: its account has no password, is secretary of the unit "Diễn tập" only, and so
reaches no real unit, person or meeting. Rehearsal meetings are closed and kept, not deleted: their journal rows stay,
and no later meeting may get their number.
"""

from datetime import timedelta

from sqlalchemy import select

from server.core import idempotency
from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings.commands import Particulars, create_meeting
from server.meetings.models import MeetingKind
from server.people import sessions, sign_in
from server.people.models import Account, RoleGrant, Unit
from server.people.roles import Role

ACCOUNT = "~dien-tap"          # no form lets a person make a name with "~"
NO_PASSWORD = "!"              # noqa: S105  (no Argon2 hash: no password ever fits)
UNIT_NAME = "Diễn tập"
UNIT_CODE = "~dien-tap-"
SESSION_LASTS = timedelta(hours=2)


def use_ticket(tx: Tx, nonce: str, surface: str, address: str) -> tuple[str, int]:
    """Open a session for a checked ticket: its token, and the unit it may rehearse in.

    Raises Refused `ticket_refused` when the ticket was used before or the rehearsal account is disabled.
    """
    used_by = "rehearsal-ticket"
    if idempotency.find(tx, used_by, nonce, nonce) is not None:
        raise Refused("ticket_refused")
    idempotency.keep(tx, used_by, nonce, nonce, None)
    top = tx.scalars(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1)).first()
    if top is None:
        raise Refused("unit_not_found")
    unit = rehearsal_unit(tx, top)
    account = _account(tx, unit)
    if account.disabled:
        raise Refused("ticket_refused")
    sign_in.note_attempt(tx, account.name, surface, address, "ok")
    token = sessions.start(tx, surface, address, SESSION_LASTS, account_id=account.id)
    actor = Actor(f"account:{account.id}", account.display_name, f"{surface} {address}")
    tx.record("rehearsal.ticket_used", actor, unit=unit.id)
    return token, unit.id


def _account(tx: Tx, unit: Unit) -> Account:
    account = sign_in.find_account(tx, ACCOUNT)
    if account is None:
        account = Account(
            name=ACCOUNT, display_name=UNIT_NAME, password_hash=NO_PASSWORD, must_change_password=False,
            created_at=tx.now,
        )
        account.grants.append(RoleGrant(role=Role.SECRETARY, unit=unit))
        tx.add(account)
        tx.flush()
    return account


def rehearsal_unit(tx: Tx, parent: Unit) -> Unit:
    """The unit "Diễn tập" below `parent` (or `parent`, if it is one), made when missing."""
    if (parent.code or "").startswith(UNIT_CODE):
        return parent
    code = f"{UNIT_CODE}{parent.id}"
    unit = tx.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        unit = Unit(parent_id=parent.id, name=UNIT_NAME, code=code, path="", position=9999)
        tx.add(unit)
        tx.flush()
        unit.path = f"{parent.path}{unit.id}/"
    return unit


def make_rehearsal(tx: Tx, actor: Actor, unit_id: int, title: str) -> tuple[int, int]:
    """A meeting marked as a rehearsal in the unit "Diễn tập" below `unit_id`: (meeting, unit). Raises Refused."""
    parent = tx.get(Unit, unit_id)
    if parent is None:
        raise Refused("unit_not_found")
    unit = rehearsal_unit(tx, parent)
    what = Particulars(
        title=title, kind=MeetingKind.MEETING, room=UNIT_NAME, starts_at=tx.now, quorum_numerator=1,
        quorum_denominator=2, rehearsal=True,
    )
    return create_meeting(tx, actor, unit.id, what), unit.id
