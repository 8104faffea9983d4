"""What a test measured, in whole numbers. None: not measured, which is never good enough."""

from typing import Annotated

from pydantic import Field

from server.core.views import Input

Kbps = Annotated[int, Field(ge=0, le=10_000_000)]
Ms = Annotated[int, Field(ge=0, le=600_000)]
Share = Annotated[int, Field(ge=0, le=10_000, description="hundredths of a percent")]
Decibel = Annotated[int, Field(ge=0, le=200)]
Count = Annotated[int, Field(ge=0, le=100_000)]


class Rehearsal(Input):
    """Ten seconds of a rung at 1.3 times its rate, on the connection the conference will use (getStats, RTCP).

    `loss`: packets lost for good (after retransmission) of those sent, rounded up; `jitter` and `round_trip` in ms,
    rounded up; `decoded`: pictures decoded of those sent, rounded down; `frames`, `kbps`: what arrived.
    """

    loss: Share | None = None
    jitter: Ms | None = None
    round_trip: Ms | None = None
    decoded: Share | None = None
    freezes: Count | None = None
    frames: Count = 0
    kbps: Kbps = 0


class Figures(Input):
    """Everything a test of a site found, or its technician declared."""

    down: Kbps | None = None
    up: Kbps | None = None
    top: Rehearsal | None = None
    low: Rehearsal | None = None
    audio: Rehearsal | None = None
    clock_off_ms: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    screen: bool | None = None
    speakers: bool | None = None
    microphone: bool | None = None
    camera: bool | None = None
    echo: bool | None = Field(default=None, description="true: the centre's sound does not come back")
    echo_heard: bool | None = Field(default=None, description="measured: the microphone hears the loudspeakers")
    echo_ms: Ms | None = Field(default=None, description="from the loudspeakers to the microphone")
    echo_raw_db: Decibel | None = Field(default=None, description="how much weaker it comes back")
    echo_loss_db: Decibel | None = Field(default=None, description="the same after the browser's echo canceller")
    no_hdcp: bool | None = None
    second_path: bool | None = None
    failover_s: Annotated[int, Field(ge=0, le=86_400)] | None = None
    ups_min: Annotated[int, Field(ge=0, le=100_000)] | None = None
    technician: bool | None = None
    phone_tree: bool | None = None
    antivirus: bool | None = None
    agrees: bool | None = Field(default=None, description="set by the server: no figure was better than its own count")
