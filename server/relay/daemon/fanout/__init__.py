"""Fan-out: one program to many viewers over WHEP, each packet made once and sealed for each viewer.

    lane.py    a rung of the program: access units → packets, the picture cache, what may be asked again
    packets.py H.264 and Opus into RTP payloads of fixed size (RFC 6184, RFC 7587)
    link.py    a viewer's socket and SRTP keys: many packets sealed in place and sent in one call (UDP GSO)
    viewer.py  one viewer: which packets it gets, under which numbers; what it says of them
    ladder.py  which rung a viewer has earned
    pace.py    when packets leave: viewers interleaved, large pictures spread, nobody waits for anybody
    offer.py   a viewer's SDP, taken apart before aiortc sees it
    peer.py    aiortc's connection with our sender in it
    hub.py     one conference; main.py the process
"""
