"""The demonstration's online conference: its plan, its rooms with their tests, its picture. All of it is invented."""
