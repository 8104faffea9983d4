"""Bringing the tables up to date (Alembic). Revisions are numbered 0001, 0002, … in `versions/`.

Alembic itself is loaded only when there is something to do: it costs a good part of a second, and a web process that
starts again after a fault should answer soon.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from server.core.trouble import WrongData

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent


def newest() -> str:
    """The number of the newest revision."""
    return max(path.name[:4] for path in (HERE / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def current(engine: Engine) -> str | None:
    """The revision a database is at; None when it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)


def config() -> "Config":
    """Alembic's configuration, without a file of its own."""
    from alembic.config import Config  # noqa: PLC0415  (see above)

    made = Config()
    made.set_main_option("script_location", str(HERE))
    return made


def upgrade(engine: Engine) -> None:
    """Bring a database to the newest revision. A database from a newer program is refused with WrongData."""
    at, target = current(engine), newest()
    if at == target:
        return
    if at is not None and at > target:
        raise WrongData(f"this data is of revision {at}; this program knows {target}: install the newer program")
    from alembic import command  # noqa: PLC0415  (see above)

    made = config()
    with engine.begin() as connection:
        made.attributes["connection"] = connection
        command.upgrade(made, target)
