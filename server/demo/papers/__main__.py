"""`python -m server.demo.papers OUTDIR` writes every paper of the demonstration meeting as a PDF."""

import sys
from pathlib import Path

from server.demo.papers import all_papers


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m server.demo.papers OUTDIR\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for paper in all_papers():
        content = paper.make()
        (folder / f"{paper.slug}.pdf").write_bytes(content)
        sys.stdout.write(f"{paper.agenda_key:4} {paper.slug}.pdf  {len(content):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
