"""What pages name of the look of the site: its pictures, and the stylesheet of its accent."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from newsroom.files import TYPES
from newsroom.site import colours, pictures

FOR_EVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    # A drawing was cleaned; were anything left in it, it would run nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@require_safe
def picture(request, file):
    """Answer with a picture of the site; nginx asks here before it gives one by itself."""
    name = f"{pictures.FOLDER}/{file}"
    if not (pictures.NAME.fullmatch(name) and default_storage.exists(name)):
        raise Http404
    content_type = TYPES[name.rpartition(".")[2]]
    if request.method == "HEAD":
        return HttpResponse(content_type=content_type, headers=FOR_EVER)
    try:
        opened = default_storage.open(name)
    except FileNotFoundError as error:  # a settings form has just let it go
        raise Http404 from error
    return FileResponse(opened, content_type=content_type, headers=FOR_EVER)


@require_safe
def accent(request, day, night):
    """Answer with the stylesheet of these colours, whichever they are: a page that was kept may name those of yesterday."""
    css = colours.stylesheet(day, night)
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers=FOR_EVER)
