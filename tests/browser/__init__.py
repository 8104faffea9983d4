"""Real Chromium, a real server with all its processes."""
