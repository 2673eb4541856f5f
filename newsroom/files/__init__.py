"""The files of pictures on this machine, and what every storage knows of them."""

from contextlib import suppress

from django.core.files.storage import FileSystemStorage

TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
}
OTHER = "application/octet-stream"


class DiskMedia(FileSystemStorage):
    """Files in MEDIA_ROOT; of one that cannot be written whole nothing is left."""

    def _save(self, name, content):
        was_there = self.exists(name)
        try:
            return super()._save(name, content)
        except OSError:
            if not was_there:
                with suppress(OSError):  # the first failure is the one to be told
                    self.delete(name)
            raise
