"""The printed sheets of a paper vote: ballots, a station's entry log, the counting minutes. Shapes in, bytes out."""
