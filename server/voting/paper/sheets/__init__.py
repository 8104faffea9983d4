"""The printed sheets of a paper vote: ballots, a station's entry log, the counting minutes. Pure: shapes in, bytes out."""
