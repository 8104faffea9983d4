"""Edge and centre mean the same by their words, though the edge's processes may not import the centre's."""

from server.relay.bodies import EdgeReportIn
from server.relay.daemon.edge.orders import figures_of
from server.relay.edge_words import EdgeConference, EdgeFigures, EdgeOrders
from server.relay.views.edges import EdgeSite, EdgeView


def test_orders_are_read_as_the_centre_writes_them() -> None:
    assert set(EdgeOrders.model_fields) == set(EdgeView.model_fields)
    assert set(EdgeConference.model_fields) == set(EdgeSite.model_fields)
    view = EdgeView(
        device_id=5, name="Trạm biên", label="edge-5", revision=4, feed_host="", feed_port=8890, feed_key="k" * 40,
        srt_port=8891, now_ms=5, key_known=True, conferences=[EdgeSite(
            site_id=12, conference_id=3, meeting_id=7, name="Đảng ủy xã", conference="Hội nghị", state="live",
            starts_ms=1, phone="0900", watch=True, allowed="low", held="low", low=True, muted=False,
            line="srt", srt_turn="1.5", recording=True, test_due=False, slate=["a", "b"],
        )],
    )
    read = EdgeOrders.model_validate_json(view.model_dump_json())
    assert read.model_dump(mode="json") == view.model_dump(mode="json")


def test_heartbeats_are_taken_by_the_centre() -> None:
    assert set(EdgeFigures.model_fields) == set(EdgeReportIn.model_fields)
    EdgeReportIn.model_validate(figures_of({}).model_dump())
