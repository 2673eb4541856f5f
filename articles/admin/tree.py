"""The tree of categories as a list to choose from."""


def walk(nodes, *, depth=0):
    """Yield (depth, node) of these nodes and of all under them, in the order of menus."""
    for node in sorted(nodes, key=lambda node: (node.kind, node.position, str(node))):
        yield depth, node
        yield from walk(node.children, depth=depth + 1)


def indented(depth, words):
    """Return a line of a select, set in by the depth of its node."""
    return "\u2003" * depth + str(words)
