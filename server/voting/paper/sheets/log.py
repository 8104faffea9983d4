"""The entry log of one station (Nhật ký nhập phiếu bầu): every ballot as it was entered, to be held against the paper.

One row a ballot, one narrow column a candidate; a vote with more candidates than fit side by side goes on in a second
table. Sums at the end are this station's own.
"""

import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

from server.core.numbered import NumberedCanvas
from server.core.typeface import register_fonts
from server.voting.paper.sheets.matrix import Matrix, Row
from server.voting.paper.sheets.printing import (
    BARE,
    bold,
    centred,
    issuer_lines,
    party_lines,
    style,
    two_columns,
)
from server.voting.paper.sheets.shapes import Kind, Line, LogEntry, Mark, StationLog
from server.voting.paper.sheets.template import MM, template
from server.voting.paper.sheets.words import day_words, drawn, hour_words, marked, number, plain

# The letter of each mark, and what it means; in the order in which they are summed up.
LETTERS: dict[Kind, dict[Mark, tuple[str, str]]] = {
    Kind.SURPLUS: {Mark.KEPT: ("B", "để nguyên họ tên (bầu)"), Mark.STRUCK: ("–", "gạch họ tên (không bầu)")},
    Kind.NO_SURPLUS: {
        Mark.FOR: ("Đ", "đồng ý"), Mark.AGAINST: ("K", "không đồng ý"), Mark.BOTH: ("2", "đánh dấu cả hai ô"),
        Mark.NEITHER: ("0", "không đánh dấu ô nào"),
    },
    Kind.CONFIDENCE: {
        Mark.HIGH: ("C", "tín nhiệm cao"), Mark.PLAIN: ("T", "tín nhiệm"), Mark.LOW: ("H", "tín nhiệm thấp"),
        Mark.SEVERAL: ("2", "đánh dấu từ hai ô trở lên"), Mark.NONE: ("0", "không đánh dấu ô nào"),
    },
}
MARGIN = 12 * MM
UPRIGHT = 24  # candidates that fit on an upright page
ABREAST = 60  # candidates that fit side by side on a page that lies


def log_pdf(log: StationLog) -> bytes:
    """The log. The same log gives the same bytes. Raises ValueError when an entry has a wrong number of marks."""
    wrong = [one.number for one in log.entries if one.marks and len(one.marks) != len(log.lines)]
    if wrong or any(not one.marks and not one.invalid for one in log.entries):
        raise ValueError(f"entries without a mark for every line: {wrong or 'an empty one'}")
    register_fonts()
    size = A4 if len(log.lines) <= UPRIGHT else landscape(A4)
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=size, title=plain(f"{_title(log)}: {log.title}"), author=plain(log.issuer.name), lang="vi",
        invariant=1,
    )
    width = size[0] - 2 * MARGIN
    frame = Frame(MARGIN, MARGIN + 3 * MM, width, size[1] - 2 * MARGIN - 3 * MM, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame])])

    class Pages(NumberedCanvas):
        note = drawn(f"{_title(log)} – máy số {log.station} – {log.title}")[:110]

    document.build(_flow(log, width), canvasmaker=Pages)
    return out.getvalue()


def _title(log: StationLog) -> str:
    return template().titles["log_confidence" if log.kind is Kind.CONFIDENCE else "log"]


def _flow(log: StationLog, width: float) -> list[Flowable]:
    blocks = [log.lines[start : start + ABREAST] for start in range(0, len(log.lines), ABREAST)]
    flow: list[Flowable] = [
        two_columns(issuer_lines(log.issuer, 11.5), party_lines(12), (width * 0.48, width * 0.52)),
        Spacer(1, 8), bold(_title(log).upper(), 15), bold(log.title, 12), Spacer(1, 5),
        *[Paragraph(text, style(11, lead=1.3)) for text in _facts(log)], Spacer(1, 5), _names(log, width), Spacer(1, 6),
        Paragraph("<b>Ký hiệu:</b> " + "; ".join(
            f"<b>{letter}</b>: {words}" for letter, words in LETTERS[log.kind].values()
        ) + ". Dòng tô xám: phiếu không hợp lệ, không cộng.", style(10)), Spacer(1, 4),
    ]
    for place, block in enumerate(blocks, 1):
        below = _signatures(log, width) if place == len(blocks) else None
        flow += [_matrix(log, block, (place - 1) * ABREAST, width, below), Spacer(1, 8)]
    return flow


def _facts(log: StationLog) -> list[str]:
    invalid = sum(1 for one in log.entries if one.invalid)
    counted = number(log.returned) if log.returned is not None else "chưa ghi"
    state = "<b>ĐANG NHẬP – BẢN NHÁP</b>"
    if log.committed_at is not None:
        state = f"đã chốt hồi {hour_words(log.committed_at)}, {day_words(log.committed_at)}"
    again = f" (lần thứ {log.round})" if log.round > 1 else ""
    seal = [f"Mã niêm của máy: {marked(log.seal)}"] if log.seal else []
    return [
        f"{marked(log.meeting)}{again}",
        f"<b>Máy nhập số {log.station}</b>; người nhập: <b>{marked(log.teller) or '…'}</b>; {state}.",
        f"Số phiếu thu về theo máy này: <b>{counted}</b>; đã nhập: <b>{number(len(log.entries))}</b>; hợp lệ: "
        f"<b>{number(len(log.entries) - invalid)}</b>; không hợp lệ: <b>{number(invalid)}</b>.",
        *seal,
    ]


def _names(log: StationLog, width: float) -> Table:
    """Who stands behind each column, down and then across."""
    columns = 2 if width < A4[0] else 4
    height = -(-len(log.lines) // columns)
    look = style(9.5, lead=1.15)
    cells = [Paragraph(f"<b>{line.number}.</b> {marked(line.name)}", look) for line in log.lines]
    rows: list[Any] = [
        [cells[place] if (place := column * height + row) < len(cells) else "" for column in range(columns)]
        for row in range(height)
    ]
    return Table(rows, colWidths=[width / columns] * columns, style=[*BARE, ("RIGHTPADDING", (0, 0), (-1, -1), 6)])


def _matrix(log: StationLog, block: Sequence[Line], skipped: int, width: float, below: Table | None) -> Matrix:
    letters = {mark: letter for mark, (letter, _) in LETTERS[log.kind].items()}
    rows = [_row(one, letters, skipped, len(block)) for one in log.entries]
    valid = [one for one in log.entries if not one.invalid]
    sums = [Counter(one.marks[skipped + place] for one in valid) for place in range(len(block))]
    rows += [
        Row(f"Cộng {letter}", tuple(str(count[mark]) for count in sums), total=True) for mark, letter in letters.items()
    ]
    return Matrix(width, tuple(str(line.number) for line in block), tuple(rows), below)


def _row(entry: LogEntry, letters: dict[Mark, str], skipped: int, count: int) -> Row:
    marks = tuple(letters.get(mark, "?") for mark in entry.marks[skipped : skipped + count])
    return Row(str(entry.number), marks, note=drawn(entry.invalid), void=bool(entry.invalid))


def _signatures(log: StationLog, width: float) -> Table:
    def side(title: str, name: str) -> list[Flowable]:
        return [
            bold(title, 11.5), centred("(ký, ghi rõ họ tên)", 10), Spacer(1, 46),
            bold(name, 11.5) if name else Spacer(1, 12),
        ]

    return two_columns(side("TRƯỞNG BAN KIỂM PHIẾU", ""), side("NGƯỜI NHẬP PHIẾU", log.teller), (width / 2, width / 2))


