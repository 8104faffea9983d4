"""What faults cost those who watch a relayed conference: real processes, namespaces, bad lines, real Chromium.

    python -m tests.chaos.relay_faults [--only KIND,WORD] [--quick]

    edges.py      a centre and two edges: bad lines between them, dead processes on either side
    doors.py      one relay and its viewers: crowds, a viewer that never reads, a source that changes, dead processes
    missiles.py   what is thrown at every port of that relay
    page.py       Chromium behind a bad line: frames, freezes and delay as a person sees them
    relays.py     relays as processes      watchers.py  viewers in a process of their own      table.py  the figures
"""
