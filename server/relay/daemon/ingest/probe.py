"""What a source sends, before it is used: `python -m server.relay.daemon.ingest.probe FOLDER`, a SourcePlan on stdin.

A process of its own: a source that hangs or harms the reader harms nothing else, and is ended after eight seconds.
"""

import json
import sys
import threading
from pathlib import Path
from typing import cast

from server.core import clock
from server.relay.daemon.ingest.ask import MOST_S
from server.relay.daemon.ingest.main import cpu_seconds
from server.relay.daemon.ingest.puller import Puller, State
from server.relay.daemon.ingest.sink import Sink
from server.relay.daemon.ingest.why import Why
from server.relay.plan import SourcePlan
from server.relay.reports import Made, ProbeAnswer

LOOKS_S = 2.5       # of pictures, after the first: long enough for B-frames and the cost of making anew


def look(source: SourcePlan, folder: Path, most_s: float = MOST_S) -> ProbeAnswer:
    """Open a source, read it for some seconds without publishing, and say what came."""
    turned = threading.Event()
    first: list[Why] = []

    def changed(state: State, why: Why) -> None:
        if state in ("lost", "refused"):
            first.append(why)
        if state in ("running", "lost", "refused"):
            turned.set()

    puller = Puller(source, folder, Sink(None), changed)
    began = clock.monotonic()
    puller.start()
    turned.wait(most_s - LOOKS_S)
    cpu, since = cpu_seconds(), clock.monotonic()
    if puller.state == "running":
        threading.Event().wait(min(LOOKS_S, most_s - (since - began)))
    cost = 100 * (cpu_seconds() - cpu) / max(clock.monotonic() - since, 0.1)
    puller.stop()
    if puller.probe is None:
        return ProbeAnswer(why=first[0] if first else "no_answer")
    made = cast(tuple[Made, ...], tuple(sorted(puller.known.remade, reverse=True)))
    return ProbeAnswer(probe=puller.probe, transcoding=made, cost_percent=round(cost, 1))


def main() -> None:
    """The command line."""
    source = SourcePlan.model_validate(json.load(sys.stdin))
    sys.stdout.write(look(source, Path(sys.argv[1])).model_dump_json())
    sys.stdout.flush()


if __name__ == "__main__":
    main()
