"""The rehearsal: simulated seats that hold a whole sitting against a running server, through the API everybody uses."""
