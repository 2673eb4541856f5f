"""Links in the bodies of stories to a story that has become a part of another, and back."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from articles.models import Article
from articles.texts import column


def lead(old, new, *, languages):
    """Let the links and cards of these languages that lead to one article lead to another; return what was done.

    That is [id of the story, language, places of the changed ones among those that lead to either], for `lead_back`.
    Reads every body of these languages once.
    """
    names = {code: column("body", code) for code in languages}
    wanted = Q()
    for name in names.values():
        wanted |= Q(**{f"{name}__contains": f'data-article="{old}"'})
    done = []
    for story in Article.objects.filter(wanted) if names else ():
        for code in languages:
            if places := _changed(story, code, old, new, lambda _place, target: target == old):
                done.append([story.pk, code, places])
    return done


def lead_back(done, old, new):
    """Undo what `lead` did, where the words have as many links still."""
    stories = Article.objects.in_bulk({pk for pk, _code, _places in done})
    for pk, code, places in done:
        if story := stories.get(pk):
            _changed(story, code, new, old, lambda place, _target, there=places: place in there)


def _changed(story, language, old, new, is_meant):
    """Let those references in a body that are meant lead to `new`; return their places among those to either.

    Nobody has edited the story: neither its revision number nor its last change moves.
    """
    before, places, number = story.body_in(language), [], -1

    def change(_tag, attrs):
        nonlocal number
        target = int(attrs["data-article"]) if attrs.get("data-article", "").isdigit() else None
        if target not in {old, new}:
            return attrs
        number += 1
        if not is_meant(number, target):
            return attrs
        places.append(number)
        return attrs | {"data-article": str(new)}

    made = before.rewritten(change)
    if places:
        name = column("body", language)
        setattr(story, name, made.html)
        story.save(update_fields=["body", name])
        for origin in story.origins.all():
            origin.follow(f"body.{language}", before=before.html, now=getattr(story, name))
    return places


def relate(old, new):
    """Let the desk's lists of related stories name one article in the place of another; return [id, list before, list now] of each."""
    rows = Article.objects.exclude(related=None).alias(words=Cast("related", TextField()))
    done = []
    for story in rows.filter(words__contains=str(old)).only("related"):
        if old in story.related:
            now = [new if pk == old else pk for pk in story.related]
            now = [pk for pk in dict.fromkeys(now) if pk != story.pk]
            done.append([story.pk, story.related, now])
            Article.objects.filter(pk=story.pk).update(related=now or None)
    return done


def relate_back(done):
    """Undo what `relate` did, where nobody has changed the list since."""
    here = Article.objects.only("related").in_bulk([pk for pk, *_lists in done])
    for pk, before, now in done:
        if pk in here and (here[pk].related or []) == now:
            Article.objects.filter(pk=pk).update(related=before)
