"""Nghị Sự: the meeting server. Start reading at server/app.py."""
