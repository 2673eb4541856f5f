"""What pages show, in small named parts, and which of them a change makes out of date.

A page carries the names of all the parts that it shows (newsroom/pagecache). A change purges those
names whose *facts* it has altered: values that are equal exactly as long as readers see the same.
Signals report what is saved and deleted (receivers.py). A Kind is what the facts of a noun are told
by (kind.py), a file of facts/ each. docs/reference/cache-tags.md lists the names.
"""

from articles.purging.change import note_rows
from articles.purging.names import list_of, name

__all__ = ["list_of", "name", "note_rows"]
