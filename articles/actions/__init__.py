"""The verbs: what people and imports do to stories, categories, tags, authors and images.

Admin, commands and importers call these. To rename or move a category, tag or author is to save it: what follows from
that (old addresses, lists, pages made anew) is derived from any save, whoever does it.
"""
