"""The files of pictures, for those who may see them; nginx asks here before it gives one by itself."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import renditions
from newsroom.files import OTHER, TYPES

FOR_READERS = {
    # Names change with what is in a file; but a cache that many share asks again, as rights end.
    "Cache-Control": "public, max-age=31536000, s-maxage=600, immutable",
    "X-Content-Type-Options": "nosniff",
    # What was uploaded runs nothing, whatever it claims to be.
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
FOR_STAFF = FOR_READERS | {"Cache-Control": "private, no-store"}


@require_safe
def media(request, name):
    """Answer with a file of a picture, and as if it were not there to readers who may not see it."""
    images = renditions.of_file(name)
    if renditions.shown_to_readers(images, at=timezone.now()).exists():
        headers = FOR_READERS
    elif request.user.has_perm("articles.view_image") and images.exists():
        headers = FOR_STAFF
    else:
        raise Http404
    content_type = type_of(name)
    if request.method == "HEAD":
        return HttpResponse(content_type=content_type, headers=headers)
    try:
        return FileResponse(default_storage.open(name), content_type=content_type, headers=headers)
    except FileNotFoundError as error:
        raise Http404 from error


def type_of(name):
    """Return the type of what a file holds, by its name."""
    return TYPES.get(name.rpartition(".")[2], OTHER)
