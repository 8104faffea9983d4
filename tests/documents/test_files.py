"""The file store keeps every content once, whole and unchanged, or says why not."""

import hashlib
import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core.errors import Refused
from server.documents.files import CHUNK, FileStore

LIMIT = 4 << 20


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def everything(store: FileStore) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_a_content_is_stored_under_its_sha256_and_read_back(store: FileStore) -> None:
    stored = store.put(io.BytesIO(b"content"), limit=LIMIT)
    assert stored.sha256 == hashlib.sha256(b"content").hexdigest()
    assert stored.size == 7
    assert store.path(stored.sha256) == store.folder / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
    assert store.has(stored.sha256)
    assert store.read(stored.sha256) == b"content"
    assert store.verified(stored.sha256).read_bytes() == b"content"


@given(st.binary(min_size=1, max_size=3000), st.integers(1, 7))
@settings(max_examples=30, deadline=None)
def test_any_content_in_any_pieces_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, step: int
) -> None:
    class Dribble(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or step, step))

    store = FileStore(tmp_path_factory.mktemp("store"))
    assert store.read(store.put(Dribble(content), limit=LIMIT).sha256) == content


def test_the_same_content_twice_is_one_file(store: FileStore) -> None:
    first = store.put(io.BytesIO(b"same"), limit=LIMIT)
    before = store.path(first.sha256).stat()
    assert store.put(io.BytesIO(b"same"), limit=LIMIT) == first
    after = store.path(first.sha256).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(everything(store)) == 1


def test_many_writers_of_one_content_leave_one_whole_file(store: FileStore) -> None:
    content = os.urandom(CHUNK + 1)
    names: list[str] = []

    def write() -> None:
        names.append(store.put(io.BytesIO(content), limit=LIMIT).sha256)

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(names) == 8
    assert len(everything(store)) == 1
    assert store.read(names[0]) == content


def test_an_upload_over_the_limit_is_refused_early_and_leaves_nothing(store: FileStore) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return bytes(size)

    source = Endless()
    with pytest.raises(Refused) as refused:
        store.put(source, limit=3 << 20, name="to.pdf")  # type: ignore[arg-type]
    assert refused.value.code == "document_too_large"
    assert refused.value.params == {"name": "to.pdf", "limit_mb": 3}
    assert source.given <= (3 << 20) + CHUNK
    assert everything(store) == []


def test_exactly_the_limit_is_allowed(store: FileStore) -> None:
    assert store.put(io.BytesIO(bytes(100)), limit=100).size == 100
    with pytest.raises(Refused):
        store.put(io.BytesIO(bytes(101)), limit=100)


def test_an_empty_upload_is_refused(store: FileStore) -> None:
    with pytest.raises(Refused) as refused:
        store.put(io.BytesIO(b""), limit=LIMIT, name="rỗng.pdf")
    assert refused.value.code == "document_empty"
    assert everything(store) == []


def test_a_source_that_breaks_off_leaves_nothing(store: FileStore) -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(10)

    with pytest.raises(ConnectionResetError):
        store.put(Broken(bytes(100)), limit=LIMIT)
    assert everything(store) == []


@pytest.mark.parametrize("damage", [b"c0ntent", b"conten", b"content!", b""])
def test_a_damaged_file_is_refused_and_mended_by_the_next_upload(store: FileStore, damage: bytes) -> None:
    stored = store.put(io.BytesIO(b"content"), limit=LIMIT)
    path = store.path(stored.sha256)
    path.chmod(0o640)
    path.write_bytes(damage)
    for look in (store.read, store.verified):
        with pytest.raises(Refused) as refused:
            look(stored.sha256)
        assert refused.value.code == "file_damaged"
    store.put(io.BytesIO(b"content"), limit=LIMIT)
    assert store.read(stored.sha256) == b"content"


def test_a_missing_file_is_refused(store: FileStore) -> None:
    for look in (store.read, store.verified):
        with pytest.raises(Refused) as refused:
            look("0" * 64)
        assert refused.value.code == "file_missing"
    assert not store.has("0" * 64)


@pytest.mark.parametrize("name", ["", "../" * 21 + "x", "0" * 63, "0" * 65, "A" * 64, "0" * 64 + "\n", "/etc/passwd"])
def test_a_name_that_is_no_sha256_never_becomes_a_path(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.path(name)


def test_a_stored_file_is_not_writable(store: FileStore) -> None:
    stored = store.put(io.BytesIO(b"content"), limit=LIMIT)
    assert store.path(stored.sha256).stat().st_mode & 0o777 == 0o440


def test_killed_in_mid_upload_nothing_has_a_name_and_the_rest_is_swept(store: FileStore) -> None:
    script = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from server.documents.files import FileStore
        FileStore(Path({str(store.folder)!r})).put(sys.stdin.buffer, limit=1 << 30)
    """)
    child = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE)
    assert child.stdin
    child.stdin.write(bytes(3 << 20))
    child.stdin.flush()
    deadline = time.monotonic() + 20
    while not any(path.stat().st_size for path in everything(store)):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdin.close()
    (leftover,) = everything(store)
    assert leftover.parent.name == ".incoming"
    assert store.sweep() == 0, "a young upload may still be running"
    os.utime(leftover, (0, 0))
    assert store.sweep() == 1
    assert everything(store) == []
