"""Files as an editor uploads them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><path fill="{}" d="M0 0H9V9Z"/></svg>'


def drawing(width=400, height=100, colour="#123456"):
    return SimpleUploadedFile("logo.svg", SVG.format(width, height, colour).encode())


def photograph(width=400, height=100, encoding="PNG", colour="teal", **more):
    data = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(data, encoding, **more)
    return SimpleUploadedFile(f"picture.{encoding.lower()}", data.getvalue())
