"""Pictures that are missing, fetched from their source."""

import io

import pytest

from articles import fetching
from articles.models import Image, Origin
from newsroom.http.fetch import FetchError
from tests.articles.admin.test_image import drawn
from tests.factories import ImageFactory, story

pytestmark = pytest.mark.django_db

SEA, PIER = "https://news.example/sea.jpg", "https://news.example/pier.jpg"


class Fetched:
    """A fetcher that has some files."""

    def __init__(self, **files):
        self.files, self.asked = files, []

    def fetch(self, url):
        self.asked.append(url)
        name = url.rpartition("/")[2].partition(".")[0]
        if name not in self.files:
            raise FetchError("its server answers 404")
        return io.BytesIO(self.files[name])


def gap(url, source="wire"):
    image = ImageFactory(file="", source_url=url)
    article = story(title_en="A", images=[image])
    Origin.objects.create(source=source, external_id=str(article.pk), article=article)
    return image


def test_gaps_get_their_files_and_an_address_is_asked_once():
    images = [gap(SEA), gap(PIER), gap(SEA)]
    other = gap(SEA, source="elsewhere")
    fetcher = Fetched(sea=drawn().read())

    problems = list(fetching.fetch_missing(fetching.gaps(sources=["wire"]), fetcher=fetcher))

    assert fetcher.asked == [PIER, SEA]
    assert problems == [f"{PIER} was not fetched: its server answers 404."]
    there = {image.pk for image in Image.objects.exclude(file="")}
    assert there == {images[0].pk, images[2].pk}
    assert other.pk not in there
    assert {image.width for image in Image.objects.filter(pk__in=there)} == {64}


def test_what_is_no_picture_fills_no_gap():
    gap(SEA)

    (problem,) = fetching.fetch_missing(
        fetching.gaps(sources=["wire"]), fetcher=Fetched(sea=b"words")
    )

    assert "not a picture" in problem
    assert not Image.objects.exclude(file="").exists()


def test_a_gap_that_was_filled_meanwhile_keeps_its_file():
    image = gap(SEA)

    class Slow(Fetched):
        def fetch(self, url):
            Image.objects.filter(pk=image.pk).update(file="originals/aa/aa.jpg")
            return super().fetch(url)

    gaps = fetching.gaps(sources=["wire"])
    assert not list(fetching.fetch_missing(gaps, fetcher=Slow(sea=drawn().read())))

    assert Image.objects.get(pk=image.pk).file.name == "originals/aa/aa.jpg"
