"""Settings: environment over file over defaults; a wrong one is named in one line."""

from pathlib import Path

import pytest

from server.core.config import ConfigError, load


def test_environment_wins_over_file_and_file_over_default(tmp_path: Path) -> None:
    (tmp_path / "nghisu.toml").write_text('port = 9000\nhost = "0.0.0.0"\n')
    found = load({"NGHISU_DATA": str(tmp_path), "PORT": "9001"})
    assert (found.port, found.host, found.session_hours) == (9001, "0.0.0.0", 12)
    assert found.database == f"sqlite:///{tmp_path / 'nghisu.db'}"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"PORT": "80a"}, "setting port"),
        ({"PORT": "70000"}, "setting port"),
        ({"NGHISU_PROFILE": "cloud"}, "setting profile"),
        ({"NGHISU_UPLOADMB": "5"}, "setting NGHISU_UPLOADMB"),
        ({"NGHISU_DATABASE_URL": "nghisu.db"}, "setting database_url"),
        ({"DATABASE_URL": "mysql://u:p@host/x"}, "setting database_url"),
        ({"NGHISU_CONFIG": "/nowhere/at/all.toml"}, "NGHISU_CONFIG"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(environ: dict[str, str], named: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load({"NGHISU_DATA": str(tmp_path), **environ})
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "nghisu.toml").write_text("port = = 1")
    with pytest.raises(ConfigError, match=r"nghisu\.toml"):
        load({"NGHISU_DATA": str(tmp_path)})


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nghisu.toml").write_text("prot = 1")
    with pytest.raises(ConfigError, match="prot"):
        load({"NGHISU_DATA": str(tmp_path)})


def test_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    found = load({"NGHISU_DATA": str(tmp_path)})
    assert found.folder("keys").stat().st_mode & 0o077 == 0


def test_the_password_in_a_wrong_database_url_is_not_printed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load({"NGHISU_DATA": str(tmp_path), "DATABASE_URL": "mysql://u:tellnobody@host/x"})
    assert "tellnobody" not in str(caught.value)


@pytest.mark.parametrize("place", ["/proc/nghisu", "/dev/full", "/sys/nghisu"])
def test_a_data_folder_that_keeps_nothing_is_named_in_one_line(place: str) -> None:
    with pytest.raises(ConfigError, match=f"^setting data: {place}: [^\n]+$"):
        load({"NGHISU_DATA": place, "NGHISU_CONFIG": ""}).require_data_folder()


def test_nobody_else_on_the_machine_reads_the_data_folder(tmp_path: Path) -> None:
    by_start, by_folder = (load({"NGHISU_DATA": str(tmp_path / name)}) for name in ("a", "b"))
    by_start.require_data_folder()
    by_folder.folder("files")
    assert [one.data.stat().st_mode & 0o077 for one in (by_start, by_folder)] == [0, 0]
