"""What happens to rows of any kind that purging knows, field by field: a new kind takes part by itself."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from articles.derived import listings
from articles.purging.facts import KINDS
from tests.articles.exactness.site import LANGUAGES, articles

VALUES = {
    models.SlugField: lambda work: work._slug(),
    models.CharField: lambda work: work._words(),
    models.TextField: lambda work: work._words(),
    models.BooleanField: lambda work: work._coin(),
    models.FloatField: lambda work: work.rng.choice([0, 0.24, 0.5, 1]),
    models.IntegerField: lambda work: work.rng.randrange(30),
    models.DateTimeField: lambda work: work._moment(),
}
"""A value for a field of such a class, the most special one first; fields of others stay as they are."""


def change(work):
    """Give one field of a row another value, as far as its model allows it; return words on it."""
    kind = work.rng.choice(KINDS)
    model = work.rng.choice(
        [candidate for candidate in kind.models if not candidate._meta.auto_created]
    )
    row, field = work._any(model.objects.order_by("pk")), work._any(_fields(model))
    if not (row and field):
        return None
    setattr(row, field.attname, _value(field, work))
    words = f"{model.__name__} {row.pk}: {field.attname} = {getattr(row, field.attname)}"
    try:
        with transaction.atomic():
            row.full_clean()
            row.save()
            listings.refresh([story.pk for story in articles()])
    except (ValidationError, IntegrityError) as error:
        return f"{words} refused: {error}"
    return words


def _fields(model):
    """Return the fields that an editor may fill in with a value of its own, of texts those of the site's languages."""
    fields = model._meta.concrete_fields
    translated = {field.translated_field.name for field in fields if hasattr(field, "language")}
    return [
        field
        for field in fields
        if field.editable
        and not (field.primary_key or field.choices or field.name in translated)
        and getattr(field, "language", LANGUAGES[0]) in LANGUAGES
        and _class(field)
    ]


def _class(field):
    return next((field_class for field_class in VALUES if isinstance(field, field_class)), None)


def _value(field, work):
    if field.name.startswith("body"):
        return work._body()
    may_be_empty = field.blank and work.rng.random() < 0.2
    # A column allows more than its form: what has a name keeps one.
    may_be_empty &= not field.name.startswith("name")
    return field.get_default() if may_be_empty else VALUES[_class(field)](work)
