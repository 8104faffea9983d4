"""close."""
