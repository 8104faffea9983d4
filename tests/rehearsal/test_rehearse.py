"""`nghisu rehearse` against a real server: the whole sitting, with a restart in the middle of the vote."""

import json

import pytest
from click.testing import CliRunner

from server.cli import main
from server.core import journal
from server.core.db import Database
from tests.bench.house import house

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]


def test_a_rehearsal_runs_through_a_restart_and_loses_nothing() -> None:
    with house(1) as server:
        pid = server.folder / "run" / "web.pid"
        run = CliRunner(env={"NGHISU_DATA": str(server.folder)}).invoke(main, [
            "rehearse", "--url", server.url, "--seats", "30", "--pushes", "3", "--json",
            "--restart", f"kill -9 $(cat {pid})",
        ])
        assert run.exit_code == 0, run.output
        found = json.loads(run.stdout)
        assert found["ballots"] == {"cast": 30, "acknowledged": 30, "stored": 30}
        assert (found["seats"], found["lost"], found["doubled"]) == (30, 0, 0)
        assert set(found["push_last_seat_ms"]) == {"p50", "p95", "p99"}
        assert found["back_after_restart_s"] > 0
        database = Database(f"sqlite:///{server.folder / 'nghisu.db'}")
        with database.read() as session:
            assert journal.verify(session) is None
        database.dispose()


def test_without_key_and_account_it_says_what_is_missing(tmp_path: object) -> None:
    run = CliRunner(env={"NGHISU_DATA": str(tmp_path)}).invoke(main, ["rehearse", "--url", "http://127.0.0.1:9"])
    assert run.exit_code == 1
    assert "--account" in run.output


def test_a_server_that_is_not_there_is_one_line() -> None:
    run = CliRunner(env={"NGHISU_REHEARSE_PASSWORD": "x"}).invoke(
        main, ["rehearse", "--url", "ftp://somewhere", "--account", "a"]
    )
    assert run.exit_code == 1
    assert len(run.output.strip().splitlines()) == 1
