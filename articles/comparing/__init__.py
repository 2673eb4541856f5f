"""What differs between texts: words, and blocks. Nothing here knows a model or a language."""
