"""A translation beside its source, on a page of its own."""
