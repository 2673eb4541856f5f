"""Where finished pages lie."""
