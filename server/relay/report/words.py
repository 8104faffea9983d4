"""The report's words, the same on paper and in the workbook."""

from datetime import datetime, timedelta

from server.core import clock
from server.relay.models import Admission, Organiser
from server.relay.plan import Rung
from server.relay.readiness.verdict import grouped
from server.relay.report.sheet import IncidentLine, ReportSheet, SiteLine, SpellLine

TITLE = "BÁO CÁO THAM DỰ VÀ SỰ CỐ TIẾP PHÁT"
ORGANISERS = {Organiser.CENTRAL: "Trung ương", Organiser.PROVINCE: "Tỉnh"}
RUNGS: dict[Rung, str] = {"top": "mức cao", "low": "mức thấp", "audio": "chỉ tiếng", "none": "không có hình"}
PART = {True: "hội nghị", False: "tổng duyệt"}


def local(moment: datetime) -> datetime:
    """In the time of the office."""
    return moment.astimezone(clock.LOCAL)


def moment(at: datetime | None) -> str:
    """"08:30:15 ngày 23/11/2026", or a dash."""
    return "–" if at is None else f"{local(at):%H:%M:%S} ngày {local(at):%d/%m/%Y}"


def short(at: datetime) -> str:
    """"08:30": a conference is of one day, which stands above."""
    return f"{local(at):%H:%M}"


def lasting(time: timedelta) -> str:
    """"2 giờ 05 phút"; "" for none."""
    minutes = round(time.total_seconds() / 60)
    if time <= timedelta():
        return ""
    hours, rest = divmod(minutes, 60)
    return f"{hours} giờ {rest:02d} phút" if hours else f"{rest} phút" if rest else "chưa tới 1 phút"


def rungs(spell: SpellLine) -> str:
    """"mức cao", or "từ mức thấp đến mức cao"."""
    if spell.best == spell.worst:
        return RUNGS[spell.best]
    return f"từ {RUNGS[spell.worst]} đến {RUNGS[spell.best]}"


def spell(line: SpellLine) -> str:
    """"08:02–11:31, mức cao, 2 lần gián đoạn ngắn"."""
    until = short(line.until) if line.ended else f"{short(line.until)} (còn nối)"
    gaps = f", {line.gaps} lần gián đoạn" if line.gaps else ""
    return f"{short(line.from_at)}–{until}, {rungs(line)}{gaps}"


def decided(site: SiteLine) -> str:
    """Who decided, where it was by hand."""
    if site.admission == Admission.VERDICT:
        return ""
    word = "nhận" if site.admission == Admission.ADMITTED else "từ chối"
    return f"{word} bằng quyết định của trung tâm: {site.admission_reason}"


def settled(line: IncidentLine) -> str:
    """How an incident ended."""
    if line.resolved_at is None:
        return "CHƯA XỬ LÝ XONG"
    by = f" ({line.resolved_by})" if line.resolved_by else ""
    return f"{short(line.resolved_at)}{by}{': ' if line.resolution else ''}{line.resolution}"


def times(line: IncidentLine) -> str:
    """"08:31", or "08:31–09:02, 3 lần"."""
    if line.times <= 1:
        return short(line.at)
    return f"{short(line.at)}–{short(line.last_at)}, {line.times} lần"


def summary(sheet: ReportSheet) -> list[tuple[str, str]]:
    """Label and text, one a line."""
    lasted = lasting((sheet.ended_at or sheet.made_at) - sheet.live_at) if sheet.live_at else ""
    rows = [
        ("Cuộc họp", sheet.meeting), ("Cấp tổ chức", ORGANISERS[sheet.organiser]),
        ("Giờ khai mạc theo kế hoạch", moment(sheet.starts_at)), ("Tổng duyệt", moment(sheet.rehearsal_at)),
        ("Bắt đầu tiếp phát", moment(sheet.live_at)),
        ("Kết thúc", moment(sheet.ended_at) if sheet.final else "chưa kết thúc (số liệu tạm tính)"),
        ("Thời gian tiếp phát", lasted),
        ("Điểm cầu tham dự", f"{sheet.took_part}/{len(sheet.sites)}"), ("Số người dự", grouped(sheet.people)),
        ("Sự cố ghi nhận", f"{len(sheet.incidents)}, chưa xử lý xong: {sheet.unsettled}"),
    ]
    return [(label, text) for label, text in rows if text and text != "–"]
