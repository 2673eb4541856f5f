"""What the tests of formats share."""

from functools import partial
from pathlib import Path

import pytest

from articles.importers.context import Context
from articles.importers.formats import FORMATS

DATA = Path(__file__).parents[2] / "data" / "importers"
CONTEXT = Context(
    languages=("en", "es", "pt", "pt-br", "ar"), identify=lambda path: (path.stem, "en")
)


@pytest.fixture
def read(tmp_path):
    """Return a function that reads `data` as a format, or the typical file of the format without."""

    def read(name, data=None, **context):
        path = next(DATA.glob(f"{name}/typical.*"))
        if data is not None:
            path = tmp_path / f"a{path.suffix}"
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        told = Context(**{**vars(CONTEXT), **context})
        return list(FORMATS[name].read(path, told))

    return read


@pytest.fixture
def read_as(read):
    """Return a function that makes a reader of one format."""
    return lambda name: partial(read, name)
