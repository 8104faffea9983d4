"""What the wall shows."""

from server.core.views import View


class WallView(View):
    """Topic `wall`: wall, console, seat.

    `scene`: welcome, agenda, document, vote, result, paper, speaker, attendance, notice, relay or blank.

    A scene is only a name; its content comes from the other topics (agenda, presenter, vote, …). `poll_id` says whose
    result, `text` is the notice, `beside` (agenda, document or
    empty) stands beside the relay's picture. `check_in_url` is in the welcome scene's QR.
    """

    scene: str
    poll_id: int | None
    text: str | None
    beside: str
    since_ms: int
    check_in_url: str
