"""Requests to speak. The relay puts its sites into the same queue with what commands.py names for sites."""
