"""Is a site fit for the relay? Figures of a test become a verdict with reasons, and a certificate signed by the server.

`thresholds.toml` says what must hold and why, `verdict.py` judges, `certificate.py` signs, `pdf.py` prints. Tests are
run by a site's technician on the site's page, or by an edge.
"""
