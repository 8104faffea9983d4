"""Signing in with account and password, and changing the password.

A name without an account is locked like one with it, so that no answer tells which names exist. What the accounts' rows
count for known names, the sign-in log tells of the others: its outcomes say what happened, `name_unknown` too.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from server.core.access import Actor
from server.core.clock import LOCAL
from server.core.config import Settings
from server.core.errors import Refused
from server.core.writer import Tx
from server.people import sessions
from server.people.models import Account, SignInAttempt, SignInSession
from server.people.passwords import hash_password

NAME_UNKNOWN, LOCK_BEGAN = "name_unknown", "lock_began"  # only the log says these; the person is told a refusal


def shown_time(moment: datetime) -> str:
    """Local wall time as people read it in a refusal: "08:43"."""
    return moment.astimezone(LOCAL).strftime("%H:%M")


def note_attempt(tx: Tx, who: str, surface: str, address: str, outcome: str) -> None:
    """Write the sign-in log."""
    tx.add(SignInAttempt(at=tx.now, who=who[:80], surface=surface, address=address[:64], outcome=outcome))


def _clean(name: str) -> str:
    return name.strip().lower()


def find_account(tx: Tx, name: str) -> Account | None:
    """The account of that name, whatever its case."""
    return tx.scalar(select(Account).where(Account.name == _clean(name)))


def finish(
    tx: Tx, *, name: str, password_ok: bool, surface: str, address: str, settings: Settings
) -> tuple[str, Account] | Refused:
    """End an attempt whose password was checked outside the transaction: count it, log it, open the session.

    Returns the session's token and the account, or the refusal: returned rather than raised, because the count of wrong
    attempts must be kept.
    """
    account = find_account(tx, name)
    refused: Refused | None
    if account is None:
        refused, outcome = _unknown(tx, _clean(name), settings)
    else:
        refused, outcome = _known(tx, account, password_ok, settings)
    note_attempt(tx, _clean(name), surface, address, outcome)
    if refused is not None or account is None:
        return refused or Refused("sign_in_failed")
    account.failures, account.locked_until = 0, None
    token = sessions.start(tx, surface, address, timedelta(hours=settings.session_hours), account_id=account.id)
    tx.record("session.started", Actor(f"account:{account.id}", account.display_name, f"{surface} {address}"))
    return token, account


def _known(tx: Tx, account: Account, password_ok: bool, settings: Settings) -> tuple[Refused | None, str]:
    """The refusal, if any, and what the log says."""
    if account.locked_until is not None and account.locked_until > tx.now:
        # A right password during the lock-out is refused too, else the lock would tell which guess was right.
        return _locked(account.locked_until), "locked_out"
    if not password_ok:
        account.failures += 1
        if account.failures >= settings.sign_in_attempts:
            account.failures, account.locked_until = 0, tx.now + timedelta(minutes=settings.lockout_minutes)
            return _locked(account.locked_until), LOCK_BEGAN
        return Refused("sign_in_failed"), "sign_in_failed"
    return (Refused("account_disabled"), "account_disabled") if account.disabled else (None, "ok")


def _unknown(tx: Tx, name: str, settings: Settings) -> tuple[Refused, str]:
    """The same steps for a name that nobody has: what an account would have counted is read in the log."""
    lasts = timedelta(minutes=settings.lockout_minutes)
    tries = select(SignInAttempt.id, SignInAttempt.at).where(SignInAttempt.who == name)
    began = tx.execute(tries.where(SignInAttempt.outcome == LOCK_BEGAN).order_by(SignInAttempt.id.desc())).first()
    if began is not None and began.at + lasts > tx.now:
        return _locked(began.at + lasts), "locked_out"
    since = tries.where(SignInAttempt.outcome == NAME_UNKNOWN, SignInAttempt.id > (began.id if began else 0))
    if len(tx.execute(since.limit(settings.sign_in_attempts)).all()) + 1 >= settings.sign_in_attempts:
        return _locked(tx.now + lasts), LOCK_BEGAN
    return Refused("sign_in_failed"), NAME_UNKNOWN


def _locked(until: datetime) -> Refused:
    return Refused("locked_out", until=shown_time(until))


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
