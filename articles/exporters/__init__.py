"""From articles to files: Article -> Story record -> a writer for each format. The way in is articles/importers/."""
