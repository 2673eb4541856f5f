"""What a page shows, for machines: each module turns the object of a page into one format, and asks the database for nothing."""
