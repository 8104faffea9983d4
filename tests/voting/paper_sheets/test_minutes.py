"""Counting minutes: contents after 190-QĐ/TW Điều 33, the same in both formats, in the Party's format, never wrong."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.voting.paper.sheets import minutes_docx as word
from server.voting.paper.sheets import template, words
from server.voting.paper.sheets.minutes_docx import minutes_docx
from server.voting.paper.sheets.minutes_pdf import minutes_pdf
from server.voting.paper.sheets.shapes import (
    Base,
    CountingMinutes,
    Excluded,
    Invalid,
    Issuer,
    Kind,
    Line,
    Result,
    Signer,
)
from tests.voting.paper_sheets.samples import ZONE, confidence, election, pages_of, people, spaced, squeezed


def docx_text(made: bytes) -> str:
    """All words of a Word file in reading order."""
    document = Document(io.BytesIO(made))
    return spaced(" ".join(text.text or "" for text in document.element.body.iter() if text.tag.endswith("}t")))


def pdf_text(made: bytes) -> str:
    return " ".join(pages_of(made))


PRINTERS: list[Callable[[CountingMinutes], str]] = [
    lambda said: pdf_text(minutes_pdf(said)), lambda said: docx_text(minutes_docx(said)),
]
both = pytest.mark.parametrize("printed", PRINTERS, ids=["pdf", "docx"])


@both
def test_an_election_is_told_in_full(printed: Callable[[CountingMinutes], str]) -> None:
    said = election()
    text = squeezed(printed(said))
    for expected in (
        "ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG BỘ TỈNH MẪU SƠN HẠ", "Số 03-BB/BKP", "Mẫu Sơn Hạ, ngày 25 tháng 11 năm 2026",
        "BIÊN BẢN KIỂM PHIẾU", "bầu Ban Chấp hành Đảng bộ tỉnh khóa XVIII, nhiệm kỳ 2025–2030",
        "Hồi 09 giờ 05 phút, ngày 25 tháng 11 năm 2026, tại Hội trường A", "Ban kiểm phiếu gồm 02 đồng chí",
        "Lê Thử Nghiệm Trưởng ban", "Số lượng cần bầu: 04 đồng chí; danh sách bầu cử: 06 đồng chí",
        "Tổng số được triệu tập: 348 đồng chí", "Có mặt: 347 đồng chí, đạt 99,71%; vắng mặt: 01 đồng chí",
        "tổng số đại biểu được triệu tập: 346 (348 trừ 2)", "Vắng mặt có lý do suốt thời gian đại hội Điều 30 1",
        "Phát ra Thu về Không thu về Hợp lệ Không hợp lệ 347 346 1 344 2", "Bầu quá số lượng 2",
        "(Quy định số 190-QĐ/TW, ngày 10/10/2024, Điều 30): được số phiếu đồng ý quá một phần hai (1/2) tổng số "
        "đại biểu được triệu tập, tức là từ 174 phiếu trở lên",
        f"1 {said.results[0].line.name} 300 44 86,71% Trúng cử", f"6 {said.results[5].line.name} 180 164 52,02%",
        f"2 {said.results[1].line.name} – – – Đã rút", "(tự nguyện xin rút)", "Trúng cử: 02 đồng chí",
        f"Bằng phiếu: {said.ties[0].names[0]} và {said.ties[0].names[1]} cùng được 200 phiếu, chỉ còn bầu 01 đồng chí",
        "Đại hội bầu lại trong số này (Điều 30).", "Còn thiếu 02 đồng chí so với số lượng cần bầu",
        "nhập độc lập tại 03 máy", "có 07 chỗ khác nhau", "đến hết ngày 25/05/2027", "đến hết ngày 16/12/2026",
        "190-QĐ/TW, Điều 33 và Điều 35", "kết thúc hồi 09 giờ 52 phút", "02 bản có giá trị như nhau",
        "T/M ĐOÀN CHỦ TỊCH", "T/M BAN KIỂM PHIẾU", "TRƯỞNG BAN", "Nguyễn Văn Mẫu",
    ):
        assert squeezed(expected) in text, expected


@both
def test_results_are_in_ballot_order_and_the_elected_from_high_to_low(
    printed: Callable[[CountingMinutes], str]
) -> None:
    said = election()
    text = squeezed(printed(said))
    every = [text.index(squeezed(f"{one.line.number}{one.line.name}")) for one in said.results]
    assert every == sorted(every)
    elected = text[text.index(squeezed("xếp theo số phiếu từ cao đến thấp")):]
    first, second = (said.results[line - 1] for line in said.elected)
    assert (first.votes, second.votes) == (320, 300)
    assert squeezed(f"1 {first.line.name} {first.line.detail} 320 92,49%") in elected
    assert squeezed(f"2 {second.line.name} {second.line.detail} 300 86,71%") in elected


@both
def test_what_is_not_counted_for_a_person_has_its_own_column_without_surplus(
    printed: Callable[[CountingMinutes], str]
) -> None:
    """190-QĐ/TW Điều 30: both boxes or neither leaves the ballot valid, but uncounted for that person."""
    text = squeezed(printed(election(Kind.NO_SURPLUS)))
    assert squeezed("Đồng ý Không đồng ý Không tính Tỷ lệ") in text
    assert squeezed("300 40 4 86,71%") in text
    assert squeezed("Không tính Tỷ lệ") not in squeezed(printed(election()))


@both
def test_a_confidence_vote_names_thresholds_and_whom_it_leaves_out(printed: Callable[[CountingMinutes], str]) -> None:
    """96-QĐ/TW: three levels; the thresholds are named, nothing is advised."""
    said = confidence()
    text = squeezed(printed(said))
    for expected in (
        "lấy phiếu tín nhiệm đối với các đồng chí Ủy viên Ban Thường vụ", "ít nhất 2/3 có mặt (cần 34, có mặt 50)",
        "Vũ Thị Thử Đã có thông báo nghỉ hưu", f"{said.confidence[1].line.name} 10 19,61% 9 17,65% 30 58,82% 0",
        "Tín nhiệm thấp từ 2/3 trở lên", "Không có phiếu không hợp lệ", "không có chỗ nào khác nhau",
    ):
        assert squeezed(expected) in text, expected
    assert "Trúngcử" not in text
    assert "Sốlượngcầnbầu" not in text


@pytest.mark.parametrize(
    ("make", "body", "expected"),
    [
        (election, "Bầu Ban Chấp hành khóa mới", "kiểm phiếu bầu Ban Chấp hành khóa mới bằng phiếu kín"),
        (election, "Ban Chấp hành khóa mới", "kiểm phiếu bầu Ban Chấp hành khóa mới bằng phiếu kín"),
        (confidence, "Lấy phiếu tín nhiệm giữa nhiệm kỳ", "kiểm phiếu lấy phiếu tín nhiệm giữa nhiệm kỳ"),
    ],
)
def test_the_verb_stands_once_whatever_the_title_begins_with(
    make: Callable[..., CountingMinutes], body: str, expected: str
) -> None:
    assert squeezed(expected) in squeezed(docx_text(minutes_docx(replace(make(), body=body))))


@both
def test_the_head_of_the_tellers_signs_unless_somebody_else_is_named(
    printed: Callable[[CountingMinutes], str]
) -> None:
    unnamed, other = Signer("T/M BAN KIỂM PHIẾU"), Signer("T/M BAN KIỂM PHIẾU", "ỦY VIÊN", "Phạm Minh Họa")
    assert printed(election(head=unnamed)).rstrip("0123456789abcdef ").count("Lê Thử Nghiệm") == 2
    text = printed(election(head=other))
    assert (text.count("Lê Thử Nghiệm"), text.count("Phạm Minh Họa")) == (1, 1)


@both
def test_nobody_elected_no_number_no_place_are_told_plainly(
    printed: Callable[[CountingMinutes], str]
) -> None:
    said = election()
    none = tuple(replace(one, outcome="not_elected") for one in said.results)
    bare = {"number": "", "record": "", "issuer": Issuer("Tỉnh ủy Mẫu Sơn Hạ")}
    text = printed(replace(said, results=none, elected=(), ties=(), withdrawn=(), round=2, present=348, **bare))
    assert "Không có đồng chí nào trúng cử" in text
    assert "(lần thứ 2)" in text
    assert "vắng mặt: 0 đồng chí" in text
    assert "……………, ngày 25 tháng 11 năm 2026" in text
    assert "Số 03" not in text
    assert "Rút khỏi" not in text


WRONG: dict[str, dict[str, Any]] = {
    "present and convened": {"present": 349},
    "the base": {"base": Base("tổng số", 348, 346, (Excluded("vắng", 1),))},
    "issued and returned": {"issued": 345},
    "valid, invalid": {"invalid": (Invalid("Bầu quá số lượng", 3),)},
    "the elected": {"elected": (3,)},
    "the order of the elected": {"elected": (1, 3)},
    "line 1": {"results": (replace(election().results[0], votes=301), *election().results[1:])},
}


@pytest.mark.parametrize("what", list(WRONG))
def test_figures_that_do_not_add_up_are_never_printed(what: str) -> None:
    for make in (minutes_pdf, minutes_docx):
        with pytest.raises(ValueError, match=what):
            make(election(**WRONG[what]))


def test_no_more_are_elected_than_there_are_seats() -> None:
    with pytest.raises(ValueError, match="the elected"):
        minutes_pdf(election(seats=1))


@pytest.mark.parametrize("said", [election(count=60), election(Kind.NO_SURPLUS, count=60), confidence()])
def test_both_formats_say_the_same(said: CountingMinutes) -> None:
    document = Document(io.BytesIO(minutes_docx(said)))
    pdf = squeezed(pdf_text(minutes_pdf(said)))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    texts = cells | {paragraph.text for paragraph in document.paragraphs}
    # A paragraph of the PDF may have the number of a page between its lines: compare sentences.
    parts = {part for text in texts for part in text.split("\n")}
    missing = [part for part in parts if len(part) < 90 and squeezed(part) not in pdf]
    assert missing == []
    assert len(parts) > 40


def test_a_list_of_sixty_stands_in_both_tables_once_with_its_head_on_every_page() -> None:
    lines = people(60)
    rows = tuple(Result(line, 300 - line.number, 44 + line.number, "elected") for line in lines)
    said = election(seats=60, results=rows, elected=tuple(range(1, 61)), ties=(), withdrawn=(), shortfall="")
    pages = pages_of(minutes_pdf(said))
    assert all(" ".join(pages).count(f"{line.name} ") == 2 for line in lines)
    assert len(pages) == 6
    assert [page.split()[0] for page in pages[1:]] == ["2", "3", "4", "5", "6"], "no number on the first page"
    assert sum("STT Họ và tên Đồng ý" in page for page in pages) == 2
    assert sum("STT Họ và tên Chức vụ" in page for page in pages) >= 2
    assert "T/M BAN KIỂM PHIẾU" in pages[-1]
    assert "Việc kiểm phiếu kết thúc" in pages[-1], "signatures never stand alone"
    tables = Document(io.BytesIO(minutes_docx(said))).tables
    full = [table for table in tables if len(table.rows) == 61]
    assert len(full) == 2
    for table in full:
        assert [row.cells[1].text for row in table.rows][1:] == [line.name for line in lines]
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_the_word_file_is_in_the_partys_format() -> None:
    """66-QĐ/TW and 36-HD/VPTW: A4, Times New Roman 14, the Party's name 15 bold, issuer 14 bold, date 14 italic."""
    document = Document(io.BytesIO(minutes_docx(election())))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side is not None] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    left, right = document.tables[0].rows[0].cells
    party, issuer = right.paragraphs[0].runs[0], left.paragraphs[1].runs[0]
    assert (party.text, party.font.size.pt, party.bold) == ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True)
    assert (issuer.text, issuer.font.size.pt, issuer.bold) == (
        "ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ TỈNH LẦN THỨ XVIII", 14, True
    )
    place = next(paragraph.runs[0] for paragraph in right.paragraphs if "ngày" in paragraph.text)
    assert (place.font.size.pt, place.italic) == (14, True)


