"""A poll's result as a file: XLSX to reckon with, PDF to file.

`sheet.py` gathers what is said, from the sealed record alone and the few rows that stand beside it; `words.py` and
`seats.py` put it into words and places; `xlsx.py` and `pdf.py` are pure functions from that to bytes. They take up to
a second: call them with `core.offload`.
"""
