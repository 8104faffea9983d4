"""Write a new revision from what the models say now:  python -m server.migrations "what changes" """

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from server.migrations import HERE, config, newest, upgrade


def main(message: str) -> None:
    """Compare an up-to-date scratch database with the models and write the difference as a revision."""
    numbers = list((HERE / "versions").glob("[0-9]*_*.py"))
    following = f"{int(newest()) + 1:04d}" if numbers else "0001"
    with tempfile.TemporaryDirectory() as scratch:
        engine = create_engine(f"sqlite:///{Path(scratch) / 'scratch.db'}")
        if numbers:
            upgrade(engine)
        made = config()
        made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with engine.begin() as connection:
            made.attributes["connection"] = connection
            command.revision(made, message, autogenerate=True, rev_id=following)


if __name__ == "__main__":
    main(sys.argv[1])
