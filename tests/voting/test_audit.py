"""A ballot or a result that was tampered with is named."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, insert, select, update

from server.cli import main
from server.core import logs
from server.core.writer import Tx
from server.voting import audit, records
from server.voting.audit import check_ballots
from server.voting.findings import IN_VIETNAMESE
from server.voting.models import Ballot, Elector, Poll
from server.voting.records import ResultRecord
from tests.voting.conftest import Vote


@pytest.fixture
def nghisu_verify(vote: Vote, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Result]:
    """The command, beside the running server."""
    monkeypatch.setattr(logs, "configure", lambda _level: None)  # it is for a process of its own
    settings = vote.scene.services.settings
    environ: dict[str, str | None] = dict.fromkeys(("NGHISU_TEST_POSTGRES", "NGHISU_TEST_STORE"))
    environ |= {"NGHISU_DATA": str(settings.data), "NGHISU_DATABASE_URL": settings.database_url}
    return lambda: CliRunner().invoke(main, ["verify"], env=environ)


def findings(vote: Vote) -> list[str]:
    with vote.scene.services.database.read() as session:
        return [str(found) for found in check_ballots(session, vote.scene.services.keys)]


@pytest.fixture
def counted(vote: Vote) -> Vote:
    """Two ballots of three were cast, one of them changed; the vote is closed."""
    vote.begin(changeable=True)
    vote.cast(vote.people[0], "against")
    vote.cast(vote.people[0], "for")
    vote.cast(vote.people[1], "against")
    vote.step("close")
    return vote


def test_untouched_ballots_and_results_pass(counted: Vote) -> None:
    assert findings(counted) == []


def test_ballots_of_an_open_vote_pass_too(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    assert findings(vote) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (lambda v: update(Ballot).where(Ballot.participant_id == v.people[1]).values(choice="for"),
         ["ballot of participant {1}: was changed after it was cast", "result: does not follow from the ballots"]),
        (lambda v: update(Ballot).where(Ballot.participant_id == v.people[1]).values(cast_ms=1),
         ["ballot of participant {1}: was changed after it was cast"]),
        (lambda v: update(Ballot).where(Ballot.participant_id == v.people[0]).values(serial=1),
         ["ballot of participant {0}: was changed after it was cast"]),
        (lambda v: delete(Ballot).where(Ballot.participant_id == v.people[0]),
         ["ballot of participant {0}: was removed after it was cast", "result: does not follow from the ballots"]),
        (lambda v: insert(Ballot).values(
            poll_id=v.poll, participant_id=v.people[2], choice="for", cast_ms=1, serial=1),
         ["ballot of participant {2}: was added without being cast", "result: does not follow from the ballots"]),
        (lambda _v: update(Poll).values(numerator=2, denominator=3),
         ["result: does not follow from the ballots", "vote: is not as it was opened"]),
        (lambda _v: update(Poll).values(base_count=4),
         ["result: does not follow from the ballots", "vote: is not as it was opened"]),
        (lambda _v: update(Poll).values(title="Câu hỏi khác"),
         ["result: does not follow from the ballots", "vote: is not as it was opened"]),
        (lambda _v: update(Poll).values(motion="Nội dung khác"),
         ["result: does not follow from the ballots", "vote: is not as it was opened"]),
        (lambda v: delete(Elector).where(Elector.participant_id == v.people[3]), ["vote: is not as it was opened"]),
        (lambda _v: update(Poll).values(state="published"), ["vote: is not in the state that the journal names"]),
        (lambda _v: update(Poll).values(state="annulled"), ["vote: is not in the state that the journal names"]),
        (lambda _v: delete(ResultRecord), ["result record: was removed"]),
        (lambda _v: update(ResultRecord).values(signature="00" * 64), ["result record: is not signed by this server"]),
        (lambda _v: update(ResultRecord).values(sha256="0" * 64), ["result record: was changed after it was sealed"]),
    ],
)
def test_tampering_is_named(counted: Vote, statement: Callable[[Vote], Any], expected: list[str]) -> None:
    def command(tx: Tx) -> None:
        tx.execute(statement(counted))

    counted.scene.run(command)
    assert findings(counted) == [
        f"poll {counted.poll}, {line.format(*counted.people)}" for line in expected
    ]


@pytest.mark.parametrize("change", [{"base_count": 3, "needed": 2}, {"options": ["A", "Z"]}, {"choose_most": 2}])
def test_what_is_changed_while_the_vote_is_open_is_found_though_the_record_agrees(
    vote: Vote, change: dict[str, Any]
) -> None:
    vote.begin(kind="choice", options=["A", "B"])
    vote.scene.run(lambda tx: tx.execute(update(Poll).values(**change)))
    vote.step("close")
    assert findings(vote) == [f"poll {vote.poll}, vote: is not as it was opened"]


def test_an_annulled_vote_does_not_come_back_unseen(counted: Vote) -> None:
    counted.step("annul", reason="Sai danh sách", again=False)
    assert findings(counted) == []
    back = update(Poll).values(state="published", annulled_at=None, annulled_reason=None)
    counted.scene.run(lambda tx: tx.execute(back))
    assert findings(counted) == [f"poll {counted.poll}, vote: is not in the state that the journal names"]


def test_the_command_names_a_changed_ballot_and_fails(counted: Vote, nghisu_verify: Callable[[], Result]) -> None:
    good = nghisu_verify()
    assert (good.exit_code, [line[:3] for line in good.output.splitlines()]) == (0, ["OK:", "OK:"])
    change = update(Ballot).where(Ballot.participant_id == counted.people[1]).values(choice="for")
    counted.scene.run(lambda tx: tx.execute(change))
    bad = nghisu_verify()
    assert bad.exit_code == 1
    named = f"poll {counted.poll}, ballot of participant {counted.people[1]}: was changed"
    assert named in bad.output
    assert bad.output.startswith("OK: ")  # the chain itself is whole


def test_the_audit_page_tells_of_a_changed_ballot(counted: Vote, client: Callable[..., Any]) -> None:
    administrator = client("administrator")
    assert administrator.get("/api/journal/verify").json["ok"] is True
    counted.scene.run(lambda tx: tx.execute(delete(Ballot).where(Ballot.participant_id == counted.people[0])))
    told = administrator.get("/api/journal/verify").json
    assert (told["ok"], told["broken_seq"]) == (False, None)
    assert [one["text"] for one in told["findings"]] == [
        "Biểu quyết “Thông qua nghị quyết”: phiếu của Nguyễn Thị Hà bị xóa sau khi đã bỏ.",
        "Biểu quyết “Thông qua nghị quyết”: kết quả không khớp với các phiếu đã bỏ.",
    ]
    assert "the ballot of Nguyễn Thị Hà was removed after it was cast" in told["findings"][0]["text_en"]


def test_one_other_digit_or_letter_anywhere_in_a_record_is_found(counted: Vote) -> None:
    whole = counted.scene.rows(ResultRecord)[0].text

    def write(text: str) -> None:
        counted.scene.run(lambda tx: tx.execute(update(ResultRecord).values(text=text)))

    for at in range(0, len(whole), 7):
        write(whole[:at] + ("2" if whole[at] == "1" else "1") + whole[at + 1 :])
        assert f"poll {counted.poll}, result record: was changed after it was sealed" in findings(counted), at
    write(whole)
    assert findings(counted) == []


def test_a_record_that_was_changed_with_its_hash_is_not_the_one_of_the_journal(counted: Vote) -> None:
    def change(tx: Tx) -> None:
        record = tx.scalars(select(ResultRecord)).one()
        record.text = record.text.replace('"votes_for":1', '"votes_for":2')
        record.sha256 = records.digest(record.text)

    counted.scene.run(change)
    assert findings(counted) == [
        f"poll {counted.poll}, result record: is not the one that the journal names",
        f"poll {counted.poll}, result: does not follow from the ballots",
    ]


def test_every_reason_of_the_audit_has_vietnamese_words() -> None:
    said = Path(audit.__file__).read_text() + Path(records.__file__).read_text()
    reasons = set(re.findall(r'"((?:was|is|does) [a-z ]+)"', said))
    assert reasons == set(IN_VIETNAMESE)
