"""Name the stories that a source names beside one of its own, as soon as they are here."""

from articles.models import Origin


def relate(article, external_ids, given, *, source):
    """Put the stories with these ids beside the article, in their order; return (ids that are not here, whether that changed it).

    What the desk has put there stays, and what it took out does not come back.
    """
    before = given.before("related")
    if not external_ids and not before:
        return (), False
    origins = Origin.objects.filter(source=source, external_id__in=external_ids)
    here = dict(origins.exclude(article=None).values_list("external_id", "article_id"))
    named = [here[each] for each in external_ids if here.get(each, article.pk) != article.pk]
    named = list(dict.fromkeys(named))
    come, gone = given.exchange("related", named)
    own = article.related or []
    kept = [pk for pk in own if pk not in gone]
    wanted = named if own == before else [*kept, *(pk for pk in come if pk not in own)]
    article.related = wanted or None
    return tuple(each for each in external_ids if each not in here), wanted != own
