"""Sources: whatever a conference comes in by becomes H.264 in Annex B without B-frames, and Opus, on one clock.

    main.py      what the child does: by kind, to the puller, to WHIP or to an edge's feed
    address.py   which addresses are let in, and how each kind is opened; why.py names what can go wrong
    doorman.py   who may call, where a source waits for its encoder
    puller.py    a thread that opens, reads, and opens again; main.py looks after it from outside
    pipeline.py  a packet → what must be done to it: nal.py (as it is), remake.py (anew)
    sink.py      where units go
    ticks.py     the source's time → one 90 kHz clock, paced where the source is not live
    probe.py     what a source sends, before it is used
"""
