"""The readiness test of a room, run by its edge without a technician: the same measures as on the site's page.

`line.py` measures, `rehearse.py` decodes what the conference will send and more, `room.py` keeps what only a person can
know, `run.py` is the course of a test.
"""
