"""HTTP of what is known of a conference's course: its time line."""

from server.core.access import Permission
from server.core.http import Call
from server.relay import lookup
from server.relay.api import R, RelayApi
from server.relay.readiness.time_line import time_line
from server.relay.readiness.views import TimelineView

api = RelayApi("relay-records")


@api.get(f"{R}/timeline", Permission.MEETING_CONSOLE, "Mốc thời gian của hội nghị", answer=TimelineView)
def show_time_line(call: Call[None], meeting_id: int) -> TimelineView:
    """From the plan to the report: what is done, due, late, who is missing, and the one thing to do."""
    with call.read() as session:
        return time_line(session, lookup.conference_of(session, meeting_id))
