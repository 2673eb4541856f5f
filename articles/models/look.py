from django.db import models

from articles.models.image import Image


class Look(models.Model):
    """What the file of an image looks like: two that look alike differ in few of 64 bits, see newsroom/files/perceptual_hash.py.

    `bits` are in hex, "" of a file that could not be read; `checksum` is that of the file then.
    """

    image = models.OneToOneField(
        Image, primary_key=True, on_delete=models.CASCADE, related_name="look"
    )
    bits = models.CharField(max_length=16, blank=True)
    checksum = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.bits
