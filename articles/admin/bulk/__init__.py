"""One verb for many stories: a page that says what will happen to each, does it, and says what did not."""
