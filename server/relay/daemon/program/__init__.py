"""The one picture that everybody gets: chosen from the sources, continuous, never dead.

    stamps.py    times of the chosen source → times of the program     machine.py   which source is chosen, and when
    slate.py     words as coded pictures, and silence                   main.py      the process
"""
