"""A publication that is refused: what is told of it, and where it leads."""
