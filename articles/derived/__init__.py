"""What follows from a change and is kept: addresses, lists, links that wait for their target."""
