"""What readers can see of the chosen stories, a language at a time, as partners get it."""

from django.utils import translation

from articles.exporters.choice import batches
from articles.models import Category, Item
from articles.pages import item
from newsroom.languages import enabled


def news_items(choice, *, at):
    """Yield the pages.item.NewsItem of each text that is live at a moment; the language of each is active while it is used."""
    wanted = [
        language.code
        for language in enabled()
        if language.code in (choice.languages or {language.code})
    ]
    trees = {code: Category.tree(language=code) for code in wanted}
    for batch in batches(choice.articles(), size=item.SIZE):
        editions = choice.editions().filter(article__in=[article.pk for article in batch])
        chosen = set(editions.values_list("article_id", "language"))
        rows = Item.objects.filter(article__in=[article.pk for article in batch])
        rows = sorted(rows, key=lambda row: row.article_id)
        for code, tree in trees.items():
            told = [
                row for row in rows if (row.article_id, code) in chosen and row.language == code
            ]
            with translation.override(code):
                items = item.read(told, tree=tree, at=at)
                yield from (news_item for news_item in items if not news_item.is_canceled)
