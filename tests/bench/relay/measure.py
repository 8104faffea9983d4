"""What is measured, and how.

One clip (720p25, 2.5 Mb/s, an IDR each 2 s, sound in 20 ms packets) goes in real time to the sender under measurement;
viewers in one process count what comes (tests/relay/receivers.py). The sender is pinned to one core, source and viewers
to the other; all packets go over loopback. Senders take turns, each started afresh.

* cpu: CPU time of the sender's processes (ours: fan-out and supervisor) in a window after everybody joined, by viewers
  and by packets that arrived. "before" is stock aiortc.
* delay: from just before a unit is handed to the sender to the kernel's stamp of its last packet at a viewer; over all
  viewers and pictures of the window. IDRs are some ten times as large as other pictures here. Janus is given them in
  small bursts over 20 ms, which are in its delay: what comes at once overruns its socket while it sends.
* join: from before the offer is made to the last packet of the first IDR; joiners come at every moment of the GOP.
* sound: the worst delay of a packet of sound sent within 100 ms from an IDR on, a viewer and an IDR; 100 viewers.
* soak: the median delay of the last tenth of the time less that of the first.
* memory: what the sender's resident memory grew by, a viewer.

Left out: the network, TLS, decoding, and whatever takes the source in.
"""

import argparse
import statistics
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from server.rehearsal.fleet import percentile
from tests.bench.figures import Figure
from tests.bench.relay import sides
from tests.bench.relay.sides import Run, Side

FRAME_MS = 40.0
SOUND_WINDOW_NS = 100_000_000
VIDEO, SOUND = 0, 1
Start = Callable[[], AbstractContextManager[Side]]


@dataclass
class Delays:
    """Milliseconds from the source to each viewer, within the window."""

    plain: list[float]
    idr: list[float]
    sound_after_idr: list[float]    # the worst a viewer and an IDR
    timed: list[tuple[int, float]]  # (ns when it was sent, delay) of all pictures
    missing: int                    # pictures of the window that some viewer never had whole

    @classmethod
    def of(cls, run: Run, sent: dict[tuple[int, int], tuple[int, int]]) -> "Delays":
        """Of one run."""
        found = cls([], [], [], [], 0)
        begin, end = run.window[0], run.window[1] - 300_000_000  # the last pictures are still on their way
        pictures = {pts: one for (pts, track), one in sent.items() if track == VIDEO and begin <= one[0] < end}
        idrs = [at for at, key in pictures.values() if key]
        for viewer in run.seen:
            whole = {row[0]: row[3] for row in viewer["frames"] if row[3] > 0}
            for pts, (at, key) in pictures.items():
                if pts not in whole:
                    found.missing += 1
                    continue
                delay = (whole[pts] - at) / 1e6
                (found.idr if key else found.plain).append(delay)
                found.timed.append((at, delay))
            found.sound_after_idr += _worst_sound(viewer["sound"], sent, idrs)
        return found


def _worst_sound(
    heard: list[list[int]], sent: dict[tuple[int, int], tuple[int, int]], idrs: list[int]
) -> Iterator[float]:
    delays = [(sent[pts, SOUND][0], (came - sent[pts, SOUND][0]) / 1e6) for pts, came in heard if (pts, SOUND) in sent]
    for idr in idrs:
        near = [delay for at, delay in delays if idr <= at < idr + SOUND_WINDOW_NS]
        if near:
            yield max(near)


def once(start: Start, viewers: int, seconds: float, **more: float) -> tuple[Run, Delays]:
    """One sender, one run."""
    with start() as side:
        run = sides.run(side, viewers, seconds, **more)
        return run, Delays.of(run, sides.sent(side))


def joins(run: Run) -> tuple[list[float], int]:
    """Milliseconds from offer to first picture, and how many never had one: these count with the time they waited."""
    ends = [one["first_frame_ns"] or run.window[1] for one in run.seen]
    times = [(end - one["began_ns"]) / 1e6 for end, one in zip(ends, run.seen, strict=True)]
    return times, sum(not one["first_frame_ns"] for one in run.seen)


def beside(name: str, unit: str, ours: float, peer: float, must: float | None = None) -> Figure:
    """A figure whose bound is of its own, with the peer beside."""
    return Figure(name, unit, round(ours, 3), round(peer, 3), None, must)


