"""Authors, and the page that makes a colleague one."""

from articles.admin.author.admin import AuthorAdmin

__all__ = ["AuthorAdmin"]
