"""What the console sees of the screens on the line."""

from server.core.views import View


class ScreenView(View):
    """One connected screen that is not a seat, or a seat with a problem."""

    surface: str
    name: str
    since_ms: int
    build: str


class ScreensView(View):
    """Topic `screens` (console; lives in memory)."""

    seats: int
    walls: int
    doors: int
    consoles: int
    screens: list[ScreenView]
