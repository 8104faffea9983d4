"""tellers."""
