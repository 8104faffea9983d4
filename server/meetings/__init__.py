"""Meetings, agenda, participants, life cycle."""
