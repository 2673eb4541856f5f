"""Beside the ORM: locks, deadlines, replicas, prepared statements, pages of a list."""
