"""Which scene the wall shows now.

Other features use what is named here: `show` puts a scene on the wall within their own command, `scene_checks` takes a
rule of theirs, `scene_of` reads.
"""

from server.wall.scenes import Scene, scene_checks, scene_of, show

__all__ = ["Scene", "scene_checks", "scene_of", "show"]
