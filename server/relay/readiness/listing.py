"""The list of a conference's sites with their newest verdicts, as a paper to file: A4 across, pages x/y."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable

from server.relay.models import Admission
from server.relay.plan import Rung
from server.relay.readiness.across import across
from server.relay.readiness.pdf import COLOURS, PHASES
from server.relay.readiness.printing import CENTER, INK, block, grid, letterhead, local, moment
from server.relay.readiness.timeline import Phase
from server.relay.readiness.verdict import SENTENCES, Letter, grouped

TITLE = "DANH SÁCH ĐIỂM CẦU VÀ KẾT QUẢ KIỂM TRA HẠ TẦNG"
HEAD = ("TT", "Điểm cầu", "Phụ trách", "Kỹ thuật viên", "Kiểm tra gần nhất", "Hạng", "Phát biểu", "Tiếp nhận", "Người")
SHARES = (10, 62, 36, 36, 38, 13, 18, 40, 16)
RUNGS: dict[Rung, str] = {"top": "mức cao", "low": "mức thấp", "audio": "chỉ tiếng", "none": "không nhận"}
DECIDED = {Admission.VERDICT: "theo kết quả", Admission.ADMITTED: "nhận", Admission.REFUSED: "từ chối"}


@dataclass(frozen=True, slots=True)
class Row:
    """One site. `admission_reason` only when the centre decided by hand; `allowed`: what it may have now."""

    name: str
    address: str
    contact: tuple[str, str]
    technician: tuple[str, str]
    tested_ms: int | None
    phase: Phase | None
    letter: Letter | None
    may_speak: bool
    admission: Admission
    admission_reason: str
    allowed: Rung
    people: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole list, as it stood at `at_ms`."""

    unit: str
    conference: str
    starts_ms: int
    at_ms: int
    rows: Sequence[Row]


def sites_pdf(listing: Listing) -> bytes:
    """The paper. The same list gives the same bytes."""
    return across(
        lambda width: _flow(listing, width), title=f"{TITLE}: {listing.conference}", author=listing.unit,
        note=f"Tình hình lúc {moment(listing.at_ms)}",
    )


def _flow(listing: Listing, width: float) -> Iterator[Flowable]:
    yield letterhead(listing.unit, "", local(listing.at_ms), width)
    yield block(TITLE, 14.5, bold=True, align=CENTER, spaceBefore=12)
    yield block(listing.conference, 12.5, bold=True, align=CENTER)
    yield block(f"Khai mạc {moment(listing.starts_ms)}", 12, align=CENTER, spaceAfter=8)
    yield block(_summary(listing.rows), 11, spaceAfter=6)
    yield grid(HEAD, [_cells(place, row) for place, row in enumerate(listing.rows, 1)], SHARES, width, 9.5)


def _summary(rows: Sequence[Row]) -> str:
    found = Counter(row.letter for row in rows)
    parts = [f"hạng {letter.value} ({SENTENCES[letter].vi.rstrip('.').lower()}): {found[letter]}"
             for letter in Letter if found[letter]]
    parts += [f"chưa kiểm tra: {found[None]}"] if found[None] else []
    return f"Tổng số {len(rows)} điểm cầu, {grouped(sum(row.people for row in rows))} người dự; {'; '.join(parts)}."


def _cells(place: int, row: Row) -> list[Any]:
    letter = row.letter.value if row.letter else "–"
    colour = COLOURS[row.letter] if row.letter else INK
    speaks = "–" if row.letter is None else "được" if row.may_speak else "không"
    return [
        str(place), _lines(row.name, row.address), _lines(*map(_whole, row.contact)),
        _lines(*map(_whole, row.technician)), _tested(row),
        block(letter, 12, bold=True, align=CENTER, colour=colour), speaks, _decided(row), str(row.people),
    ]


def _tested(row: Row) -> list[Flowable] | str:
    if row.tested_ms is None or row.phase is None:
        return "chưa kiểm tra"
    at = local(row.tested_ms)
    return _lines(f"{at:%H:%M}, {at:%d/%m/%Y}", PHASES[row.phase].removeprefix("Kiểm tra ").capitalize())


def _decided(row: Row) -> str:
    by_hand = row.admission != Admission.VERDICT
    reason = f": {row.admission_reason}" if by_hand and row.admission_reason else ""
    return f"{DECIDED[row.admission]} – {RUNGS[row.allowed]}{reason}"


def _lines(*texts: str) -> list[Flowable]:
    return [block(one, 9.5) for one in texts if one] or [block("chưa nêu", 9.5, italic=True)]


def _whole(text: str) -> str:
    """A telephone number stays on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}") if text[:1].isdigit() or text[:1] == "+" else text
