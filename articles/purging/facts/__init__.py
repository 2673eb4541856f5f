"""What readers see of each noun, as facts to compare before and after a change."""
