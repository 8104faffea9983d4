"""The writer: what waits together is committed together, and nobody's failure is a neighbour's."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from server.core import journal
from server.core.access import SYSTEM
from server.core.errors import Refused
from server.core.journal import Draft, TopicVersion
from server.core.services import Services
from server.core.writer import Tx, Writer
from server.people.models import Unit
from tests.conftest import STORE

sqlite_only = pytest.mark.skipif(STORE != "sqlite", reason="speaks to SQLite in its own words")


@pytest.fixture
def writer(any_store: str, services: Services) -> Writer:
    return services.writer


def unit(name: str) -> Callable[[Tx], str]:
    """A command that makes a unit and says so."""

    def command(tx: Tx) -> str:
        tx.add(Unit(name=name, path="/"))
        tx.record("unit.made", SYSTEM, name=name)
        tx.touch(f"test/{name}")
        return name

    return command


def make_units(tx: Tx, names: list[str]) -> list[str | Refused]:
    """A batch handler: makes a unit of each; "no" is refused, "broken" breaks the whole batch after writing."""
    good = [name for name in names if name != "no"]
    tx.add_all(Unit(name=name, path="/") for name in good)
    tx.flush()
    tx.append_many(
        [Draft("unit.made", "system", "", "", None, {"name": name}) for name in good],
        [{f"test/{name}"} for name in good],
    )
    if "broken" in names:
        raise ZeroDivisionError
    return [Refused("forbidden") if name == "no" else name for name in names]


def stored(writer: Writer) -> set[str]:
    with writer.database.read() as session:
        return set(session.scalars(select(Unit.name)))


def journalled(writer: Writer) -> list[str]:
    with writer.database.read() as session:
        assert journal.verify(session) is None
        return [row["data"]["name"] for row in journal._rows(session) if row["action"] == "unit.made"]


def versions(writer: Writer) -> dict[str, int]:
    with writer.database.read() as session:
        return {row[0]: row[1] for row in session.execute(select(TopicVersion.topic, TopicVersion.version))}


@contextmanager
def held(writer: Writer) -> Iterator[None]:
    """Keep the writer busy meanwhile, so that what is sent waits together."""
    gate, inside = threading.Event(), threading.Event()

    def hold(_tx: Tx) -> None:
        inside.set()
        gate.wait(10)

    thread = threading.Thread(target=writer.run, args=(hold,))
    thread.start()
    assert inside.wait(10)
    yield
    gate.set()
    thread.join()


def together(writer: Writer, works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it in one group, in this order; answers what each returned or raised."""
    answers: list[Any] = [None] * len(works)

    def run(place: int) -> None:
        try:
            answers[place] = works[place]()
        except Exception as error:
            answers[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    with held(writer):
        for number, thread in enumerate(threads, 1):
            thread.start()
            while writer._queue.qsize() < number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    return answers


@sqlite_only
def test_an_answer_comes_after_a_durable_commit(services: Services) -> None:
    assert services.writer.run(unit("a")) == "a"
    assert {"a"} <= stored(services.writer)
    with services.database.writer.connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL: survives a power cut
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_what_waits_together_is_one_commit(writer: Writer) -> None:
    before = writer.groups
    names = [f"u{number}" for number in range(40)]
    answers = together(writer, [lambda name=name: writer.run(unit(name)) for name in names])
    assert answers == names
    assert writer.groups == before + 2  # the one that held it, and all forty
    assert journalled(writer) == names
    assert set(names) <= stored(writer)


def test_a_refused_or_broken_command_leaves_its_neighbours_alone(writer: Writer) -> None:
    def refused(tx: Tx) -> None:
        unit("refused")(tx)
        tx.flush()
        raise Refused("forbidden")

    def broken(tx: Tx) -> None:
        unit("broken")(tx)
        tx.flush()
        raise KeyError("programmer")

    answers = together(writer, [
        lambda: writer.run(unit("a")), lambda: writer.run(refused), lambda: writer.run(broken),
        lambda: writer.run(unit("b")),
    ])
    assert (answers[0], answers[3]) == ("a", "b")
    assert (answers[1].code, type(answers[2])) == ("forbidden", KeyError)
    assert journalled(writer) == ["a", "b"]
    assert stored(writer) == {"a", "b"}
    assert set(versions(writer)) == {"test/a", "test/b"}


def test_journal_data_that_is_no_json_fails_alone_and_leaves_no_gap(writer: Writer) -> None:
    def strange(tx: Tx) -> None:
        unit("strange")(tx)
        tx._drafts.clear()
        tx.record("unit.made", SYSTEM, name=object())

    answers = together(writer, [
        lambda: writer.run(unit("a")), lambda: writer.run(strange), lambda: writer.run(unit("b")),
    ])
    assert isinstance(answers[1], TypeError)
    assert journalled(writer) == ["a", "b"]


def test_a_command_says_once_what_it_did(writer: Writer) -> None:
    def twice(tx: Tx) -> None:
        unit("a")(tx)
        tx.record("again", SYSTEM)

    def silent(tx: Tx) -> None:
        tx.touch("test/x")

    with pytest.raises(RuntimeError, match="exactly one"):
        writer.run(twice)
    with pytest.raises(RuntimeError, match="must record"):
        writer.run(silent)
    assert stored(writer) == set()
    assert versions(writer) == {}


def test_a_topics_version_is_the_number_of_the_row_that_changed_it(writer: Writer) -> None:
    for name in ("a", "b", "a"):
        writer.run(unit(name))
    assert versions(writer) == {"test/a": 3, "test/b": 2}


def test_a_batch_takes_all_that_wait_in_one_call(writer: Writer) -> None:
    calls: list[list[str]] = []

    def noting(tx: Tx, names: list[str]) -> list[str | Refused]:
        calls.append(names)
        return make_units(tx, names)

    names = [f"u{number}" for number in range(30)]
    answers = together(writer, [lambda name=name: writer.run_batched(noting, name) for name in [*names, "no"]])
    assert answers[:-1] == names
    assert answers[-1].code == "forbidden"
    assert calls == [[*names, "no"]]
    assert journalled(writer) == names
    assert versions(writer)["test/u29"] == 30


def test_a_bound_method_is_one_batch_too(writer: Writer) -> None:
    class Box:
        def put(self, tx: Tx, names: list[str]) -> list[str | Refused]:
            return make_units(tx, names)

    box = Box()
    answers = together(writer, [lambda name=name: writer.run_batched(box.put, name) for name in ("a", "b", "c")])
    assert answers == ["a", "b", "c"]
    assert stored(writer) == {"a", "b", "c"}


@pytest.mark.parametrize("breaking", ["broken", "short"])
def test_a_broken_batch_leaves_neither_rows_nor_journal_nor_topics(writer: Writer, breaking: str) -> None:
    def batch(tx: Tx, names: list[str]) -> list[str | Refused]:
        answers = make_units(tx, names)
        return answers[1:] if breaking == "short" else answers

    answers = together(writer, [
        lambda: writer.run(unit("before")), lambda: writer.run_batched(batch, "x"),
        lambda: writer.run_batched(batch, "broken" if breaking == "broken" else "y"), lambda: writer.run(unit("after")),
    ])
    assert (answers[0], answers[3]) == ("before", "after")
    assert [answer.code for answer in answers[1:3]] == ["busy", "busy"]
    assert journalled(writer) == ["before", "after"]
    assert stored(writer) == {"before", "after"}
    assert set(versions(writer)) == {"test/before", "test/after"}


def test_batches_come_before_single_commands_of_their_group(writer: Writer) -> None:
    together(writer, [lambda: writer.run(unit("close")), lambda: writer.run_batched(make_units, "ballot")])
    assert journalled(writer) == ["ballot", "close"]


@sqlite_only
def test_a_failed_commit_is_busy_for_all_and_nothing_has_happened(services: Services) -> None:
    writer = services.writer

    def poison(tx: Tx) -> None:
        # A foreign key that is checked at the commit only: the commit itself fails.
        tx.execute(text("PRAGMA defer_foreign_keys = ON"))
        tx.execute(text("INSERT INTO role_grant (account_id, role, unit_id) VALUES (999, 'x', 999)"))

    def refused(_tx: Tx) -> None:
        raise Refused("forbidden")

    published: list[dict[str, int]] = []
    writer.published = published.append
    answers = together(writer, [
        lambda: writer.run(unit("a")), lambda: writer.run(poison), lambda: writer.run(refused),
        lambda: writer.run_batched(make_units, "b"),
    ])
    assert [answer.code for answer in answers] == ["busy"] * 4
    assert stored(writer) == set()
    assert journalled(writer) == []
    assert published == []
    assert writer.run(unit("later")) == "later"
    assert journalled(writer) == ["later"]


def test_topics_are_announced_after_the_commit(writer: Writer) -> None:
    seen: list[tuple[dict[str, int], set[str]]] = []
    writer.published = lambda touched: seen.append((touched, stored(writer)))
    writer.run(unit("a"))
    assert seen == [({"test/a": 1}, {"a"})]


def test_an_announcement_that_fails_ends_nothing(writer: Writer) -> None:
    def failing(_touched: dict[str, int]) -> None:
        raise OSError("nobody listens")

    writer.published = failing
    assert writer.run(unit("a")) == "a"
    assert writer.run(unit("b")) == "b"


def test_a_command_that_waits_for_another_is_told_so(writer: Writer) -> None:
    with pytest.raises(RuntimeError, match="wait for itself"):
        writer.run(lambda _tx: writer.run(unit("inner")))
    assert writer.run(unit("a")) == "a"


def test_another_process_that_writes_is_waited_for(services: Services) -> None:
    other = sqlite3.connect(services.settings.data / "nghisu.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, other.execute, ("COMMIT",)).start()
    assert services.writer.run(unit("a")) == "a"
    other.close()


def test_two_writers_of_one_database_keep_one_chain(services: Services) -> None:
    writers = [services.writer, Writer(services.database), Writer(services.database)]
    threads = [
        threading.Thread(target=lambda w=writer, k=kind: [w.run(unit(f"{k}{number}")) for number in range(15)])
        for kind, writer in zip("xyz", writers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(journalled(services.writer)) == sorted(f"{kind}{number}" for kind in "xyz" for number in range(15))


def test_an_error_of_the_database_tells_the_log_no_values(writer: Writer) -> None:
    def command(tx: Tx) -> None:
        for _ in range(2):
            tx.execute(insert(Unit).values(id=1, name="secret!", path="/"))

    with pytest.raises(IntegrityError) as caught:
        writer.run(command)
    assert "secret!" not in repr(caught.value) + str(caught.value)


def test_a_transaction_that_the_database_undid_by_itself_is_busy_for_all(services: Services) -> None:
    writer = services.writer

    def undone(tx: Tx) -> None:  # what SQLite does when the disk is full in the midst of a statement
        tx.connection().connection.driver_connection.rollback()  # type: ignore[union-attr]
        raise OSError("disk full")

    works = [lambda: writer.run(unit("before")), lambda: writer.run(undone), lambda: writer.run(unit("after"))]
    answers = together(writer, works)
    assert [getattr(answer, "code", answer) for answer in answers] == ["busy"] * 3
    assert stored(writer) == set()
    assert journalled(writer) == []
    assert writer.run(unit("again")) == "again"
