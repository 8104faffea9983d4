"""The recording of the program, without coding anew: fragments of half a second, written as soon as they are whole.

    fragments.py  access units → fragmented MP4   disk.py  one file and its thread      room.py  budget and disk
    index.py      files and agenda marks          main.py  the process
"""
