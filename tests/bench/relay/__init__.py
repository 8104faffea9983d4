"""Our fan-out against Debian's Janus: `python -m tests.bench.relay` (measure.py says what and how)."""
