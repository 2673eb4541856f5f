"""From files to articles: file -> parser -> Story -> writer -> publishing.

`formats` lists the parsers, one module a format, and recognises a file. A parser yields `story.Story`
records, and knows neither the database nor the settings: `run` tells it the rest in a `context.Context`.
`writer` stores the records.
"""
