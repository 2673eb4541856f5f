"""The settings of the site, made in the admin: its name, strapline and policies, with a row of texts for each language."""
