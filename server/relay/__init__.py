"""Relay of online conferences to committee rooms: conferences, sources, sites and their readiness.

The web process decides and shows; `server.relay.daemon` carries the media, in processes of its own. The two share what
is in plan.py (what ought to run), reports.py (what does) and passes.py (who may watch).
"""
