"""The hard cases as stories, written through the verbs, in every language of the demo."""

from datetime import timedelta

from articles.actions import writing
from articles.models import Author, Byline, Category, Promotion, Tag
from articles.texts import column
from tests import factories
from tests.hard import pictures, words
from tests.hard.bodies import every_block, paragraphs

MOST = 12
"""There is a region with each number of stories up to this one."""


OWN = "about-us"
"""The slug of the own page, in every language."""


def build(*, now, step=lambda name: None):
    """Write every case, the newest published a minute before `now`; `step` is told of each."""
    regions = _regions()
    _promoted(regions, now=now)
    _own_page()
    for number, (name, make) in enumerate(cases(regions).items(), start=1):
        make(at=now - timedelta(minutes=number))
        step(name)


def cases(regions):
    """Return what writes each case by its name; each takes the moment of publication."""
    writers = {
        "longest words": _told(words.LONGEST, lead="landscape", categories=regions["long"]),
        "unbroken address": _told(words.UNBROKEN, categories=regions["long"]),
        "one word": _told(words.SHORT, standfirst={}, lead="square", categories=regions["long"]),
        "other scripts": _told(words.OTHER_SCRIPT, lead="portrait", categories=regions["long"]),
        "every block": _every_block,
        "twelve tags": _told(_called("12 tags"), tags=[f"Topic {n} of 12" for n in range(12)]),
        "eight bylines": _eight_bylines,
        "no category": _told(_called("no category"), lead="landscape"),
        "opinion": _told(_called("opinion"), lead="square", categories=regions["opinion"]),
        "twelve categories": _told(_called("12 categories"), categories=regions["many"]),
        "one language": _told({"ar": words.LONGEST["ar"]}, categories=regions["long"]),
    }
    for size in pictures.SIZES:
        writers[f"lead picture: {size}"] = _told(
            _called(size), lead=size, categories=regions["pictures"]
        )
    for part in range(1, 4):
        writers[f"part {part} of 3"] = _part(part)
    for number in range(1, MOST + 1):
        for place in range(number):
            lead = (*pictures.SIZES, None)[place % 6] if number % 2 else None
            writers[f"story {place + 1} of {number}"] = _told(
                _called(f"{place + 1}/{number}"), lead=lead, categories=regions[number], days=number
            )
    return writers


def _told(titles, *, standfirst=words.STANDFIRST, lead=None, categories=(), tags=(), days=0):
    """Return what writes a story with these headlines by language."""

    def make(*, at, **also):
        seed = len(str(titles)) + at.minute
        texts = _texts(title=titles, body={code: paragraphs(code) for code in titles})
        texts |= _texts(
            standfirst={code: standfirst[code] for code in titles if code in standfirst}
        )
        images = [pictures.image(lead, seed=seed)] if lead else []
        return factories.story(
            live=list(titles),
            at=at - timedelta(days=days),
            categories=categories,
            tags=tags,
            images=images,
            **texts | also,
        )

    return make


def _part(number):
    """Return what writes this part of three of a series, which is a running story too."""

    def make(*, at):
        tags = [
            Tag.objects.get_or_create(name=f"{words.LONG_NAME['en']} ({kind})", kind=kind)[0]
            for kind in (Tag.Kind.SERIES, Tag.Kind.STORYLINE)
        ]
        return _told(_called(f"part {number} of 3"), lead="landscape", tags=tags)(at=at)

    return make


def _every_block(*, at):
    other = _told(words.PLAIN)(at=at - timedelta(days=4000))
    images = [pictures.image(size, seed=number) for number, size in enumerate(pictures.SIZES)]
    bodies = {code: every_block(code, images=images, story=other) for code in words.LANGUAGES}
    return factories.story(
        live=list(words.LANGUAGES),
        at=at,
        images=images,
        **_texts(title=_called("every block"), standfirst=words.STANDFIRST, body=bodies),
    )


def _eight_bylines(*, at):
    article = _told(_called("8 bylines"))(at=at)
    for position, role in enumerate([*Byline.Role.values, *Byline.Role.values]):
        names = _texts(name={"en": f"Maximiliana Featherstonehaugh-Cholmondeley {position + 1}"})
        if position % 2:
            names |= _texts(name={"ar": f"كاتبة {position + 1}"})
        author = Author.objects.create(**names)
        factories.BylineFactory(article=article, author=author, role=role, position=position)
    writing.save(article)


def _regions():
    """Make a region with children for each number of stories, and some whose names are long."""
    made = {number: [_region(words.REGION, number)] for number in range(MOST + 1)}
    made["long"] = [_region(words.LONG_NAME, position=1)]
    made["pictures"] = [_region(_called("pictures"), position=2)]
    parent = made["long"][0]
    made["opinion"] = [_section()]
    made["many"] = [_region(_called(f"child {n}"), parent=parent) for n in range(1, MOST + 1)]
    return made


def _region(names, number=None, *, parent=None, position=None):
    names = {code: name.format(number) for code, name in names.items()}
    position = 10 + (number or 0) if position is None else position
    region = Category(
        kind=Category.Kind.REGION, parent=parent, position=position, **_texts(name=names)
    )
    region.save()
    return region


def _section():
    section = Category(
        kind=Category.Kind.SECTION,
        is_genre=True,
        position=3,
        **_texts(name=words.LONG_NAME, description=words.STANDFIRST),
    )
    section.save()
    return section


def _promoted(regions, *, now):
    """Promote an event on the front page, at the foot of every story and on the page of the region of long names."""
    texts = {
        "title": words.LONGEST,
        "text": words.STANDFIRST,
        "venue": words.LONG_NAME,
        "call": words.REGION,
    }
    places = [{"place": Promotion.Place.FRONT}, {}, {"category": regions["long"][0]}]
    for place in places:
        factories.promotion(
            live=words.LANGUAGES,
            starts_at=now - timedelta(days=1),
            lasts=timedelta(days=20_000),
            image=pictures.image("portrait"),
            event_at=now,
            link="https://tickets.example/",
            **_texts(**texts),
            **place,
        )


def _own_page():
    """Write a page of the site's own, with the longest words and all that no story is needed for."""
    bodies = {
        code: f"{paragraphs(code)}<h2>{words.LONGEST[code]}</h2><p>{words.UNBROKEN[code]}</p>"
        for code in words.LANGUAGES
    }
    texts = _texts(title=words.LONG_NAME, body=bodies)
    factories.own_page(live=words.LANGUAGES, slugs=dict.fromkeys(words.LANGUAGES, OWN), **texts)


def _called(case):
    return {code: f"{words.PLAIN[code]} ({case})" for code in words.LANGUAGES}


def _texts(**fields):
    return {
        column(field, code): value
        for field, by_language in fields.items()
        for code, value in by_language.items()
    }
