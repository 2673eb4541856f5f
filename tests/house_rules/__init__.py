"""Rules about the source itself, which no other test would notice being broken."""
