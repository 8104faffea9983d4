"""The printed sheets of a paper vote: ballots, a station's entry log, the counting minutes. Shapes in, bytes out.

    ballots.ballot_pdf(BallotSheet)         log.log_pdf(StationLog)
    minutes_pdf.minutes_pdf(CountingMinutes)        minutes_docx.minutes_docx(CountingMinutes)

Import them where they are called: reportlab and python-docx take a moment to load. Thousands of ballots or log lines
take seconds: call with `core.offload` in the web process.
"""