def test_the_other_margins_are_a_matter_of_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    data = tomllib.loads(Path(template.__file__).with_name("template.toml").read_text("utf-8"))
    data["minutes"]["margins"] = "second"
    monkeypatch.setattr(word, "template", lambda: template.read(data))
    section = Document(io.BytesIO(minutes_docx(election()))).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side is not None] == [25, 25, 35, 15]


def test_the_same_record_gives_the_same_bytes() -> None:
    assert minutes_pdf(election()) == minutes_pdf(election())
    assert minutes_docx(election()) == minutes_docx(election())


@given(st.text(max_size=600), st.text(max_size=600))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_words_at_all_can_be_printed(name: str, other: str) -> None:
    said = election()
    line = Line(1, name, other)
    hostile = replace(
        said, results=(replace(said.results[0], line=line, note=other), *said.results[1:]), issuer=Issuer(name, other),
        meeting=other, room=name, body=name, number=other, shortfall=other,
    )
    assert pages_of(minutes_pdf(hostile))
    assert docx_text(minutes_docx(hostile))


@both
def test_marks_of_xml_and_of_control_are_shown_or_dropped_but_never_obeyed(
    printed: Callable[[CountingMinutes], str]
) -> None:
    said = election()
    line = Line(1, "<b>Nguyễn</b> &amp; \x00\x0b\u202eThị\u2028 Ẩn]]>", "W" * 3000)
    text = printed(replace(said, results=(replace(said.results[0], line=line), *said.results[1:])))
    assert "<b>Nguyễn</b> &amp; Thị Ẩn]]>" in text


@pytest.mark.parametrize(("part", "whole", "shown"), [
    (2, 3, "66,67%"), (1, 3, "33,33%"), (1, 8, "12,50%"), (174, 348, "50,00%"), (0, 9, "0,00%"), (9, 9, "100,00%"),
    (1, 20000, "0,01%"), (1, 20001, "0,00%"), (5, 0, "–"),
])
def test_shares_are_rounded_by_integers_with_halves_up(part: int, whole: int, shown: str) -> None:
    assert words.share(part, whole) == shown


def test_days_hours_and_counts_are_written_as_papers_write_them() -> None:
    assert words.day_words(date(2027, 2, 5)) == "ngày 05 tháng 02 năm 2027"
    assert words.day_words(date(2026, 11, 25)) == "ngày 25 tháng 11 năm 2026"
    assert words.hour_words(datetime(2026, 1, 1, 8, 5, tzinfo=ZONE)) == "08 giờ 05 phút"
    assert (words.people(3), words.people(348), words.number(1234567)) == ("03 đồng chí", "348 đồng chí", "1.234.567")
