"""Setting up a data folder: tables, the first administrator; and the walk along the journal."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

import server.features  # noqa: F401  (declares every table)
from server.core import journal, meta
from server.core.access import SYSTEM
from server.core.config import ConfigError, Settings
from server.core.db import Database
from server.core.errors import Refused, define
from server.core.keys import Keys
from server.core.trouble import WrongData, one_line
from server.core.writer import Tx, Writer
from server.migrations import upgrade
from server.people.models import Account, RoleGrant, Unit
from server.people.passwords import hash_password, require_strong
from server.people.roles import Role
from server.relay.readiness.audit import check_certificates
from server.voting.audit import check_ballots

log = structlog.get_logger(__name__)

CANNOT_START = 3  # gunicorn's own code for an application that cannot be loaded; the supervisor tries again

define(
    "already_set_up", 409,
    vi="Thư mục dữ liệu này đã có người quản trị.", en="This data folder already has an administrator.",
    next_vi="Đăng nhập bằng tài khoản đã có.", next_en="Sign in with the existing account.",
)


def migrate(settings: Settings) -> None:
    """Bring the tables up to date, and give a new database its epoch.

    Every process calls it at its start; the file lock lets one do the work while the others wait.
    """
    with (settings.folder("run") / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _migrate(settings)


def migrate_or_end(settings: Settings) -> None:
    """What each serving process does first. When the data cannot be used, it ends with one line that says why."""
    try:
        settings.require_data_folder()
        migrate(settings)
    except Exception as error:
        reason = str(error) if isinstance(error, ConfigError) else one_line(error)
        if reason is None:
            raise
        log.critical("cannot_start", reason=reason)
        raise SystemExit(CANNOT_START) from None


def _migrate(settings: Settings) -> None:
    database = Database(settings.database)
    upgrade(database.writer)
    with database.read() as session:
        fresh = not meta.epoch(session)
    if fresh:
        Writer(database).run(meta.renew_epoch)
    database.dispose()


def first_administrator(settings: Settings, *, account: str, unit: str, password: str) -> None:
    """Make the topmost unit and an administrator of it. Raises Refused `already_set_up` or `password_weak`."""
    require_strong(password, account)
    hashed = hash_password(password)

    def command(tx: Tx) -> None:
        if tx.scalar(select(RoleGrant.id).where(RoleGrant.role == Role.ADMINISTRATOR).limit(1)) is not None:
            raise Refused("already_set_up")
        top = tx.scalar(select(Unit).where(Unit.parent_id.is_(None)))
        if top is None:
            top = Unit(name=unit, path="")
            tx.add(top)
            tx.flush()
            top.path = f"/{top.id}/"
        made = Account(name=account.lower(), display_name=account, password_hash=hashed, created_at=tx.now)
        made.grants.append(RoleGrant(role=Role.ADMINISTRATOR, unit=top))
        tx.add(made)
        tx.record("server.set_up", SYSTEM, account=account)

    database = Database(settings.database)
    Writer(database).run(command)
    database.dispose()


def verify_journal(settings: Settings) -> tuple[journal.Break | None, tuple[int, str]]:
    """The first break of the chain, if any, and the chain's head. The server may go on meanwhile."""
    with _reading(settings) as session:
        return journal.verify(session), journal.head(session)


def verify_ballots(settings: Settings) -> list[str]:
    """Every ballot, result and certificate that is not what the journal says, each in one line; beside the server."""
    keys = Keys(settings.folder("keys"))
    with _reading(settings) as session:
        return [str(found) for found in (*check_ballots(session, keys), *check_certificates(session, keys))]


def require_data(settings: Settings) -> None:
    """Raise WrongData where no server has kept anything yet: a wrong folder must not look like a fault."""
    name = settings.database.removeprefix("sqlite:///")
    if settings.database.startswith("sqlite:") and not (Path(name).is_file() and Path(name).stat().st_size):
        raise WrongData(f"setting data: {settings.data} holds no data of a server yet")


@contextmanager
def _reading(settings: Settings) -> Iterator[Session]:
    require_data(settings)
    database = Database(settings.database)
    try:
        with database.read() as session:
            yield session
    finally:
        database.dispose()
