"""A result as a paper to file: A4 in the format of Party papers (66-QĐ/TW, 36-HD/VPTW), pages numbered x/y."""

import io
from collections.abc import Iterator
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Spacer,
    Table,
)

from server.core.numbered import NumberedCanvas
from server.core.typeface import ITALIC, register_fonts
from server.voting.exports import parts, words
from server.voting.exports.drawing import INK, SeatMap, stamp
from server.voting.exports.parts import BODY, SMALL, block, caption, facts, listed
from server.voting.exports.results import result
from server.voting.exports.seats import seats_of, without_seat
from server.voting.exports.sheet import ResultSheet
from server.voting.outcome import PollOutcome
from server.voting.paper.sheets.printing import (
    BARE,
    bold,
    centred,
    issuer_lines,
    party_lines,
    two_columns,
)
from server.voting.paper.sheets.shapes import Issuer
from server.voting.paper.sheets.template import template
from server.voting.paper.sheets.words import day_words, plain

BEGINNING = 80   # points: a heading and the first lines below it
SIGNING = 50.0  # points left for a signature


def result_pdf(sheet: ResultSheet) -> bytes:
    """The paper. The same sheet gives the same bytes."""
    register_fonts()
    body, margins, out = sheet.body, template().margins, io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, title=plain(f"{words.TITLES[body.kind]}: {body.title}"), author=plain(body.unit), lang="vi",
        invariant=1,
    )
    width, height = A4[0] - margins.left - margins.right, A4[1] - margins.top - margins.bottom
    frame = Frame(margins.left, margins.bottom, width, height, 0, 0, 0, 0)

    def page(canvas: Any, _one: BaseDocTemplate) -> None:
        if sheet.annulled:
            stamp(canvas, *A4)

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=page)])
    document.build(list(_flow(sheet, width, height)), canvasmaker=_numbered(sheet))
    return out.getvalue()


def _numbered(sheet: ResultSheet) -> type[NumberedCanvas]:
    """The last line of every page names the record."""
    return type("ResultCanvas", (NumberedCanvas,), {"note": f"Bản ghi kết quả SHA-256: {sheet.sha256}"})


def _flow(sheet: ResultSheet, width: float, height: float) -> Iterator[Flowable]:
    body = sheet.body
    sections = _Sections()
    yield from _head(body, width)
    yield from _warnings(sheet, width)
    yield facts(_about(body), width)
    yield CondPageBreak(BEGINNING)
    yield sections.next("Quy tắc và căn cứ tính")
    yield facts(parts.rule_facts(body), width)
    yield from parts.exclusions(body, width)
    yield from parts.remarks(body)
    yield from result(sections.next("Kết quả"), body, width)
    if body.named:
        yield from _map(sections, body, width, height)
        yield CondPageBreak(BEGINNING)
        yield sections.next("Danh sách người biểu quyết")
        yield parts.voters(body, width)
    yield from _opinions(sections, sheet)
    yield _signatures(width)
    yield from _record(sheet, width)


class _Sections:
    """Headings with running numbers. A CondPageBreak before one keeps it from standing alone at the foot of a page."""

    def __init__(self) -> None:
        self.made = 0

    def next(self, title: str) -> Flowable:
        """The next heading."""
        self.made += 1
        return caption(f"{self.made}. {title}")


def _head(body: PollOutcome, width: float) -> list[Flowable]:
    sizes = template().sizes
    left = [*issuer_lines(Issuer(body.unit, body.parent), sizes["issuer"]), centred("*", sizes["number"])]
    day = day_words(words.moment(body.closed_ms).date())
    right = [*party_lines(sizes["party"]), Spacer(1, 14), centred(day.capitalize(), sizes["place"], font=ITALIC)]
    return [
        two_columns(left, right, (width * 0.46, width * 0.54)),
        bold(words.TITLES[body.kind].upper(), sizes["type"], spaceBefore=16),
        bold(body.title, sizes["abstract"]),
        HRFlowable(width=70, thickness=0.7, color=INK, spaceBefore=4, spaceAfter=10),
    ]


