"""The result itself in the PDF: the verdict, then bars of a motion, options in their order, or names with levels."""

from collections.abc import Iterator
from typing import Any

from reportlab.lib import colors
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table

from server.voting.exports import words
from server.voting.exports.drawing import GREEN, INK, RED, Bars, Mark, Track
from server.voting.exports.parts import BODY, SMALL, TABLE, block, grid
from server.voting.outcome import PollOutcome, RecordedLine
from server.voting.paper.sheets.printing import CENTER
from server.voting.rules import BallotKind, Level


def result(head: Flowable, body: PollOutcome, width: float) -> Iterator[Flowable]:
    """Everything that was counted, under its heading."""
    start = [head, _verdict(body, width), Spacer(1, 8)]
    if body.kind == BallotKind.CHOICE:
        yield from _options(start, body, width)
    elif body.kind == BallotKind.CONFIDENCE:
        yield from _names(start, body, width)
    else:
        yield KeepTogether([*start, Bars(words.figures(body), body.base.count, body.needed), _sum(body)])


def _verdict(body: PollOutcome, width: float) -> Flowable:
    colour: Any = {True: GREEN, False: RED, None: INK}[body.passed]
    wash = {True: "#e6f2ea", False: "#fae9e8", None: "#f7f5ef"}[body.passed]
    said: list[Flowable] = [block(words.verdict(body), 15, bold=True, align=CENTER, textColor=colour)]
    said += [block(reason, BODY, align=CENTER) for reason in words.reasons(body)]
    return Table([[said]], colWidths=[width], style=[
        ("BOX", (0, 0), (-1, -1), 1.2, colour), ("BACKGROUND", (0, 0), (-1, -1), colors.HexColor(wash)),
        ("TOPPADDING", (0, 0), (-1, -1), 5), ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ])


def _sum(body: PollOutcome) -> Flowable:
    cast, silent, base = (words.number(one) for one in (body.cast, body.not_cast, body.base.count))
    return block(
        f"Phiếu đã bỏ {cast}; không bỏ phiếu {silent}; cộng {base} ({words.base_name(body)}). Tỷ lệ tính trên {base}.",
        SMALL, spaceBefore=4,
    )


def _options(start: list[Flowable], body: PollOutcome, width: float) -> Iterator[Flowable]:
    yield KeepTogether(start)
    yield CondPageBreak(70)
    rows: list[list[str | Flowable]] = [
        [str(place), str(listed), line.label, Track([(_tone(line), line.votes or 0)], body.base.count, body.needed),
         words.number(line.votes or 0), words.percent(words.share_of(line.votes or 0, body.base.count)), _became(line)]
        for place, listed, line in words.ranked(body)
    ]
    yield grid(["Hạng", "Số", "Lựa chọn", f"Cần {words.number(body.needed)}", "Phiếu", "Tỷ lệ", "Kết quả"], rows,
               (12, 9, 54, 24, 13, 15, 25), width, centred=(0, 1, 4, 5))
    yield _sum(body)


def _tone(line: RecordedLine) -> str:
    return "for" if line.chosen else "warn" if line.tied else ""


def _became(line: RecordedLine) -> str | Flowable:
    if line.chosen:
        return Mark("for", "Được chọn", TABLE, bold=True)
    return Mark("warn", "Bằng phiếu", TABLE, bold=True) if line.tied else "–"


def _names(start: list[Flowable], body: PollOutcome, width: float) -> Iterator[Flowable]:
    legend = [Mark(level.value, words.LEVELS[level], SMALL, bold=True) for level in Level]
    yield KeepTogether([*start, Table([legend], colWidths=[width / 3] * 3)])
    yield CondPageBreak(90)
    rows: list[list[Any]] = [
        [str(number), _name(body, line), *_levels(body, line)] for number, line in enumerate(body.lines, 1)
    ]
    heads = [words.LEVELS[level] for level in Level]
    yield grid(["STT", "Họ và tên", *heads, "Biểu đồ"], rows, (10, 42, 19, 19, 19, 32), width, centred=(0,))
    yield _sum(body)
    if any(line.notices for line in body.lines):
        yield block("Chỉ nêu mức đã đạt theo quy định, không kèm kiến nghị.", SMALL, spaceBefore=2)


def _name(body: PollOutcome, line: RecordedLine) -> list[Flowable]:
    reached: list[Flowable] = [Mark("warn", one, 9, bold=True) for one in words.notices(body, line)]
    return [block(line.label, TABLE, bold=True), *reached]


def _levels(body: PollOutcome, line: RecordedLine) -> list[Any]:
    made = words.levels(line, body.base.count)
    cells: list[Any] = [
        [Mark(one.choice, words.number(one.votes), TABLE, bold=True), block(words.percent(one.share), 9)]
        for one in made
    ]
    return [*cells, Track([(one.choice, one.votes) for one in made], body.base.count)]
