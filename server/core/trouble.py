"""Trouble that is not ours: a disk, a database, data of another program. Said in one line at the start of a process."""

class WrongData(RuntimeError):
    """The data folder cannot be used by this program. The message is one line that says what to do."""


def one_line(error: Exception) -> str | None:
    """What happened, for whoever starts the server; None when it is a fault of the program and its stack is needed."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  (the supervisor does without; trouble is rare)

    if isinstance(error, WrongData):
        return str(error)
    if isinstance(error, DBAPIError):
        return f"database: {' '.join(str(error.orig).split())}"
    if isinstance(error, OSError):
        return f"{error.filename or 'system'}: {error.strerror or error}"
    return None
