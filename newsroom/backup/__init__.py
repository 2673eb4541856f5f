"""Backups: all of a site in one archive that no database and no storage of files is special to, and the way back.

docs/reference/backups.md says what is in one.
"""


class Refused(Exception):
    """It is not done; the message is a sentence that names what is wrong and what helps."""
