"""The verbs: what people and imports do to stories, tags and credits. Admin, commands and importers call these."""
