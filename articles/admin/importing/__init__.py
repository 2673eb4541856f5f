"""Imports: the list, the upload and its plan, and the page of each."""

from articles.admin.importing import admin

__all__ = ["admin"]
