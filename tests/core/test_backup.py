"""Backup and restore: a consistent moment, damage is found before anything changes, screens get a new epoch."""

import tarfile
from pathlib import Path

import pytest

from server.backup import back_up, restore
from server.core import journal, meta
from server.core.access import SYSTEM
from server.core.config import Settings
from server.core.db import Database
from server.core.errors import Refused
from server.core.writer import Tx, Writer
from server.setup import migrate


@pytest.fixture
def data(tmp_path: Path) -> Settings:
    made = Settings(data=tmp_path / "data")
    migrate(made)
    (made.folder("keys") / "root.key").write_bytes(b"k" * 32)
    (made.folder("files") / "ab").mkdir()
    (made.folder("files") / "ab" / "paper").write_bytes(b"paper")
    return made


def note(settings: Settings, word: str) -> None:
    def command(tx: Tx) -> None:
        tx.record("noted", SYSTEM, word=word)

    database = Database(settings.database)
    Writer(database).run(command)
    database.dispose()


def words(settings: Settings) -> list[str]:
    database = Database(settings.database)
    with database.read() as session:
        assert journal.verify(session) is None
        found = [str(row["data"].get("word", row["action"])) for row in journal._rows(session)]
    database.dispose()
    return found


def epoch(settings: Settings) -> str:
    database = Database(settings.database)
    with database.read() as session:
        found = meta.epoch(session)
    database.dispose()
    return found


def test_restore_brings_back_rows_and_files_and_a_new_epoch(data: Settings, tmp_path: Path) -> None:
    note(data, "before")
    back_up(data, tmp_path / "b.tar")
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0
    note(data, "after")
    (data.data / "files" / "ab" / "paper").unlink()
    old = epoch(data)
    restore(data, tmp_path / "b.tar")
    assert words(data) == ["before", "server.restored"]
    assert (data.data / "files" / "ab" / "paper").read_bytes() == b"paper"
    assert epoch(data) not in ("", old)


def test_a_reader_that_was_open_sees_the_restored_state_next_time(data: Settings, tmp_path: Path) -> None:
    back_up(data, tmp_path / "b.tar")
    note(data, "after")
    database = Database(data.database)
    with database.read() as session:
        assert journal.head(session)[0] == 1
    restore(data, tmp_path / "b.tar")
    with database.read() as session:
        assert [row["action"] for row in journal._rows(session)] == ["server.restored"]
    database.dispose()


def test_a_damaged_backup_changes_nothing(data: Settings, tmp_path: Path) -> None:
    note(data, "kept")
    back_up(data, tmp_path / "b.tar")
    raw = bytearray((tmp_path / "b.tar").read_bytes())
    at = raw.find(b"paper")
    at = raw.find(b"paper", at + 600)
    raw[at] ^= 1
    (tmp_path / "b.tar").write_bytes(raw)
    with pytest.raises(Refused, match="backup_damaged"):
        restore(data, tmp_path / "b.tar")
    assert words(data) == ["kept"]


def test_an_archive_cannot_write_outside_the_data_folder(data: Settings, tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as tar:
        tar.add(__file__, "../../outside")
    with pytest.raises(Refused, match="backup_damaged"):
        restore(data, evil)
    assert not (tmp_path.parent / "outside").exists()
