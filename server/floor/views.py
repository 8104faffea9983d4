"""What screens see of the floor."""

from server.core.views import View


class FloorRequest(View):
    """Somebody who asks to speak: a participant, or a site of the relay. `state`: waiting, speaking or done."""

    id: int
    participant_id: int | None
    site_id: int | None
    name: str
    unit: str
    seat: str | None
    topic: str
    state: str
    requested_ms: int
    started_ms: int | None


class FloorView(View):
    """Topic `floor`: seat, wall, console. At most 200 waiting."""

    speaking: FloorRequest | None
    waiting: list[FloorRequest]
