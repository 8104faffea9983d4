"""Generated files are what the server's models say now: `python -m tests.generated` fails when `make types` is due."""

import json
import sys
from pathlib import Path

from server.schemas import document

SCHEMAS = Path(__file__).parents[1] / "server" / "web" / "common" / "schemas.json"


def main() -> int:
    """0 when the committed schemas are current."""
    if json.loads(SCHEMAS.read_text("utf-8")) == document():
        return 0
    sys.stderr.write("server/web/common/schemas.json differs from the models: run `make types` and commit both files\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
