"""The revisions make exactly the tables the models describe, step by step, and a newer database is left alone."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

import server.features  # noqa: F401  (declares every table)
from server.core.db import Base
from server.migrations import current, newest, upgrade


def test_the_revisions_make_the_tables_of_the_models(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    assert current(engine) == newest()
    upgrade(engine)  # again: nothing to do
    engine.dispose()


def test_data_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RuntimeError, match="newer program"):
        upgrade(engine)
    assert current(engine) == "9999"
    engine.dispose()
