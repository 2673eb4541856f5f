"""Going back to an older version of a story, without touching the languages that it did not have."""

from articles import body, changes
from articles.models import Article, ImageUse
from articles.texts import ARTICLE_TEXTS, columns, text

WORDS = ("caption", "alt")


class Present:
    """What a story holds before an older version is taken.

    A language that began after that version is no part of it: it may be published by now, and its
    text must not be emptied because somebody wants an older headline in another language.
    """

    def __init__(self, article):
        self.article = article
        self.uses = {use.image_id: use for use in article.uses.all()}
        self.bylines = list(article.bylines.all())

    def put_back(self):
        """Give the story, which is an older one now, what it has in its younger languages."""
        changes.touch_articles(self.article.pk)
        then = Article.objects.get(pk=self.article.pk)
        younger = [code for code in self.article.languages() if code not in then.languages()]
        texts = {name: getattr(self.article, name) for name in _columns(ARTICLE_TEXTS, younger)}
        # The counter of saves must not go back with the text: old forms would seem up to date.
        Article.objects.filter(pk=then.pk).update(rev=self.article.rev, **texts)
        if younger:
            self._put_back_words(younger)
            self._put_back_images(younger)
            self._put_back_bylines(younger)

    def _put_back_words(self, younger):
        for use in ImageUse.objects.filter(article=self.article, image__in=self.uses):
            words = {
                name: getattr(self.uses[use.image_id], name) for name in _columns(WORDS, younger)
            }
            ImageUse.objects.filter(pk=use.pk).update(**words)

    def _put_back_images(self, younger):
        """Keep the pictures in the bodies of these languages, with the words under them."""
        bodies = (text(self.article, "body", language) for language in younger)
        shown = {image for html in bodies for image in body.references(html).images}
        there = set(ImageUse.objects.filter(article=self.article).values_list("image", flat=True))
        for image in sorted(shown & self.uses.keys() - there):
            use = self.uses[image]
            # The version decides what leads the story.
            use.is_lead = False
            use.save(force_insert=True)

    def _put_back_bylines(self, younger):
        there = set(self.article.bylines.values_list("pk", flat=True))
        for byline in self.bylines:
            if byline.language in younger and byline.pk not in there:
                byline.save(force_insert=True)


def _columns(fields, languages):
    return [name for language in languages for name in columns(fields, language)]
