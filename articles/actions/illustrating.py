"""Pictures: what follows from a new file, and which image leads a story."""

from articles import renditions


def store(image):
    """Save an image that is new, or has another file or focal point, and have its renditions made."""
    image.save()
    renditions.request(image)


def let_none_lead(article):
    """Take the lead from the image that has it, so that another one can: the database allows one at every moment."""
    article.uses.filter(is_lead=True).update(is_lead=False)
