"""Pictures in a bucket that speaks S3, for sites that run on more than one machine.

Readers get them from MEDIA_URL, the address of the bucket or of a CDN before it; this site only writes
and deletes. Names change with what is in a file, so that every copy on the way may be kept for a year.
"""

from contextlib import contextmanager

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from newsroom.files import OTHER, TYPES

YEAR = "public, max-age=31536000, immutable"
TIMEOUT = {"connect_timeout": 3, "read_timeout": 20, "retries": {"total_max_attempts": 3}}


class S3Media(S3Storage):
    """Files in a bucket; `endpoint_url` is None for Amazon's own. What fails is an OSError, as with files."""

    def __init__(self, *, endpoint_url=None, **options):
        super().__init__(
            endpoint_url=endpoint_url,
            file_overwrite=False,
            querystring_auth=False,
            client_config=Config(**TIMEOUT, **_spoken_at(endpoint_url)),
            **options,
        )

    def get_object_parameters(self, name):
        """Return what a file is served with: its type by its suffix, never by what its sender said."""
        suffix = name.rpartition(".")[2].lower()
        return {"CacheControl": YEAR, "ContentType": TYPES.get(suffix, OTHER)}

    def url(self, name, *_arguments, **_options):
        return settings.MEDIA_URL + filepath_to_uri(name)

    def _save(self, name, content):
        with _as_files_fail():
            return super()._save(name, content)

    def _open(self, name, mode="rb"):
        with _as_files_fail():
            opened = super()._open(name, mode)
            try:
                # Fetched with the first look at its bytes: now, while a failure is told as what it is.
                _ = opened.file
            except BaseException:
                opened.close()
                raise
        return opened

    def exists(self, name):
        with _as_files_fail():
            return super().exists(name)

    def listdir(self, name):
        with _as_files_fail():
            return super().listdir(name)

    def delete(self, name):
        with _as_files_fail():
            super().delete(name)


def _spoken_at(endpoint_url):
    """Return how to speak with a server: others than Amazon's rarely know its newer ways."""
    if not endpoint_url:
        return {}
    return {
        "s3": {"addressing_style": "path"},
        "request_checksum_calculation": "when_required",
        "response_checksum_validation": "when_required",
    }


@contextmanager
def _as_files_fail():
    try:
        yield
    except (BotoCoreError, ClientError, RetriesExceededError) as error:
        message = f"The bucket of MEDIA_STORAGE does not do it: {error}"
        raise OSError(message) from error
