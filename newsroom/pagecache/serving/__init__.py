"""Answers a request: from memory, from a store, or by rendering the page."""
