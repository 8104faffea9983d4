"""The hash chain: whatever was changed, removed or added is found and named by its first broken row."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, insert, update
from sqlalchemy.orm import Session

from server.core import journal
from server.core.access import SYSTEM
from server.core.journal import GENESIS, Chain, Draft, JournalEntry, row_hash
from server.core.services import Services
from server.core.writer import Tx


@pytest.fixture
def five(any_store: str, services: Services) -> Services:
    """Five rows about Vietnamese words."""
    for number, word in enumerate(("một", "hai", "ba", "bốn", "năm"), 1):
        services.writer.run(lambda tx, number=number, word=word: tx.record("noted", SYSTEM, 7, word=word, n=number))
    return services


def broken(services: Services) -> journal.Break | None:
    with services.database.read() as session:
        return journal.verify(session)


def tamper(services: Services, *statements: Any) -> None:
    def command(tx: Tx) -> None:
        for statement in statements:
            tx.execute(statement)

    services.writer.run(command)


def test_an_untouched_chain_holds_and_tells_its_head(five: Services) -> None:
    assert broken(five) is None
    with five.database.read() as session:
        rows = list(journal._rows(session))
        assert journal.head(session) == (5, rows[-1]["hash"])
    assert rows[0]["prev"] == GENESIS
    assert [row["prev"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]


def test_an_empty_chain_holds(services: Services) -> None:
    assert broken(services) is None
    with services.database.read() as session:
        assert journal.head(session) == (0, GENESIS)


@pytest.mark.parametrize(
    "change",
    [
        {"at": 1}, {"actor": "account:9"}, {"actor_name": "Khác"}, {"origin": "nơi khác"}, {"action": "other"},
        {"meeting_id": None}, {"meeting_id": 8}, {"data": {"word": "ba", "n": 4}}, {"data": {}},
    ],
)
def test_a_changed_row_is_named(five: Services, change: dict[str, Any]) -> None:
    tamper(five, update(JournalEntry).where(JournalEntry.seq == 3).values(**change))
    found = broken(five)
    assert found is not None
    assert (found.seq, "changed" in found.reason) == (3, True)


def test_a_changed_row_with_a_new_hash_breaks_the_next(five: Services) -> None:
    with five.database.read() as session:
        row = dict(list(journal._rows(session))[2])
    row["data"] = {"word": "đổi"}
    tamper(five, update(JournalEntry).where(JournalEntry.seq == 3).values(data=row["data"], hash=row_hash(row)))
    found = broken(five)
    assert found is not None
    assert (found.seq, "does not follow" in found.reason) == (4, True)


@pytest.mark.parametrize("seq", [1, 3])
def test_a_removed_row_is_named(five: Services, seq: int) -> None:
    tamper(five, delete(JournalEntry).where(JournalEntry.seq == seq))
    found = broken(five)
    assert found is not None
    assert (found.seq, "missing" in found.reason) == (seq, True)


def test_two_rows_that_changed_places_are_found(five: Services) -> None:
    move = update(JournalEntry)
    tamper(
        five, move.where(JournalEntry.seq == 3).values(seq=99), move.where(JournalEntry.seq == 4).values(seq=3),
        move.where(JournalEntry.seq == 99).values(seq=4),
    )
    found = broken(five)
    assert found is not None
    assert found.seq == 3


def test_an_added_row_is_found(five: Services) -> None:
    row = {"seq": 6, "at": 1, "actor": "x", "actor_name": "", "origin": "", "action": "added", "meeting_id": None,
           "data": {}, "prev": "f" * 64}
    tamper(five, insert(JournalEntry).values(**row, hash=row_hash(row)))
    found = broken(five)
    assert found is not None
    assert found.seq == 6


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.text(st.characters(exclude_categories=("Cs",)), max_size=8), inner, max_size=4
    ),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.text("abc", max_size=3), JSON, max_size=3), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_whatever_a_command_notes_reads_back_to_the_same_hash(notes: list[dict[str, Any]]) -> None:
    engine = create_engine("sqlite://")
    JournalEntry.metadata.create_all(engine, [JournalEntry.__table__])  # type: ignore[list-item]
    with Session(engine) as session:
        chain = Chain(session)
        for note in notes:
            chain.append(Draft("noted", "system", "Hệ thống", "", None, note), 1)
        chain.flush(session)
        assert journal.verify(session) is None
        assert Chain(session).hash == chain.hash
    engine.dispose()


def test_a_rewound_chain_goes_on_without_a_gap(services: Services) -> None:
    def command(tx: Tx) -> None:
        mark = tx.chain.mark()
        tx.chain.append(Draft("forgotten", "system", "", ""), 1)
        tx.chain.rewind(mark)
        tx.record("kept", SYSTEM)

    services.writer.run(command)
    assert broken(services) is None
    with services.database.read() as session:
        assert [row["action"] for row in journal._rows(session)] == ["kept"]


def test_what_is_no_json_is_not_counted(services: Services) -> None:
    with services.database.read() as session:
        chain = Chain(session)
        with pytest.raises(TypeError):
            chain.append(Draft("strange", "system", "", "", None, {"x": object()}), 1)
        assert chain.append(Draft("good", "system", "", ""), 1) == 1
