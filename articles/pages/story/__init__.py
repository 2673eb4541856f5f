"""The page of a story: what it holds, what stands around it, and what follows at its end."""

from articles.pages.story.page import Chip, Story, find, read

__all__ = ["Chip", "Story", "find", "read"]