def costs(given: argparse.Namespace) -> list[Figure]:
    """CPU and delay at the same number of viewers, in turns; and stock aiortc."""
    mine, others, late, theirs = [], [], [], []
    for number in range(given.rounds):
        for start in (sides.peer, sides.ours) if number % 2 == 0 else (sides.ours, sides.peer):
            run, delays = once(start, given.viewers, given.seconds)
            (mine if start is sides.ours else others).append(run)
            (late if start is sides.ours else theirs).append(delays)
    before, before_late = once(sides.stock, given.viewers, given.seconds)
    a, b, at = statistics.median, percentile, f"_{given.viewers}"
    per_viewer, per_packet = (lambda run: run.cpu_per_viewer), (lambda run: run.cpu_per_packet)
    peer = a(map(per_viewer, others)), a(map(per_packet, others))
    figures = [
        Figure.against("relay.cpu_per_viewer", "% core", a(map(per_viewer, mine)), peer[0], must=1.0, aim=0.5),
        Figure.against("relay.cpu_per_packet", "µs", a(map(per_packet, mine)), peer[1], must=1.0, aim=0.5),
        Figure.against("relay.before.cpu_per_viewer", "% core", before.cpu_per_viewer, peer[0]),
        Figure.against("relay.before.cpu_per_packet", "µs", before.cpu_per_packet, peer[1]),
        Figure.alone("relay.before.delay_p.p95", "ms", b(before_late.plain, 0.95)),
        Figure.alone("relay.before.missing", "pictures", before_late.missing),
    ]
    for name, which, must in (("p", lambda one: one.plain, 15.0), ("idr", lambda one: one.idr, 40.0)):
        ours, peers = ([delay for one in side for delay in which(one)] for side in (late, theirs))
        figures += [
            beside(f"relay.delay_{name}{at}.p50", "ms", b(ours, 0.5), b(peers, 0.5)),
            beside(f"relay.delay_{name}{at}.p95", "ms", b(ours, 0.95), b(peers, 0.95), must),
        ]
    lost, gone = (sum(one.missing for one in side) for side in (late, theirs))
    return [*figures, beside(f"relay.missing{at}", "pictures", lost, gone, 0)]


def joining(given: argparse.Namespace) -> list[Figure]:
    """Joiners one after the other, at every moment of the GOP."""
    both = []
    for start in (sides.ours, sides.peer):
        run, _ = once(start, given.joiners, 1.0, stagger=0.23, settle=2.5)
        both.append(joins(run))
    (ours, without), (peer, peers_without) = both
    return [
        beside("relay.join.never", "viewers", without, peers_without, 0),
        beside("relay.join.p50", "ms", percentile(ours, 0.5), percentile(peer, 0.5)),
        beside("relay.join.p95", "ms", percentile(ours, 0.95), percentile(peer, 0.95), 300.0),
    ]


def crowd(given: argparse.Namespace) -> list[Figure]:
    """Many viewers: sound while an IDR goes out, memory."""
    run, delays = once(sides.ours, given.crowd, given.seconds)
    at = f"_{given.crowd}"
    return [
        Figure.alone(f"relay.sound_at_idr{at}.p50", "ms", percentile(delays.sound_after_idr, 0.5)),
        Figure.alone(f"relay.sound_at_idr{at}.p95", "ms", percentile(delays.sound_after_idr, 0.95), 20.0),
        Figure.alone(f"relay.sound_at_idr{at}.worst", "ms", max(delays.sound_after_idr)),
        Figure.alone(f"relay.delay_idr{at}.p95", "ms", percentile(delays.idr, 0.95)),
        Figure.alone(f"relay.cpu{at}", "% core", run.cpu_per_viewer * given.crowd),
        Figure.alone("relay.memory_per_viewer", "MB", run.memory_mb / given.crowd),
    ]


def soak(given: argparse.Namespace) -> list[Figure]:
    """Whether delay creeps."""
    if not given.soak:
        return []
    run, delays = once(sides.ours, given.soakers, given.soak)
    begin, end = run.window
    tenth = (end - begin) // 10
    first = [delay for at, delay in delays.timed if at < begin + tenth]
    last = [delay for at, delay in delays.timed if at >= end - tenth]
    growth = statistics.median(last) - statistics.median(first)
    return [
        Figure.alone(f"relay.delay_growth_{given.soak}s", "ms", growth, FRAME_MS),
        Figure.alone(f"relay.delay_{given.soak}s.p99", "ms", percentile([one for _, one in delays.timed], 0.99)),
    ]


def run(given: argparse.Namespace) -> list[Figure]:
    """Everything, one after the other."""
    return [*costs(given), *joining(given), *crowd(given), *soak(given)]
