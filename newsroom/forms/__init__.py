"""Forms of the admin that lose nothing: sent once, kept when they could not be saved, merged."""
