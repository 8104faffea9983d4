"""SRT (Secure Reliable Transport) for lossy lines: lost packets are sent again in time, everything is encrypted.

`library.py` speaks to Debian's libsrt (MPL-2.0; it comes with ffmpeg), `stream.py` packs access units into MPEG-TS,
`sender.py` is the process at the centre that edges call, `secret.py` is what centre and edge share without sending it.

Why not through the command ffmpeg: its listener has one caller, and its passphrase stands in the process list.
"""
