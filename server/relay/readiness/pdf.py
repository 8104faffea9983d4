"""The certificate of a site's test as a paper to file: A4 in the format of Party papers (66-QĐ/TW), pages x/y."""

import io
from collections.abc import Iterator
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Spacer,
    Table,
)

from server.core.numbered import NumberedCanvas
from server.core.typeface import register_fonts
from server.relay.readiness.certificate import Certificate
from server.relay.readiness.models import ReadinessTest
from server.relay.readiness.printing import (
    AMBER,
    CENTER,
    GREEN,
    INK,
    RED,
    block,
    columns,
    grid,
    letterhead,
    local,
    moment,
)
from server.relay.readiness.thresholds import Item, TestRung, shipped
from server.relay.readiness.verdict import RUNG_NAMES, Finding, Letter, amount, rungs_of

MM = 72 / 25.4
MARGINS = (20 * MM, 20 * MM, 30 * MM, 15 * MM)  # top, bottom, left, right (66-QĐ/TW)
TITLE = "KẾT QUẢ KIỂM TRA HẠ TẦNG ĐIỂM CẦU"
PHASES = {
    "early": "Kiểm tra trước", "eve": "Kiểm tra ngày hôm trước", "t60": "Kiểm tra trước giờ khai mạc",
    "during": "Kiểm tra trong hội nghị",
}
COLOURS = {Letter.A: GREEN, Letter.B: AMBER, Letter.C: AMBER, Letter.D: RED}
WAYS = {"page": "trang của điểm cầu", "edge": "trạm biên của điểm cầu", "console": "bàn điều khiển"}
FAILING = {"no-floor": "chưa phát biểu được", "to-fix": "phải khắc phục trước giờ khai mạc"}


def certificate_pdf(test: ReadinessTest, valid: bool) -> bytes:
    """The paper of a test; `valid`: whether its seal holds. The same test gives the same bytes."""
    register_fonts()
    body, out = Certificate.model_validate_json(test.text), io.BytesIO()
    top, bottom, left, right = MARGINS
    width, height = A4[0] - left - right, A4[1] - top - bottom
    document = BaseDocTemplate(
        out, pagesize=A4, title=f"{TITLE}: {body.about.site}", author=body.about.unit, lang="vi", invariant=1
    )
    document.addPageTemplates([PageTemplate(frames=[Frame(left, bottom, width, height, 0, 0, 0, 0)])])
    note = f"SHA-256: {test.sha256}"
    paper: Any = type("Paper", (NumberedCanvas,), {"note": note})
    document.build(list(_flow(test, body, width, valid=valid)), canvasmaker=paper)
    return out.getvalue()


def _flow(test: ReadinessTest, body: Certificate, width: float, *, valid: bool) -> Iterator[Flowable]:
    yield from _head(test, body, width)
    if not valid:
        yield block("CHỮ KÝ KHÔNG KHỚP: phiếu này không đúng như máy chủ đã ký.", 12, bold=True, colour=RED,
                    align=CENTER, spaceAfter=6)
    yield _verdict(body, width)
    yield Spacer(1, 8)
    yield from _about(body, width)
    yield block("1. Đường truyền và giải mã", 12.5, bold=True, spaceBefore=8, spaceAfter=4)
    yield _line(body, width)
    yield CondPageBreak(120)
    yield block("2. Phòng họp và bảo đảm", 12.5, bold=True, spaceBefore=8, spaceAfter=4)
    yield _room(body, width)
    yield CondPageBreak(80)
    yield block("3. Việc cần làm", 12.5, bold=True, spaceBefore=8, spaceAfter=3)
    yield from _to_do(body)
    yield _sources(body)
    yield _signatures(body, width)
    yield _seal(test, width, valid=valid)


def _head(test: ReadinessTest, body: Certificate, width: float) -> Iterator[Flowable]:
    yield letterhead(body.about.unit, f"Số {test.id}-PKT", local(body.about.tested_ms), width)
    yield block(TITLE, 14.5, bold=True, align=CENTER, spaceBefore=14)
    yield block(f"{PHASES[body.about.phase]} – {body.about.conference}", 12, bold=True, align=CENTER, spaceAfter=8)


def _verdict(body: Certificate, width: float) -> Flowable:
    colour = COLOURS[body.letter]
    words: list[Any] = [block(body.about.site, 14, bold=True), block(body.sentence.vi, 12.5, spaceBefore=2)]
    if body.letter is not Letter.D:
        said = "Được phát biểu về trung tâm." if body.may_speak else "Chưa phát biểu về trung tâm được."
        words.append(block(said, 12))
    letter = block(body.letter.value, 40, bold=True, align=CENTER, colour=colors.white, leading=42)
    box: list[Any] = [("BACKGROUND", (0, 0), (0, 0), colour), ("BOX", (0, 0), (-1, -1), 1.2, colour),
           ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (1, 0), (1, 0), 12),
           ("TOPPADDING", (0, 0), (-1, -1), 6), ("BOTTOMPADDING", (0, 0), (-1, -1), 9)]
    return Table([[letter, words]], colWidths=[64, width - 64], style=box)


