"""The newsroom's own pages. Each module registers the admin of one noun, under its name."""

from articles.admin import article, byline, category, image, tag

__all__ = ["article", "byline", "category", "image", "tag"]
