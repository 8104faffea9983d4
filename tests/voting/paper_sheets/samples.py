"""Paper votes to print, all invented, and the text of what was printed."""

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pypdfium2 as pdfium

from server.voting.paper.sheets.shapes import (
    Base,
    Confidence,
    CountingMinutes,
    Excluded,
    Invalid,
    Issuer,
    Kind,
    LeftOut,
    Line,
    Result,
    Rule,
    Signer,
    Teller,
    Tie,
    Withdrawn,
)

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Vũ", "Đặng", "Bùi", "Hồ")
GIVEN = ("Ánh", "Bảo", "Cường", "Dũng", "Đức", "Giang", "Hường", "Khuê", "Lệ", "Mỹ", "Nguyệt", "Oanh", "Phượng",
         "Quỳnh", "Sỹ", "Thủy", "Uyển", "Vượng", "Xuyến", "Yến")
ISSUER = Issuer("Đại hội đại biểu Đảng bộ tỉnh lần thứ XVIII", "Đảng bộ tỉnh Mẫu Sơn Hạ", "Mẫu Sơn Hạ")
TITLE = "Ban Chấp hành Đảng bộ tỉnh khóa XVIII, nhiệm kỳ 2025–2030"
ZONE = timezone(timedelta(hours=7))


def people(count: int, *, described: bool = True) -> tuple[Line, ...]:
    """Candidates whose names all differ."""
    return tuple(
        Line(place + 1, f"{FAMILY[place % 10]} Thị {GIVEN[place // 10 % 20]} {GIVEN[place % 20]}",
             f"Bí thư Đảng ủy xã Đồi Sim {place + 1}" if described else "")
        for place in range(count)
    )


def spaced(text: str) -> str:
    """NFC, every run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\ufffe", "-")).split())


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    document = pdfium.PdfDocument(pdf)
    pages = [spaced(document[number].get_textpage().get_text_bounded()) for number in range(len(document))]
    document.close()
    return pages


def squeezed(text: str) -> str:
    """Without any white space: what stays the same however lines are broken."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text.replace("\u00a0", "")))


def election(kind: Kind = Kind.SURPLUS, count: int = 6, seats: int = 4, **more: Any) -> CountingMinutes:
    """348 convened, 346 in the base, 344 valid ballots; line 2 withdrawn, lines 4 and 5 tied for the last seat."""
    lines = people(count)
    votes = [300, 12, 320, 200, 200, 180, *([100] * count)][:count]
    outcomes = ["elected", "withdrawn", "elected", "tied", "tied", "not_elected", *(["not_elected"] * count)][:count]
    uncounted = 4 if kind is Kind.NO_SURPLUS else None
    results = tuple(
        Result(line, got, 344 - got - (uncounted or 0), outcome, uncounted)  # type: ignore[arg-type]
        for line, got, outcome in zip(lines, votes, outcomes, strict=True)
    )
    made = CountingMinutes(
        kind=kind, issuer=ISSUER, meeting="Đại hội đại biểu Đảng bộ tỉnh Mẫu Sơn Hạ lần thứ XVIII", body=TITLE,
        room="Hội trường A", started_at=datetime(2026, 11, 25, 9, 5, tzinfo=ZONE),
        ended_at=datetime(2026, 11, 25, 9, 52, tzinfo=ZONE),
        tellers=(Teller("Lê Thử Nghiệm", "Trưởng ban"), Teller("Đỗ Thị Giả Định")),
        rule=Rule("Bầu cử tại đại hội đại biểu", "Quy định số 190-QĐ/TW, ngày 10/10/2024, Điều 30",
                  "quá một phần hai (1/2)", 174),
        seats=seats, convened=348, present=347,
        base=Base("tổng số đại biểu được triệu tập", 348, 346,
                  (Excluded("Vắng mặt có lý do suốt thời gian đại hội", 1, "Điều 30"), Excluded("Bị đình chỉ", 1))),
        issued=347, returned=346, valid=344,
        invalid=(Invalid("Không do Ban kiểm phiếu phát ra", 0), Invalid("Bầu quá số lượng", 2)),
        results=results, elected=(3, 1),
        ties=(Tie((lines[3].name, lines[4].name), 200, 1, "Đại hội bầu lại trong số này (Điều 30)."),),
        shortfall="Đại hội quyết định có bầu tiếp hay không.", withdrawn=(Withdrawn(lines[1], "tự nguyện xin rút"),),
        sealed_until=date(2027, 5, 25), complaints_until=date(2026, 12, 16), settled=7,
        custody_citation="190-QĐ/TW, Điều 33 và Điều 35", number="Số 03-BB/BKP",
        head=Signer("T/M BAN KIỂM PHIẾU", "TRƯỞNG BAN", "Lê Thử Nghiệm"),
        chair=Signer("T/M ĐOÀN CHỦ TỊCH", "", "Nguyễn Văn Mẫu"), record="0123456789abcdef" * 4,
    )
    return replace(made, **more)


def confidence(**more: Any) -> CountingMinutes:
    """51 convened, 49 valid ballots, three persons; the last with low at 2/3 and more."""
    lines = people(3)
    rows = (
        Confidence(lines[0], 40, 8, 0, 1), Confidence(lines[1], 10, 9, 30, 0, "Tín nhiệm thấp quá 1/2"),
        Confidence(lines[2], 5, 4, 40, 0, "Tín nhiệm thấp từ 2/3 trở lên"),
    )
    made = election(
        kind=Kind.CONFIDENCE, body="đối với các đồng chí Ủy viên Ban Thường vụ", seats=0, convened=51, present=50,
        base=Base("tổng số người được triệu tập", 51, 51), issued=50, returned=49, valid=49,
        invalid=(Invalid("Lý do khác", 0),), results=(), elected=(), ties=(), shortfall="", withdrawn=(), settled=0,
        confidence=rows, left_out=(LeftOut("Vũ Thị Thử", "đã có thông báo nghỉ hưu"),),
        rule=Rule("Lấy phiếu tín nhiệm", "Quy định số 96-QĐ/TW", quorum="ít nhất 2/3 có mặt (cần 34, có mặt 50)"),
    )
    return replace(made, **more)
