"""What keeps a tree from being a release is named."""

from tests.tools.release import faults

PROJECT = '[project]\nversion = "1.2.0"\n'
READY = "# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-11-29\n\n- You can now.\n\n## 1.1.0 - 2026-01-01\n"


def test_a_tree_that_is_ready_has_no_fault():
    assert list(faults(PROJECT, READY, ["v1.1.0"], [])) == []


def test_each_fault_is_a_sentence():
    other = READY.replace("## 1.2.0 - 2026-11-29\n\n", "")

    version, waiting, released, changed = faults(PROJECT, other, ["v1.2.0"], ["manage.py"])

    assert "says 1.2.0, and the newest release in CHANGELOG.md is 1.1.0" in version
    assert "“Unreleased”" in waiting
    assert "v1.2.0 is released already" in released
    assert changed == "Not committed: manage.py."
