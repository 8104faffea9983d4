"""The revisions make exactly the tables the models describe, step by step, and a newer database is left alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, select, text

import server.features  # noqa: F401  (declares every table)
from server.core.db import Base, Database
from server.meetings.models import Participant
from server.migrations import config, current, newest, upgrade
from server.voting.models import Ballot, Elector, Poll
from tests.conftest import POSTGRES, needs_postgres


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


OLD_ROWS = """
INSERT INTO unit (id, path, name, position) VALUES (1, '/1/', 'Đảng bộ Thử', 0);
INSERT INTO person (id, unit_id, name, folded_name, title) VALUES (1, 1, 'Lê Thị Mẫu', 'le thi mau', '');
INSERT INTO meeting (id, unit_id, title, kind, room, starts_at, state, state_since, join_code, rehearsal,
  quorum_numerator, quorum_denominator) VALUES (1, 1, 'Hội nghị', 'conference', '', '2026-01-01', 'in_session',
  '2026-01-01', 'ABCDEF', false, 2, 3);
INSERT INTO participant (id, meeting_id, person_id, role, entitled, pin_failures, invitation)
  VALUES (7, 1, 1, 'delegate', true, 0, 1);
INSERT INTO poll (id, meeting_id, title, motion, state, counted_of, numerator, denominator, strict, changeable)
  VALUES (3, 1, 'Nghị quyết', '', 'open', 'entitled', 1, 2, true, false);
INSERT INTO poll_elector (poll_id, participant_id) VALUES (3, 7);
INSERT INTO ballot (id, poll_id, participant_id, choice, cast_ms, serial) VALUES (1, 3, 7, 'for', 1, 1);
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=needs_postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each store, by the server's own connection, which keeps foreign keys."""
    database = Database(f"sqlite:///{tmp_path / 'x.db'}" if request.param == "sqlite" else POSTGRES)
    if not database.is_sqlite:
        with database.writer.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    yield database
    database.dispose()


def test_a_running_meeting_survives_every_revision(empty: Database) -> None:
    database, made = empty, config()
    with database.writer.begin() as connection:
        made.attributes["connection"] = connection
        command.upgrade(made, "0001")
        for statement in OLD_ROWS.strip().removesuffix(";").split(";\n"):
            connection.execute(text(statement))
    upgrade(database.writer)
    with database.read() as session:
        poll = session.scalars(select(Poll)).one()
        assert (poll.rule_set.code, poll.majority.strict) == ("open-vote", True)
        assert session.scalars(select(Ballot.choice)).all() == ["for"]
        assert session.scalars(select(Participant.id)).all() == [7]
        assert session.get(Elector, (3, 7)) is not None
        assert compare_metadata(MigrationContext.configure(session.connection()), Base.metadata) == []


def test_a_participants_number_is_never_given_again_after_the_revisions(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    upgrade(engine)
    with engine.begin() as connection:
        for statement in OLD_ROWS.split(";\nINSERT INTO poll ", maxsplit=1)[0].split(";\n"):
            connection.execute(text(statement))
        connection.execute(text("DELETE FROM participant"))
        insert = "INSERT INTO participant (meeting_id, person_id, role, entitled, pin_failures, invitation) "
        connection.execute(text(insert + "VALUES (1, 1, 'delegate', 1, 0, 1)"))
        assert connection.execute(text("SELECT id FROM participant")).scalar() == 8
    engine.dispose()
