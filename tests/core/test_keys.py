"""Keys are made once, are bound to a purpose, and are checked whole."""

import threading
from pathlib import Path

import pytest

from server.core.keys import Keys


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(Keys(tmp_path).derive("x"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["root.key"]
    assert (tmp_path / "root.key").stat().st_mode & 0o777 == 0o600


def test_a_mac_of_one_purpose_is_nothing_to_another(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    mac = keys.mac("invitation", b"17")
    assert keys.check("invitation", b"17", mac[:10])
    assert not keys.check("invitation", b"18", mac[:10])
    assert not keys.check("pin", b"17", mac)
    assert not keys.check("invitation", b"17", mac[:9])


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "root.key").write_bytes(b"short")
    with pytest.raises(RuntimeError, match="backup"):
        Keys(tmp_path)


def test_a_signature_speaks_for_one_text_and_one_server(tmp_path: Path) -> None:
    keys, other = Keys(tmp_path / "ours"), Keys(tmp_path / "theirs")
    signature = keys.sign(b"46")
    assert keys.verify(b"46", signature)
    assert Keys(tmp_path / "ours").verify(b"46", signature)
    assert not keys.verify(b"47", signature)
    assert not other.verify(b"46", signature)
    assert not keys.verify(b"46", signature[:-2])
    assert not keys.verify(b"46", "no hex")
