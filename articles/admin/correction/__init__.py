"""The corrections of a story, on its page."""

from articles.admin.correction.rows import TellsCorrections

__all__ = ["TellsCorrections"]
