"""Programs in front of the site, and how they are told of purges."""
