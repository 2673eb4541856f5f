"""What pages show, in small named parts, and what readers see of each part now.

A page carries the names of all the parts that it shows (newsroom/pagecache). A change purges those
names whose *facts* it has altered: values that are equal exactly as long as readers see the same.
docs/reference/cache-tags.md lists the names.
"""

from articles.cachetags.names import FORMS, hides, list_of, name

__all__ = ["FORMS", "hides", "list_of", "name"]
