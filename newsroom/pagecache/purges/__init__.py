"""What is out of date: cache tags, the log of purges, the clock of transactions."""
