"""Run every benchmark, one after another: `python -m tests.bench [--json]`.

The last line is one list of all figures. Exit code 1 when a `must` is missed or a benchmark failed.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.figures import Figure, show

PARTS = {"__init__", "__main__", "figures", "house", "scene"}


def main() -> None:
    """Each in a process of its own, so that none inherits another's memory or cores."""
    here = Path(__file__).parent
    figures: list[Figure] = []
    failed = []
    packages = {path.parent.name for path in here.glob("*/__main__.py")}
    for name in sorted(packages | {path.stem for path in here.glob("*.py")} - PARTS):
        print(f"… {name}", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"tests.bench.{name}", "--json"], capture_output=True, text=True, check=False
        )
        lines = done.stdout.strip().splitlines()
        if not lines or not lines[-1].startswith("["):
            failed.append(name)
            print(done.stderr[-2000:], file=sys.stderr)
            continue
        figures += [Figure(**one) for one in json.loads(lines[-1])]
    if "--json" not in sys.argv:
        show(figures)
    print(json.dumps([vars(one) for one in figures]))
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    sys.exit(0 if not failed and all(one.kept for one in figures) else 1)


if __name__ == "__main__":
    main()
