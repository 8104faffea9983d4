"""Votes on paper: ballots printed, counted three times blindly by the tellers, compared and settled."""
