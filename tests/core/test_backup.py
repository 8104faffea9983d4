"""Backup and restore: a consistent moment, damage is found before anything changes, screens get a new epoch."""

import sqlite3
import tarfile
from pathlib import Path

import pytest

from server import backup
from server.backup import back_up, restore
from server.core import journal, meta
from server.core.access import SYSTEM
from server.core.config import Settings
from server.core.db import Database
from server.core.errors import Refused
from server.core.services import Services
from server.core.writer import Tx, Writer
from server.migrations import newest
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


def test_an_upload_on_its_way_is_left_out(data: Settings, tmp_path: Path) -> None:
    (data.folder("files") / ".incoming").mkdir()
    (data.data / "files" / ".incoming" / "half").write_bytes(b"half a")
    back_up(data, tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert [name for name in tar.getnames() if name.startswith("files/")] == ["files/ab/paper"]


def test_a_backup_of_a_newer_program_changes_nothing(data: Settings, tmp_path: Path) -> None:
    set_revision(data, "9999")
    back_up(data, tmp_path / "b.tar")
    set_revision(data, newest())
    note(data, "kept")
    before = epoch(data)
    with pytest.raises(Refused, match="backup_newer"):
        restore(data, tmp_path / "b.tar")
    assert (words(data), epoch(data)) == (["kept"], before)


def test_a_restored_database_is_brought_up_to_date_before_it_goes_live(
    data: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(data, tmp_path / "b.tar")
    monkeypatch.setattr(backup, "_copy_database", lambda *_of: (_ for _ in ()).throw(KeyboardInterrupt))
    upgraded: list[str] = []
    monkeypatch.setattr(backup, "upgrade", lambda engine: upgraded.append(str(engine.url.database)))
    before = epoch(data)
    with pytest.raises(KeyboardInterrupt):  # killed just before the one step that changes the live database
        restore(data, tmp_path / "b.tar")
    assert (words(data), epoch(data)) == ([], before)
    assert len(upgraded) == 1
    assert upgraded[0] != str(data.data / "nghisu.db")


def test_a_running_server_takes_the_restored_keys(services: Services, tmp_path: Path) -> None:
    settings = services.settings
    back_up(settings, tmp_path / "b.tar")
    of_backup = services.keys.derive("pin")
    (settings.data / "keys" / "root.key").unlink()
    services.keys.reload()
    assert services.keys.derive("pin") != of_backup
    restore(settings, tmp_path / "b.tar")
    services.forget_all()  # what the word `restored` on the bus brings about
    assert services.keys.derive("pin") == of_backup


def set_revision(settings: Settings, revision: str) -> None:
    with sqlite3.connect(settings.data / "nghisu.db") as rows:
        rows.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    rows.close()
