"""A page as Markdown, for programs that read: its facts as YAML, then what readers see of it, in their words."""

from articles.representations.markdown.pages import PAGES, TYPE

__all__ = ["PAGES", "TYPE"]
