"""How large a list of participants may be; apart, so that the child process imports nothing else."""

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 50, 1000
MEMORY = 1024 * 1024 * 1024
SECONDS = 20.0
