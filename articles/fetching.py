"""Pictures that are missing, fetched from where their source has them.

Only when somebody asks for it: an import with --fetch-media, or an editor in the list of images.
"""

import logging
from itertools import groupby

from django_tasks import task

from articles.actions import illustrating
from articles.models import Image
from newsroom.files.pictures import UnreadablePicture
from newsroom.http.fetch import Fetcher, FetchError

logger = logging.getLogger(__name__)


def fetchable(images):
    """Keep the missing pictures of which an address is known."""
    return images.with_gaps().exclude(source_url="")


def gaps(*, sources):
    """Return what can be fetched for the stories that came from these sources."""
    images = fetchable(Image.objects.all())
    return images.filter(uses__article__origins__source__in=sources).distinct()


def fetch_missing(images, *, fetcher=None, step=lambda _url: None):
    """Give gaps their files; yield a sentence for each address whose file could not be had.

    One address is asked once, however many gaps wait for it. `step` is told each before.
    """
    fetcher = fetcher or Fetcher()
    for url, same in groupby(
        images.order_by("source_url", "pk"), key=lambda image: image.source_url
    ):
        step(url)
        try:
            with fetcher.fetch(url) as file:
                for image in same:
                    file.seek(0)
                    illustrating.fill(image, file)
        except (FetchError, UnreadablePicture) as error:
            yield f"{url} was not fetched: {error}."


@task()
def fetch(image_ids):
    """Give these gaps their files; the log tells which could not be had."""
    for problem in fetch_missing(fetchable(Image.objects.filter(pk__in=image_ids))):
        logger.warning(problem)
