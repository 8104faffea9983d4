"""Pieces of the PDF: facts, tables of people, lists of opinions, boxes."""

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from server.core.typeface import BOLD, ITALIC, REGULAR, letters
from server.voting.exports import words
from server.voting.exports.drawing import COLOURS, LINE, RED, Mark
from server.voting.outcome import PollOutcome
from server.voting.paper.sheets.printing import CENTER, JUSTIFY, LEFT, style
from server.voting.rules import BallotKind

BODY, TABLE, SMALL = 12.0, 10.5, 10.0
PLAIN: list[Any] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), size) for side, size in
      (("LEFT", 0), ("RIGHT", 4), ("TOP", 1), ("BOTTOM", 2.5))),
]
GRID: list[Any] = [
    ("GRID", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#f1ede3")),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
]


def printable(text: str) -> str:
    """Text of any length, escaped for a paragraph; "?" for what the typeface does not have; lines stay lines."""
    known = letters()
    return "<br/>".join(
        escape("".join(letter if letter in known else "?" for letter in line)) for line in words.lines_of(text)
    )


def block(
    text: str, size: float, *, bold: bool = False, font: str = REGULAR, align: int = LEFT, **more: Any
) -> Flowable:
    """A paragraph of plain text."""
    return Paragraph(printable(text), style(size, font=BOLD if bold else font, align=align, lead=1.2, **more))


def caption(text: str) -> Flowable:
    """A heading."""
    return block(text, 13.5, bold=True, spaceBefore=9, spaceAfter=4)


def facts(rows: Sequence[tuple[str, str]], width: float) -> Flowable:
    """Labels with what stands beside them."""
    first = 118.0
    cells = [[block(label, BODY), block(text, BODY, bold=label in _STRONG)] for label, text in rows]
    return Table(cells, colWidths=[first, width - first], style=PLAIN, splitInRow=1)  # a motion may have 500 lines


_STRONG = {"Cần để thông qua", "Mỗi lựa chọn cần"}


def rule_facts(body: PollOutcome) -> list[tuple[str, str]]:
    """The rule with its citation, and the base in numbers, each exclusion with its reason."""
    rule, base = body.rule, body.base
    enough = "đủ" if body.quorum_present >= body.quorum_needed else "không đủ"
    quorum = f"{words.number(body.quorum_present)}/{words.number(base.convened)} được triệu tập"
    if rule.needs_quorum:
        quorum += f"; cần {words.number(body.quorum_needed)}: {enough}"
    else:
        quorum += "; quy tắc này không đòi tỷ lệ có mặt"
    left_out = "".join(f"\ntrừ {words.number(count)}: {text}" for text, count in words.exclusion_counts(body))
    if left_out:
        left_out += f"\ncòn {words.number(base.count)}"
    found = [
        ("Quy tắc", rule.name.vi), ("Căn cứ", rule.citation.text), ("Có mặt", quorum),
        ("Tính trên", f"{words.base_name(body)}: {words.number(base.whole)}{left_out}"),
    ]
    if body.kind == BallotKind.CONFIDENCE:
        return [*found, ("Mức quy định nêu", "\n".join(words.notice_words(body)))]
    return [
        *found, ("Mức thông qua", f"{words.threshold(body)} {words.base_name(body)}"),
        (words.needed_label(body), f"{words.number(body.needed)} phiếu"), ("Bằng phiếu", rule.tie.vi),
    ]


def remarks(body: PollOutcome) -> Iterator[Flowable]:
    """What is doubtful about the rule, in small letters."""
    found = words.remarks(body)
    if found:
        yield block(f"Điểm cần đối chiếu: {' '.join(found)}", SMALL, font=ITALIC, spaceBefore=2)


def exclusions(body: PollOutcome, width: float) -> Iterator[Flowable]:
    """Who was left out of the base, and why."""
    if not body.base.exclusions:
        return
    yield CondPageBreak(70)
    yield block("Không tính trong tổng số:", BODY, spaceBefore=4, spaceAfter=3)
    rows = [
        [str(number), one.name, one.text, one.note] for number, one in enumerate(body.base.exclusions, 1)
    ]
    yield grid(["STT", "Họ và tên", "Lý do theo quy tắc", "Ghi chú"], rows, (9, 32, 44, 24), width)


def voters(body: PollOutcome, width: float) -> Flowable:
    """Everybody who might vote: those with a ballot first, in the order of the list, then those without."""
    shares = (9, 34, 40, 10, 34)
    rows: list[list[str | Flowable]] = [
        [str(number), one.name, one.unit, one.seat or "–", _said(body, one.choice)]
        for number, one in enumerate(body.voters, 1)
    ]
    rows += [
        [str(number), one.name, one.unit, one.seat or "–", Mark("", words.NOT_CAST, TABLE)]
        for number, one in enumerate(body.silent, len(body.voters) + 1)
    ]
    title = {BallotKind.CHOICE: "Chọn (số trong danh sách)", BallotKind.CONFIDENCE: "Mức (số trong danh sách)"}
    return grid(["STT", "Họ và tên", "Đơn vị", "Ghế", title.get(body.kind, "Ý kiến")], rows, shares, width,
                centred=(0, 3))


def _said(body: PollOutcome, choice: str) -> str | Flowable:
    said = words.said(body, choice)
    return Mark(choice, said, TABLE) if choice in COLOURS else said


def grid(
    head: Sequence[str], rows: Sequence[Sequence[str | Flowable]], shares: Sequence[float], width: float,
    *, centred: Sequence[int] = (0,),
) -> Flowable:
    """A ruled table whose head is on every page."""
    titles = [block(text, TABLE, bold=True, align=CENTER) for text in head]
    cells = [
        [block(one, TABLE, align=CENTER if place in centred else LEFT) if isinstance(one, str) else one
         for place, one in enumerate(row)]
        for row in rows
    ]
    unit = width / sum(shares)
    return Table([titles, *cells], colWidths=[share * unit for share in shares], repeatRows=1, style=GRID)


def legend(body: PollOutcome, width: float) -> Flowable:
    """What the colours and marks of the plan mean, with how many there are."""
    if body.kind in (BallotKind.MOTION, BallotKind.OPINION):
        shown = [(one.choice, one.word, one.votes) for one in words.figures(body)][:-1]
    else:
        shown = [("cast", "Đã bỏ phiếu", body.cast)]
    shown.append(("", words.NOT_CAST, len(body.silent)))
    cells = [Mark(which, f"{word}: {words.number(count)}", SMALL, bold=True) for which, word, count in shown]
    return Table([cells], colWidths=[width / len(cells)] * len(cells), style=PLAIN)


def listed(number: int, who: str, text: str, **more: Any) -> Flowable:
    """One opinion of a list; it may run over several pages."""
    name = f"<b>{printable(who)}:</b> " if who else ""
    look = style(BODY, align=JUSTIFY, lead=1.25, leftIndent=16, firstLineIndent=-16, spaceAfter=4, **more)
    return Paragraph(f"{number}. {name}{printable(text)}", look)


def warning(lines: Sequence[str], width: float) -> Flowable:
    """A box that nobody overlooks."""
    cells: list[Flowable] = [block(line, BODY, bold=True, textColor=RED) for line in lines]
    box = Table([[cells]], colWidths=[width], style=[
        ("BOX", (0, 0), (-1, -1), 1.8, RED), ("LEFTPADDING", (0, 0), (-1, -1), 8), ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7), ("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#fdf4f3")),
    ])
    return Table([[box], [Spacer(1, 6)]], colWidths=[width], style=PLAIN)
