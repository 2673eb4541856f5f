"""The page of a story: what it holds, what stands around it, and what follows at its end."""

from articles.pages.story.page import Story, find, read

__all__ = ["Story", "find", "read"]