def _about(body: Certificate, width: float) -> Iterator[Flowable]:
    about = body.about
    who = " – ".join(filter(None, (about.technician, about.technician_phone))) or "chưa nêu"
    rows = [
        ("Kiểm tra lúc", f"{moment(about.tested_ms)}, từ {WAYS[about.by]}"), ("Khai mạc", moment(about.starts_ms)),
        ("Cuộc họp", about.meeting), ("Kỹ thuật viên", who), ("Thiết bị", about.machine),
    ]
    for label, text in rows:
        if text:
            yield columns([block(label, 11, bold=True), block(text, 11, spaceAfter=2)], (92, width - 92))


def _line(body: Certificate, width: float) -> Flowable:
    """One row an item, one column a rung that was asked for."""
    table = shipped()
    rungs = rungs_of("720p" if body.top == "720p" else "1080p")
    by_key = {(one.key, one.rung): one for one in body.findings}
    rows: list[list[Any]] = []
    for item in table.items:
        if item.failing != "rung":
            continue
        cells = [_cell(item, by_key.get((item.key, rung))) for rung in rungs]
        rows.append([item.name.vi, *cells])
    names: dict[TestRung, str] = {rung: RUNG_NAMES[rung].vi for rung in rungs}
    return grid(["Mục đo", *(names[rung].capitalize() for rung in rungs)], rows, (34, 32, 32, 32), width, 9.5)


def _cell(item: Item, finding: Finding | None) -> Any:
    if finding is None:
        return "–"
    need = "cần" if item.better == "more" else "tối đa"  # the typeface has no signs for "at least"
    if finding.measured is None:
        return block("chưa đo", 9.5, italic=True, align=CENTER)
    said = f"{amount(finding.measured, item.unit)} ({need} {amount(finding.limit, item.unit)})"
    return block(said, 9.5, bold=not finding.passed, align=CENTER, colour=INK if finding.passed else RED)


def _room(body: Certificate, width: float) -> Flowable:
    table = shipped()
    rows: list[list[Any]] = []
    for finding in body.findings:
        if finding.rung is not None:
            continue
        item = table.item(finding.key)
        measured, limit = "–", "có"
        if item.unit != "yes":
            limit = f"{'ít nhất' if item.better == 'more' else 'nhiều nhất'} {amount(finding.limit, item.unit)}"
            measured = "–" if finding.measured is None else amount(finding.measured, item.unit)
        said = "chưa kiểm tra" if finding.measured is None else "đạt" if finding.passed else "không đạt"
        rows.append([item.name.vi, limit, measured,
                     block(said, 9.5, bold=not finding.passed, align=CENTER, colour=GREEN if finding.passed else RED)])
    return grid(["Mục", "Yêu cầu", "Số đo", "Kết quả"], rows, (54, 32, 22, 22), width, 9.5)


def _to_do(body: Certificate) -> Iterator[Flowable]:
    if not body.reasons:
        yield block("Không có việc phải khắc phục.", 11)
    for number, one in enumerate(body.reasons, 1):
        after = f" ({FAILING[one.failing]})" if one.failing in FAILING else ""
        yield KeepTogether([
            block(f"{number}. {one.name.vi}: {one.why.vi}{after}.", 11, bold=True),
            block(one.do.vi, 11, leftIndent=14, spaceAfter=3),
        ])


def _sources(body: Certificate) -> Flowable:
    named = list(dict.fromkeys(one.source.vi for one in body.reasons)) or [shipped().sources["room"].vi]
    return block(f"Căn cứ của các mức: {'; '.join(named)}.", 9, italic=True, spaceBefore=6)


def _signatures(body: Certificate, width: float) -> Flowable:
    def top(who: str, name: str) -> list[Flowable]:
        return [block(who, 12, bold=True, align=CENTER), block("(ký, ghi rõ họ tên)", 10, italic=True, align=CENTER),
                Spacer(1, 44), block(name, 12, bold=True, align=CENTER)]

    names = [top("KỸ THUẬT VIÊN ĐIỂM CẦU", body.about.technician), top("TRUNG TÂM", "")]
    return KeepTogether([Spacer(1, 14), columns(names, (width / 2, width / 2))])


def _seal(test: ReadinessTest, width: float, *, valid: bool) -> Flowable:
    said = "Chữ ký khớp." if valid else "CHỮ KÝ KHÔNG KHỚP."
    rows = [
        ("Phiếu gốc", f"Dữ liệu JSON do máy chủ ký; mọi số liệu trên đây lấy từ đó. {said}"),
        ("SHA-256", test.sha256), ("Chữ ký Ed25519", test.signature), ("Khóa công khai", test.public_key),
    ]
    lines = [columns([block(label, 8, bold=True), block(text, 8)], (80, width - 80)) for label, text in rows]
    return KeepTogether([Spacer(1, 10), *lines])
