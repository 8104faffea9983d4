"""`python -m tests.bench.relay [--soak SECONDS] [--json]`: all figures of the relay, three to five minutes."""

from tests.bench.figures import main
from tests.bench.relay.measure import run

main(run, viewers=40, seconds=8, rounds=2, joiners=24, crowd=100, soak=60, soakers=20)
