"""What public pages show, and what they read for it from the database."""
