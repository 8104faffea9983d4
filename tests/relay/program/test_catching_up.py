"""What goes out when a source is shown from an IDR that is older than what was shown: a burst of the past, then now."""

from itertools import pairwise

import av

from server.core import clock
from server.relay.daemon.program.machine import Rules
from server.relay.daemon.program.mixer import Mixer
from server.relay.daemon.rung import Low
from server.relay.daemon.units import Flag, Track, Unit
from tests.relay.clip import Recipe, make, units

STEP90, SOUND90 = 3600, 1800
FLOOR = Rules(("site-12", "primary"), floor="site-12")
CENTRE = Rules(("primary",))


class Desk:
    """A mixer whose two sources send 25 pictures a second: the room's newest IDR is its first, so is the centre's."""

    def __init__(self) -> None:
        self.out: list[Unit] = []
        self.mixer = Mixer(FLOOR, self._send, 0.0, lambda: 777)
        self.count = 0

    def _send(self, track: Track, payload: bytes, pts90: int, *, capture_ns: int, flags: Flag = Flag.NONE,
              width: int = 0, height: int = 0) -> Unit:
        self.out.append(Unit(track, flags, 1, len(self.out), pts90, capture_ns, payload, width, height))
        return self.out[-1]

    def run(self, pictures: int) -> None:
        for _ in range(pictures):
            now, number = self.count * 0.04, self.count
            key = Flag.KEY if number == 0 else Flag.NONE
            for source in ("site-12", "primary"):
                mark = f"{source} {number}".encode()
                self.mixer.take(source, Unit(Track.VIDEO, key, 1, number, number * STEP90, number, mark, 320, 180), now)
                for half in (0, 1):
                    pts = number * STEP90 + half * SOUND90
                    sound = Unit(Track.AUDIO, Flag.NONE, 1, 2 * number + half, pts, number, mark)
                    self.mixer.take(source, sound, now)
            self.mixer.tick(now)
            self.count += 1

    def pictures(self) -> list[Unit]:
        return [unit for unit in self.out if unit.track is Track.VIDEO]


def test_the_centre_follows_in_the_moment_in_which_the_floor_is_taken() -> None:
    desk = Desk()
    desk.run(40)
    assert desk.pictures()[-1].payload == b"site-12 39"
    shown, now = len(desk.out), 39 * 0.04
    desk.mixer.configure(CENTRE, now)
    burst = desk.out[shown:]
    assert [unit.payload for unit in burst] == [b"primary %d" % number for number in range(40)]
    assert all(unit.track is Track.VIDEO for unit in burst), "sound goes on, it is not repeated"
    assert burst[0].flags == Flag.KEY | Flag.DISCONTINUITY | Flag.PAST
    assert all(unit.past and unit.capture_ns == 777 for unit in burst[:-1])
    assert not burst[-1].past
    assert burst[-1].pts90 - burst[0].pts90 < STEP90, "it is over within the time of one picture"
    desk.run(10)
    assert all(a.pts90 < b.pts90 for a, b in pairwise(desk.pictures()))
    after = desk.pictures()[-10:]
    assert [unit.pts90 for unit in after] == [number * STEP90 for number in range(40, 50)], "then time is its own again"
    assert not any(unit.past for unit in after)


def test_the_sound_of_a_room_that_lost_the_floor_stops_with_its_next_packet() -> None:
    desk = Desk()
    desk.run(40)
    heard = [unit.payload for unit in desk.out if unit.track is Track.AUDIO]
    assert heard[-1] == b"site-12 39"
    shown = len(desk.out)
    desk.mixer.configure(CENTRE, 39 * 0.04)
    desk.run(2)
    after = [unit for unit in desk.out[shown:] if unit.track is Track.AUDIO]
    assert [unit.payload for unit in after] == [b"primary 40", b"primary 40", b"primary 41", b"primary 41"]
    assert after[0].flags & Flag.DISCONTINUITY
    times = [unit.pts90 for unit in desk.out if unit.track is Track.AUDIO]
    assert all(a < b for a, b in pairwise(times))


def test_the_low_rung_runs_through_the_past_and_makes_only_what_is_of_now() -> None:
    film = [unit for unit in units(make(Recipe(seconds=2, gop_s=2.0))) if unit.track is Track.VIDEO]
    low, decoder = Low(), av.CodecContext.create("h264", "r")
    made = []
    for number, unit in enumerate(film[:20]):
        past = Flag.PAST if number < 19 else Flag.NONE
        begins = Flag.KEY | Flag.DISCONTINUITY if number == 0 else Flag.NONE
        sent = Unit(unit.track, past | begins, 1, number, number, clock.realtime_ns(), unit.payload, 320, 180)
        made += low.take(sent)
    assert [one.key for one in made] == [True]
    (picture,) = decoder.decode(av.Packet(made[0].payload))
    assert picture.width == 320
