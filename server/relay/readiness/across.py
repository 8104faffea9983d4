"""Papers on A4 across: lists of all sites."""

import io
from collections.abc import Callable, Iterable
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from server.core.numbered import NumberedCanvas
from server.core.typeface import register_fonts
from server.relay.readiness.pdf import MARGINS


def across(flow: Callable[[float], Iterable[Flowable]], *, title: str, author: str, note: str) -> bytes:
    """A paper of what `flow` gives for a width in points, pages x/y. The same content gives the same bytes."""
    register_fonts()
    out, size = io.BytesIO(), landscape(A4)
    top, bottom, _, right = MARGINS
    left = right  # wide tables: the binding edge is the upper one
    width, height = size[0] - left - right, size[1] - top - bottom
    document = BaseDocTemplate(out, pagesize=size, title=title, author=author, lang="vi", invariant=1)
    document.addPageTemplates([PageTemplate(frames=[Frame(left, bottom, width, height, 0, 0, 0, 0)])])
    paper: Any = type("Paper", (NumberedCanvas,), {"note": note})
    document.build(list(flow(width)), canvasmaker=paper)
    return out.getvalue()
