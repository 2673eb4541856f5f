"""What search engines are told of a page beside its words: schema.org, as JSON-LD."""

from datetime import UTC

from django.conf import settings
from django.templatetags.static import static

from articles.models import Author, Byline
from articles.pages.own_page import POLICIES, type_of
from articles.renditions import SHOWN
from newsroom.languages import LANGUAGES
from newsroom.page import whole

CONTEXT = "https://schema.org"
Role = Byline.Role

MACHINE_DRAFTED = f"{CONTEXT}/CompositeWithTrainedAlgorithmicMediaDigitalSource"
"""What schema.org calls what the IPTC does so: see ninjs.py."""


def story(story, *, site, pages=(), slot=None):
    """Return a pages.story.Story of a Site, the way to it and the event of a Slot as the objects of one document.

    `pages` are the own_page.Entries of the language: some say what the publisher stands for.
    """
    article = _article(story, site, _publisher(site, pages))
    return _document(article, *_way(story.breadcrumbs), *_event(slot))


def own_page(shown, *, site, pages):
    """Return a pages.own_page.OwnPage of a Site as a document; `pages` as for a story."""
    changed = shown.modified_at
    return _document(
        {
            "@type": type_of(shown.kind),
            "url": whole(shown.url),
            "name": shown.title,
            "inLanguage": shown.language,
            "dateModified": changed and _moment(changed),
            "publisher": _publisher(site, pages),
        }
    )


def around(crumbs=(), slot=None):
    """Return the way to a page, of menu.Crumbs, and the event of a Slot as a document; None where there is neither."""
    objects = [*_way(crumbs), *_event(slot)]
    return _document(*objects) if objects else None


def _document(*objects):
    return {"@context": CONTEXT, "@graph": [_filled(node) for node in objects]}


def _event(slot):
    """Return what is promoted, where it is an event of which the place is said: search engines want to know that."""
    promotion = slot.promotion if slot else None
    if not (promotion and promotion.event_at and promotion.venue):
        return []
    picture = promotion.use.picture if promotion.use else None
    return [
        {
            "@type": "Event",
            "name": promotion.title,
            "description": promotion.text,
            "inLanguage": promotion.language,
            "startDate": promotion.event_at.astimezone(promotion.zone).isoformat(
                timespec="minutes"
            ),
            "location": {"@type": "Place", "name": promotion.venue, "address": promotion.venue},
            "image": picture and whole(picture.src),
            "url": promotion.link,
        }
    ]


def _article(story, site, publisher):
    return {
        "@type": "NewsArticle",
        "mainEntityOfPage": story.address,
        "headline": story.title,
        "inLanguage": story.language,
        "datePublished": _moment(story.published_at),
        "dateModified": _moment(max(story.published_at, story.modified_at or story.published_at)),
        **_credited(story),
        "publisher": publisher,
        "image": _images(story, site),
        "articleSection": [str(node.label) for node in story.categories],
        "keywords": [str(tag.label) for tag in story.tags],
        "isAccessibleForFree": True,
        "digitalSourceType": MACHINE_DRAFTED if story.is_machine_drafted else None,
        "license": site.policy.licence,
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": note.words,
                "datePublished": _moment(note.published_at),
            }
            for note in story.corrections
        ],
        **_translations(story),
    }


def _credited(story):
    """Return who has written the story, brought it into its language, or passed it on; a photographer belongs to the picture."""
    authors, houses = story.authors, story.credited_as(Role.ORGANISATION)
    known = {credit.pk for credit in houses}
    return {
        "author": [_agent(author, is_house=author.pk in known) for author in authors],
        "translator": [_agent(translator) for translator in story.credited_as(Role.TRANSLATOR)],
        "sourceOrganization": [
            _agent(house, is_house=True) for house in houses if house not in authors
        ],
    }


def _agent(credit, *, is_house=False):
    is_house = is_house or credit.kind == Author.Kind.ORGANISATION
    return _named(credit.name, is_house=is_house) | {"url": whole(credit.url)}


def _named(name, *, is_house):
    return {"@type": "Organization" if is_house else "Person", "name": str(name)}


def _publisher(site, pages):
    policies = {POLICIES[page.kind]: whole(page.url) for page in pages if page.kind in POLICIES}
    made = policies | {
        "@type": "NewsMediaOrganization",
        "name": str(site.name),
        "legalName": str(site.legal_name),
        "url": settings.SITE_URL,
        "email": site.contact,
        "sameAs": list(site.accounts),
        "logo": _logo(site.look),
    }
    return _filled(made)


def _logo(look):
    own = look.logo or look.icon
    if not own:
        return {"@type": "ImageObject", "url": whole(static("img/apple-touch-icon.png"))}
    return _image(own)


def _image(picture):
    size = {"width": picture.width, "height": picture.height}
    return {"@type": "ImageObject", "url": whole(picture.url)} | size


def _images(story, site):
    """Return the pictures to be seen: that which leads the story, whole and in the shapes that are asked for, then those in its text."""
    lead = story.lead if story.lead and story.lead.picture else None
    pictures = [_picture(use, story, site) for use in ([lead] if lead else []) + story.figures]
    if not lead:
        return pictures
    first = pictures[0]
    crops = story.crops or filter(None, [story.share_image])
    shapes = [_file(crop.url, crop.width, crop.height) for crop in crops]
    return [
        first,
        *(first | shape for shape in shapes if shape["url"] != first["url"]),
        *pictures[1:],
    ]


def _picture(use, story, site):
    """Return a picture with its rights, in the size of the file that is named."""
    image = use.image
    address, width, height = use.picture.sized(SHOWN)
    return _filled(
        {
            "@type": "ImageObject",
            **_file(whole(address), width, height),
            "caption": use.caption,
            "creator": _creator(use, story, site),
            "creditText": image.credit_line or image.creator,
            "copyrightNotice": image.copyright_notice,
            "license": image.licence_url,
        }
    )


def _file(address, width, height):
    return {"url": address, "contentUrl": address, "width": width, "height": height}


def _creator(use, story, site):
    """Return who has made a picture: as its rights name them, or of the one that leads the story its photographers."""
    photographers = story.credited_as(Role.PHOTOGRAPHER)
    if not use.image.creator:
        return [_agent(photographer) for photographer in photographers] if use.is_lead else []
    known = {str(credit.name): _agent(credit) for line in story.bylines for credit in line.authors}
    own = {str(site.name), str(site.legal_name)}
    name = use.image.creator
    return [known.get(name) or _named(name, is_house=name in own)]


def _translations(story):
    """Return the links between the original and its translations, those that can be read.

    An easy-read edition is no translation: it is based on its main edition.
    """
    if main := LANGUAGES[story.language].main:
        path = story.languages.get(main)
        return {"isBasedOn": path and {"@id": whole(path)}}
    works = {
        code: {"@id": whole(path)}
        for code, path in story.languages.items()
        if code != story.language and not LANGUAGES[code].main
    }
    if story.language == story.source_language:
        # In an order of its own: that of rows is the database's, and a page is to have the same bytes each time.
        return {"workTranslation": [works[code] for code in sorted(works)]}
    return {"translationOfWork": works.get(story.source_language)}


def _way(crumbs):
    if len(crumbs) < 2:
        return []
    items = [
        _filled(
            {
                "@type": "ListItem",
                "position": place,
                "name": str(crumb.name),
                "item": crumb.url and whole(crumb.url),
            }
        )
        for place, crumb in enumerate(crumbs, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def _moment(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _filled(made):
    return {name: value for name, value in made.items() if value not in (None, "", [])}
