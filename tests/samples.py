"""Real files that nobody here wrote. They may not be copied, so they are read where they lie, beside the project.

What they show is shown by small files of our own as well. A run without them says so at its end.
"""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "samples"
NINJS = FOLDER / "ninjs" / "schemas" / "ninjs-schema_3.1.json"
NEWSML = FOLDER / "newsml" / "xsd" / "NewsML-G2_2.35-spec-All-Power.xsd"
NITF = FOLDER / "nitf" / "xsd" / "nitf-3-6.xsd"
HOSTILE = FOLDER / "hostile"
PAGE = FOLDER / "page" / "000_496f8d6cb8539fba.txt"
PHOTOS = FOLDER / "photos"
XSS = FOLDER / "xss"

needed = pytest.mark.skipif(not FOLDER.exists(), reason="no samples lie beside the project")
"""Marks a test that only reads samples."""
