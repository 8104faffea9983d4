"""The recording of the program, without coding anew: fragments of a second, each on the disk before the next begins.

    fragments.py   access units → fragmented MP4     main.py   the process: files, index, budget, disk
"""
