import pytest

from tests.articles.importers.wxr import export


@pytest.fixture
def read(tmp_path):
    """Return what the parser makes of items."""

    def read(*items, head="", **context):
        return export.read(export.write(tmp_path, *items, head=head), **context)

    return read
