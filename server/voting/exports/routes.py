"""HTTP of exports: a poll's result as a workbook and as a paper."""

from collections.abc import Callable

from flask import Response

from server.core.access import Permission
from server.core.http import Api, Call
from server.core.offload import offload
from server.voting.exports.sheet import ResultSheet, result_sheet

api = Api("voting-exports")
RESULT = "/api/meetings/<int:meeting_id>/polls/<int:poll_id>/result"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@api.get(f"{RESULT}.xlsx", Permission.MEETING_CONSOLE, "Kết quả biểu quyết (XLSX)", media=XLSX)
def result_xlsx(call: Call[None], meeting_id: int, poll_id: int) -> Response:
    """From the sealed record; reserved opinions and an annulment beside it."""
    return _file(call, meeting_id, poll_id, "xlsx")


@api.get(f"{RESULT}.pdf", Permission.MEETING_CONSOLE, "Kết quả biểu quyết (PDF)", media=PDF)
def result_pdf(call: Call[None], meeting_id: int, poll_id: int) -> Response:
    """A4, to print and file; the same content."""
    return _file(call, meeting_id, poll_id, "pdf")


def _file(call: Call[None], meeting_id: int, poll_id: int, form: str) -> Response:
    with call.read() as session:
        sheet = result_sheet(session, call.services.keys, meeting_id, poll_id)
    make = _maker(form)
    # Not within the session, and not on the loop: a paper of hundreds of names takes a second.
    content = offload(lambda: make(sheet))
    response = Response(content, mimetype=PDF if form == "pdf" else XLSX)
    place = "inline" if form == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{place}; filename="ket-qua-bieu-quyet-{poll_id}.{form}"'
    return response


def _maker(form: str) -> Callable[[ResultSheet], bytes]:
    # Loaded at the first export: the libraries that lay out pages would slow every start of the server.
    if form == "pdf":
        from server.voting.exports.pdf import result_pdf as make  # noqa: PLC0415
    else:
        from server.voting.exports.xlsx import result_xlsx as make  # noqa: PLC0415
    return make
