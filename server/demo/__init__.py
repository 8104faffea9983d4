"""The demonstration: a fictitious province, its committee, its meeting and its papers."""
