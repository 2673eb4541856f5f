"""The parts of the benchmark: each measures one thing on a Stage and returns a table as Markdown."""
