"""Facts about the database itself."""

import secrets

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core.db import Base
from server.core.writer import Tx

EPOCH = "epoch"


class Meta(Base):
    """Name and value."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


def epoch(session: Session) -> str:
    """The random id of this state of the database; a restore changes it, and screens then drop their copies."""
    found = session.get(Meta, EPOCH)
    return found.value if found else ""


def renew_epoch(tx: Tx) -> None:
    """Give the database a new id."""
    tx.merge(Meta(name=EPOCH, value=secrets.token_hex(8)))
