"""The media processes of the relay: a supervisor and its children, each an asyncio process of its own.

    ingest (one a source) ─┐                          ┌─ fanout × (cores − 1) ─ WHEP ─ browsers, walls, players
                           ├─ program (one picture) ──┼─ rung (low)
    WHIP from a room ──────┘                          ├─ recorder
                                                      └─ gate ─ CURVE ─ edges

Access units travel over ZeroMQ PUB/SUB on ipc sockets (streams.py, units.py); words travel over ROUTER/DEALER through
the supervisor (wire.py). No part of this package may import Flask, gevent or the tables.
"""