def _warnings(sheet: ResultSheet, width: float) -> Iterator[Flowable]:
    if not sheet.valid:
        yield parts.warning([words.TAMPERED], width)
    if sheet.annulled:
        yield parts.warning([
            f"ĐÃ HỦY KẾT QUẢ lúc {words.time_words(sheet.annulled.at_ms)}. Kết quả dưới đây không còn giá trị.",
            f"Lý do: {sheet.annulled.reason}",
        ], width)


def _about(body: PollOutcome) -> list[tuple[str, str]]:
    about = [
        ("Cuộc họp", body.meeting_title), ("Địa điểm", body.room), ("Mục chương trình", body.agenda_item),
        ("Nội dung", body.motion),
        ("Hình thức", f"Biểu quyết công khai; {words.ASKED[body.kind]}; {words.names_words(body)}; "
         f"{'được đổi phiếu trước khi đóng' if body.changeable else 'phiếu đã gửi không đổi'}"),
        ("Thời gian", words.span_words(body.opened_ms, body.closed_ms)),
    ]
    return [(label, text) for label, text in about if text]


def _map(sections: _Sections, body: PollOutcome, width: float, height: float) -> Iterator[Flowable]:
    seats = seats_of(body)
    if not seats:
        return
    drawn = SeatMap(seats, height * 0.72)
    below = []
    missing = without_seat(body)
    if missing:
        below = [block(f"{missing} người biểu quyết không có số ghế nên không có trên sơ đồ.", SMALL, font=ITALIC)]
    yield KeepTogether([
        sections.next("Sơ đồ chỗ ngồi theo ý kiến"), parts.legend(body, width), Spacer(1, 6), drawn, *below
    ])


def _opinions(sections: _Sections, sheet: ResultSheet) -> Iterator[Flowable]:
    body = sheet.body
    written = [(f"{one.name} ({one.unit})", one.opinion) for one in body.voters if one.opinion]
    written += [("", opinion) for opinion in body.opinions]
    if written:
        yield CondPageBreak(BEGINNING)
        yield sections.next("Ý kiến khác")
        if body.opinions:
            yield block("Biểu quyết không nêu tên: các ý kiến xếp theo vần chữ.", SMALL, font=ITALIC)
        for number, (who, text) in enumerate(written, 1):
            yield listed(number, who, text)
    if sheet.reserved or body.rule.reserved_opinions:
        yield CondPageBreak(BEGINNING)
        yield sections.next("Ý kiến bảo lưu")
        for number, one in enumerate(sheet.reserved, 1):
            yield listed(number, f"{one.name} ({one.unit})", one.text, keepWithNext=1)
            if one.agreed:
                yield block(words.after_all(body), SMALL, bold=True, leftIndent=16, keepWithNext=1)
            yield block(
                f"Ghi nhận lúc {words.time_words(one.stated_ms)}. SHA-256 của nội dung: {one.sha256}", 8.5,
                leftIndent=16, spaceAfter=6,
            )
    if body.rule.reserved_opinions and not sheet.reserved:
        yield block("Không có ý kiến bảo lưu được ghi nhận.", BODY)


def _signatures(width: float) -> Flowable:
    size = template().sizes["body"]

    def top(who: str) -> list[Flowable]:
        return [bold(who, size), centred("(ký, ghi rõ họ tên)", size - 2, font=ITALIC)]

    table = Table(
        [[top("THƯ KÝ"), top("CHỦ TRÌ")], [Spacer(1, SIGNING)] * 2], colWidths=[width / 2] * 2, style=BARE
    )
    return KeepTogether([Spacer(1, 16), table])


def _record(sheet: ResultSheet, width: float) -> Iterator[Flowable]:
    """How whoever holds the paper checks it."""
    yield CondPageBreak(95)
    yield HRFlowable(width="100%", thickness=0.5, color=INK, spaceBefore=6, spaceAfter=4)
    rows = [
        ("Bản ghi kết quả", f"Ký lúc {words.time_words(sheet.sealed_ms)}; mọi số liệu trên đây lấy từ bản ghi này. "
         + ("Chữ ký khớp." if sheet.valid else words.TAMPERED)),
        ("SHA-256", sheet.sha256), ("Chữ ký Ed25519", sheet.signature), ("Khóa công khai", sheet.public_key),
    ]
    cells = [[block(label, 8.5, bold=True), block(text, 8.5)] for label, text in rows]
    yield Table(cells, colWidths=[82, width - 82], style=parts.PLAIN)
