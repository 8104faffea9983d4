"""Signing in with account and password, and changing the password."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.core.access import Actor
from server.core.config import Settings
from server.core.errors import Refused
from server.core.writer import Tx
from server.people import sessions
from server.people.models import Account, SignInAttempt, SignInSession
from server.people.passwords import hash_password

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def shown_time(moment: datetime) -> str:
    """Local wall time as people read it in a refusal: "08:43"."""
    return moment.astimezone(LOCAL).strftime("%H:%M")


def note_attempt(tx: Tx, who: str, surface: str, address: str, outcome: str) -> None:
    """Write the sign-in log."""
    tx.add(SignInAttempt(at=tx.now, who=who[:80], surface=surface, address=address[:64], outcome=outcome))


def find_account(tx: Tx, name: str) -> Account | None:
    """The account of that name, whatever its case."""
    return tx.scalar(select(Account).where(Account.name == name.strip().lower()))


def finish(
    tx: Tx, *, name: str, password_ok: bool, surface: str, address: str, settings: Settings
) -> tuple[str, Account] | Refused:
    """End an attempt whose password was checked outside the transaction: count it, log it, open the session.

    Returns the session's token and the account, or the refusal: returned rather than raised, because the count of wrong
    attempts must be kept.
    """
    account = find_account(tx, name)
    if account is None:
        note_attempt(tx, name, surface, address, "sign_in_failed")
        return Refused("sign_in_failed")
    refused = _refusal(tx, account, password_ok, settings)
    note_attempt(tx, account.name, surface, address, refused.code if refused else "ok")
    if refused:
        return refused
    account.failures, account.locked_until = 0, None
    token = sessions.start(tx, surface, address, timedelta(hours=settings.session_hours), account_id=account.id)
    tx.record("session.started", Actor(f"account:{account.id}", account.display_name, f"{surface} {address}"))
    return token, account


def _refusal(tx: Tx, account: Account, password_ok: bool, settings: Settings) -> Refused | None:
    if account.locked_until is not None and account.locked_until > tx.now:
        # A right password during the lock-out is refused too, else the lock would tell which guess was right.
        return Refused("locked_out", until=shown_time(account.locked_until))
    if not password_ok:
        account.failures += 1
        if account.failures >= settings.sign_in_attempts:
            account.failures = 0
            account.locked_until = tx.now + timedelta(minutes=settings.lockout_minutes)
            return Refused("locked_out", until=shown_time(account.locked_until))
        return Refused("sign_in_failed")
    return Refused("account_disabled") if account.disabled else None


def change_password(tx: Tx, actor: Actor, hashed: str) -> None:
    """Set the new hash and end the account's other sessions."""
    account = tx.get_one(Account, actor.account_id)
    account.password_hash, account.must_change_password = hashed, False
    current = actor.session_id
    for other in tx.scalars(
        select(SignInSession).where(
            SignInSession.account_id == account.id, SignInSession.revoked_at.is_(None)
        )
    ):
        if other.id != current:
            other.revoked_at = tx.now
    tx.record("password.changed", actor)


def new_hash(password: str) -> str:
    """Hash outside of a transaction: it is slow on purpose."""
    return hash_password(password)
