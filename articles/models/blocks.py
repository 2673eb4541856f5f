from django.db import models

from articles.models.article import Article


class Blocks(models.Model):
    """What each block of a story in several languages was made from; see comparing/translations.py, which reads it.

    A story has none before one of its texts is changed: until then its blocks belong together by their order. Apart
    from the editions, which lists load.
    """

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="blocks"
    )
    held = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.article_id)
