"""The desk as a table for a spreadsheet: a line for each language of each story."""

from datetime import timedelta

from django.utils.translation import gettext as _

from articles.admin.desk.board import rows
from newsroom.files.spreadsheet import BEGINNING, line

MANY, BATCH = 10_000, 200
"""So many stories are in a table, and so many are read in one go."""


def lines(stories, **seen):
    """Yield the lines of the table in UTF-8, with the mark by which spreadsheets know that; `seen` is as for `board.rows`."""
    yield BEGINNING + line(_heads())
    for start in range(0, MANY, BATCH):
        some = list(stories[start : start + BATCH])
        for row in rows(some, **seen):
            yield from (line(_cells(row, cell)) for cell in row.cells)
        if len(some) < BATCH:
            return


def _heads():
    return [
        *(_("Story"), _("Headline"), _("Language"), _("State"), _("Since"), _("In the hands of")),
        *(_("Behind"), _("Due"), _("Minutes late")),
    ]


def _cells(row, cell):
    late = (cell.at - cell.due) // timedelta(minutes=1) if cell.is_late else ""
    said = [row.headline, cell.language, cell.state, _moment(cell.since), cell.who]
    return [row.pk, *said, cell.behind or "", _moment(cell.due), late]


def _moment(moment):
    return moment.isoformat(timespec="minutes") if moment else ""
