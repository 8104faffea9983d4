"""A station's entry log: every ballot, the sums of the valid ones, and whether it is finished."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from server.voting.paper.sheets.log import log_pdf
from server.voting.paper.sheets.shapes import Kind, LogEntry, Mark, StationLog
from tests.voting.paper_sheets.samples import ISSUER, TITLE, ZONE, pages_of, people

KEPT, STRUCK = Mark.KEPT, Mark.STRUCK


def log(**more: Any) -> StationLog:
    """Three candidates, five ballots: one not issued, one with too many."""
    entries = (
        LogEntry(1, (KEPT, STRUCK, KEPT)), LogEntry(2, (KEPT, KEPT, STRUCK)),
        LogEntry(3, (), "không do Ban kiểm phiếu phát ra"), LogEntry(4, (KEPT, KEPT, KEPT), "bầu quá số lượng"),
        LogEntry(5, (STRUCK, STRUCK, KEPT)),
    )
    return StationLog(**{
        "kind": Kind.SURPLUS, "issuer": ISSUER, "meeting": "Đại hội thử", "title": TITLE, "station": 2,
        "teller": "Đỗ Thị Giả Định", "lines": people(3), "entries": entries, "returned": 5,
        "committed_at": datetime(2026, 11, 25, 9, 40, tzinfo=ZONE), "seal": "ab12" * 16, **more,
    })


def test_every_ballot_is_in_the_log_as_it_was_entered_and_only_valid_ones_are_summed_up() -> None:
    text = " ".join(pages_of(log_pdf(log())))
    rows = [
        "1 B – B", "2 B B –", "3 Không hợp lệ: không do Ban kiểm phiếu phát ra", "4 B B B bầu quá số lượng", "5 – – B",
        "Cộng B 2 1 2", "Cộng – 1 2 1",
    ]
    places = [text.index(row) for row in rows]
    assert places == sorted(places)


def test_the_log_says_whose_it_is_and_whether_it_is_finished() -> None:
    text = " ".join(pages_of(log_pdf(log())))
    for words in (
        "NHẬT KÝ NHẬP PHIẾU BẦU", "Máy nhập số 2", "Đỗ Thị Giả Định", "đã chốt hồi 09 giờ 40 phút",
        "Số phiếu thu về theo máy này: 5; đã nhập: 5; hợp lệ: 3; không hợp lệ: 2", "ab12" * 16, "NGƯỜI NHẬP PHIẾU",
    ):
        assert words in text
    draft = " ".join(pages_of(log_pdf(log(committed_at=None, returned=None, seal=""))))
    assert "BẢN NHÁP" in draft
    assert "chốt" not in draft
    assert "theo máy này: chưa ghi" in draft


@pytest.mark.parametrize(("kind", "marks", "row"), [
    (Kind.NO_SURPLUS, (Mark.FOR, Mark.AGAINST, Mark.BOTH, Mark.NEITHER), "1 Đ K 2 0"),
    (Kind.CONFIDENCE, (Mark.HIGH, Mark.PLAIN, Mark.LOW, Mark.SEVERAL, Mark.NONE), "1 C T H 2 0"),
])
def test_every_mark_has_a_letter_and_its_meaning(kind: Kind, marks: tuple[Mark, ...], row: str) -> None:
    text = " ".join(pages_of(log_pdf(log(kind=kind, lines=people(len(marks)), entries=(LogEntry(1, marks),)))))
    assert row in text
    assert all(f"Cộng {letter}" in text for letter in row.split()[1:])
    assert ("TÍN NHIỆM" in text) == (kind is Kind.CONFIDENCE)


def test_a_congress_fits_with_every_ballot_once_and_sums_beside_the_signatures() -> None:
    """348 ballots, 60 candidates; and 75 candidates in two tables."""
    for count, pages_needed in ((60, 11), (75, 20)):
        marks = tuple(KEPT if place % 7 else STRUCK for place in range(count))
        entries = tuple(LogEntry(number, marks) for number in range(1, 349))
        pages = pages_of(log_pdf(log(lines=people(count), entries=entries, returned=348)))
        assert len(pages) == pages_needed
        assert all(f"Trang {place}/{pages_needed}" in page for place, page in enumerate(pages, 1))
        assert all(page.startswith("Phiếu số") for page in pages[1:])
        assert "Cộng B" in pages[-1]
        assert "NGƯỜI NHẬP PHIẾU" in pages[-1]
        row = " ".join("B" if place % 7 else "–" for place in range(60))
        text = " ".join(pages)
        assert text.count(row) == 348


def test_entries_that_miss_a_mark_are_not_printed_as_if_they_were_whole() -> None:
    for wrong in (LogEntry(6, (KEPT,)), LogEntry(6), LogEntry(6, (KEPT,) * 4)):
        with pytest.raises(ValueError, match="entries"):
            log_pdf(log(entries=(wrong,)))


def test_an_empty_log_and_hostile_words_are_printed_too() -> None:
    assert "đã nhập: 0" in pages_of(log_pdf(log(entries=(), committed_at=None)))[0]
    lines = tuple(replace(line, name="<i>&\x00" + "Ộ" * 900) for line in people(30))
    entry = LogEntry(1, (), "<para>" + "lý do " * 200)
    pages = pages_of(log_pdf(log(lines=lines, entries=(entry,), teller="<b>", title="&" * 900, meeting="\x1b")))
    assert "Không hợp lệ: <para>lý do" in " ".join(pages)
