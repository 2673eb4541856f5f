"""Letting somebody in: a colleague with a login, a partner with a token, and whoever reads a preview by a link."""
