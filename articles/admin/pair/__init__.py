"""The queue of pairs."""

from articles.admin.pair.admin import PairAdmin

__all__ = ["PairAdmin"]
