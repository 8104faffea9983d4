"""Sessions: from a cookie to an actor.

A session belongs to an account, a participant (a seat) or a device. Core and people know only accounts; meetings and
devices say with `subject` how their kind of session becomes an actor.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, joinedload

from server.core import clock
from server.core.access import ANONYMOUS, Actor, Grant
from server.core.db import Database
from server.core.writer import Tx
from server.people.models import Account, RoleGrant, SignInSession
from server.people.roles import ROLE_PERMISSIONS, Role

CACHE_SECONDS = 20.0  # how long another process's revocation may stay unseen
MOST_CACHED = 5000

Loader = Callable[[Session, int], Actor | None]
_loaders: dict[str, Loader] = {}
# Built once and columns only: a thousand screens that come back together ask it a thousand times.
_COLUMNS = SignInSession.__table__.c
_SESSION = select(SignInSession.__table__).where(_COLUMNS.token_hash == bindparam("hashed"))
_STILL_GOOD = select(_COLUMNS.id).where(
    _COLUMNS.id.in_(bindparam("ids", expanding=True)), _COLUMNS.revoked_at.is_(None),
    _COLUMNS.expires_at > bindparam("now", type_=_COLUMNS.expires_at.type),
)


def subject(kind: str) -> Callable[[Loader], Loader]:
    """Say how a session of `kind` ("account", "participant", "device") becomes an actor; None: no longer valid."""

    def declare(load: Loader) -> Loader:
        _loaders[kind] = load
        return load

    return declare


def token_hash(token: str) -> str:
    """What is stored of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(tx: Tx, surface: str, address: str, lasts: timedelta, **subject_id: int) -> str:
    """Open a session (`account_id=`, `participant_id=` or `device_id=`); returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    tx.add(
        SignInSession(
            token_hash=token_hash(token), surface=surface, created_at=tx.now, expires_at=tx.now + lasts,
            address=address[:64], **subject_id,
        )
    )
    return token


def revoke(tx: Tx, **which: int) -> None:
    """End sessions: by `id=`, or all of an `account_id=`, `participant_id=` or `device_id=`."""
    statement = update(SignInSession).where(SignInSession.revoked_at.is_(None)).values(revoked_at=tx.now)
    for column, value in which.items():
        statement = statement.where(getattr(SignInSession, column) == value)
    tx.execute(statement)


class Sessions:
    """Looks up actors, with a short memory so that a thousand ballots do not read a thousand sessions twice."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[tuple[str, str], tuple[float, Actor]] = {}
        self._forgotten = 0

    def actor_of(self, token: str, surface: str, address: str) -> Actor:
        """Who holds this token on this surface; ANONYMOUS when nobody does."""
        actor = self._holder((token_hash(token), surface)) if token else None
        # The address is this request's, also when somebody else asked with the same token a moment ago.
        return replace(actor or ANONYMOUS, origin=f"{surface} {address[:64]}", surface=surface)

    def _holder(self, key: tuple[str, str]) -> Actor | None:
        known = self._known.get(key)
        if known is not None and known[0] > clock.monotonic():
            return known[1]
        forgotten = self._forgotten
        with self._database.read() as session:
            actor = _load(session, *key)
        if actor is not None and forgotten == self._forgotten:  # else it was read before what made us forget
            if len(self._known) > MOST_CACHED:
                self._known.clear()
            self._known[key] = (clock.monotonic() + CACHE_SECONDS, actor)
        return actor

    def ended(self, session_ids: Iterable[int]) -> set[int]:
        """Which of these sessions are over: revoked, expired, or gone with whoever held them."""
        asked = set(session_ids)
        if not asked:
            return asked
        with self._database.read() as session:
            good = session.scalars(_STILL_GOOD, {"ids": sorted(asked), "now": clock.now()})
            return asked.difference(good)

    def forget(self) -> None:
        """Read every session afresh (after a revocation, a change of roles, a restore)."""
        self._forgotten += 1
        self._known.clear()


def _load(session: Session, hashed: str, surface: str) -> Actor | None:
    found = session.execute(_SESSION, {"hashed": hashed}).first()
    if found is None or found.revoked_at is not None or found.expires_at <= clock.now() or found.surface != surface:
        return None
    for kind, load in _loaders.items():
        subject_id = getattr(found, f"{kind}_id")
        if subject_id is not None:
            actor = load(session, subject_id)
            return replace(actor, session_id=found.id) if actor else None
    return None


@subject("account")
def _account(session: Session, account_id: int) -> Actor | None:
    account = session.get(Account, account_id, options=[joinedload(Account.grants).joinedload(RoleGrant.unit)])
    if account is None or account.disabled:
        return None
    grants = tuple(
        Grant(ROLE_PERMISSIONS[Role(grant.role)], unit_path=grant.unit.path) for grant in account.grants
    )
    return Actor(
        key=f"account:{account.id}", name=account.display_name, origin="", grants=grants, account_id=account.id,
        person_id=account.person_id, must_change_password=account.must_change_password,
    )
