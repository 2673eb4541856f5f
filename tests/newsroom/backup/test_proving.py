"""An archive is proved by what it shows when it is started: deploy/ starts one for good, these only look at its pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.backup import Refused, pages, proving, restoring, scratch
from newsroom.models import VerifiedBackup
from newsroom.pagecache import purge
from tests.factories import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Return a function that proves an archive of some minutes ago, which shows what stands in the list that it is given."""

    def prove(there, *, age=timedelta(minutes=5)):
        monkeypatch.setattr(proving, "_started", lambda _path, _at: there)
        made_at = (timezone.now() - age).isoformat()
        return proving.prove(tmp_path / "made.tar", {"made_at": made_at})

    return prove


@pytest.fixture
def shown():
    """The pages of a site with a story, all of them drawn from its sitemaps."""
    story(live=("en",), title_en="Rain", at=timezone.now() - timedelta(days=3))
    now = timezone.now()
    paths = pages.some(500, at=now)
    assert "/en/" in paths
    assert any(path.endswith("/rain/") for path in paths)
    return list(
        pages.rendered([path for path in paths if "rain" in path or path == "/en/"], at=now)
    )


def forget_purges():
    proving.Purge.objects.all().delete()


def test_the_same_pages_prove_it_and_it_is_remembered(started, shown):
    forget_purges()

    assert started(shown) == proving.Proof(2, 0)
    assert started(shown) == proving.Proof(2, 0)

    (last,) = VerifiedBackup.objects.all()
    assert last.name == "made.tar"
    assert timedelta(minutes=4) < timezone.now() - last.made_at < timedelta(minutes=6)


def test_a_page_that_is_another_is_named_unless_the_site_has_changed_it_since(started, shown):
    forget_purges()
    other = [shown[0], shown[1]._replace(sha256="0")]

    with pytest.raises(Refused, match=r"shows 1 of 2 pages otherwise .*/rain/"):
        started(other)
    assert VerifiedBackup.last() is None

    purge(["another"])
    with pytest.raises(Refused):
        started(other)
    purge(sorted(shown[1].tags)[:1])
    assert started(other) == proving.Proof(1, 1)
    # Of what was before the day nobody knows.
    forget_purges()
    assert started(other, age=timedelta(days=2)) == proving.Proof(1, 1)


def test_an_archive_that_does_not_start_says_why_in_a_line(monkeypatch, tmp_path):
    def restore(*_arguments, **_options):
        raise Refused("The database does not hold it.")

    monkeypatch.setattr(restoring, "restore", restore)
    monkeypatch.setattr(scratch.archive, "manifest", lambda _path: {})
    with pytest.raises(SystemExit, match=r"^The database does not hold it\.$"):
        scratch.main(tmp_path / "made.tar", timezone.now().isoformat(), "3")
