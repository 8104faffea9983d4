"""The report of a conference, to file: who took part, when connected, at which rung, and every incident.

`sheet.py` gathers what is said from the rows; `pdf.py` and `xlsx.py` are pure functions from that to bytes. They take
up to a second: call `made` with `core.offload`.
"""

from typing import Literal

from server.relay.report.sheet import ReportSheet, sheet_of

__all__ = ["ReportSheet", "made", "sheet_of"]


def made(sheet: ReportSheet, form: Literal["pdf", "xlsx"]) -> bytes:
    """The file. The libraries that lay out pages are loaded at the first report, not at every start of the server."""
    if form == "pdf":
        from server.relay.report.pdf import report_pdf  # noqa: PLC0415

        return report_pdf(sheet)
    from server.relay.report.xlsx import report_xlsx  # noqa: PLC0415

    return report_xlsx(sheet)
