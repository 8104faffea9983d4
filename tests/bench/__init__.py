"""Measurements. `python -m tests.bench.NAME --json` prints a list of figures on its last line; see figures.py."""
