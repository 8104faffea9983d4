"""Stored answers are kept two days and no longer; a queue that fails never undoes what was done."""

from datetime import timedelta

import pytest
import time_machine

from server.core import clock, housekeeping, idempotency
from server.core.idempotency import StoredAnswer
from server.core.jobs import Workshop
from server.core.services import Services
from server.documents import work


def keys_left(services: Services) -> list[str]:
    with services.database.read() as session:
        return sorted(row.key for row in session.query(StoredAnswer))


def test_old_answers_are_thrown_away_and_new_ones_kept(services: Services) -> None:
    def answer(key: str) -> None:
        services.writer.run(lambda tx: idempotency.keep(tx, "account:1", key, "f", None))

    shop = Workshop(services.settings, services.database, services.writer, services.bus, services.jobs)
    answer("old-key-1")
    with time_machine.travel(clock.now() + timedelta(hours=47), tick=False):
        answer("new-key-1")
        housekeeping.purge(shop)
        assert keys_left(services) == ["new-key-1", "old-key-1"]
    with time_machine.travel(clock.now() + timedelta(hours=49), tick=False):
        housekeeping.purge(shop)
        assert keys_left(services) == ["new-key-1"]


def test_a_queue_that_cannot_be_written_does_not_fail_what_was_done(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_asked: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(services.jobs._queue.storage, "enqueue", full)
    services.jobs.add(work.RENDER)
    with pytest.raises(KeyError):
        services.jobs.add("no such job")
