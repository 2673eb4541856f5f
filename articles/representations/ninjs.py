"""A story in one language as IPTC ninjs 3.1 (News in JSON). docs/reference/api.md tells what stands in which property."""

from datetime import UTC

from articles.models import Author
from articles.pages import own_page
from articles.representations.feeds import corrections, name, name_of
from newsroom.i18n.lists import together
from newsroom.languages import LANGUAGES
from newsroom.page import whole
from newsroom.site.identity import LICENCE

TYPE = "application/json"
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
PLAIN, HTML = "text/plain", "text/html"
ORGANISATION = Author.Kind.ORGANISATION
POLICIES = {kind: f"https://schema.org/{name}" for kind, name in own_page.POLICIES.items()}
"""The kinds of pages that say what the publisher stands for, by what schema.org calls them."""

USES = {
    "search": "listing by search engines",
    "ai-input": "answers of AI systems",
    "ai-train": "training of AI models",
}
"""Each use of texts by its name in RSL 1.0 -> what partners read of it, in English as all that the API says itself."""

RSL = "https://rslstandard.org/rsl"
MACHINE_DRAFTED = {
    "name": "Composite including trained algorithmic media",
    "uri": "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
}
"""What the IPTC calls words of people and of a trained model in one: a translation that nobody has signed off."""


def item(item):
    """Return a pages.item.NewsItem as a dict; of one that is not to be seen any more only that it is canceled."""
    made = {
        "uri": name("story", item.article_id, item.language),
        "type": "text",
        "standard": STANDARD,
        "version": str(item.version),
        "versionCreated": _moment(item.changed_at),
        "pubStatus": "canceled" if item.is_canceled else "usable",
        "representationType": "partial" if item.is_canceled else "full",
        "language": item.language,
        "edNote": item.reason,
        "altIds": [{"role": source, "value": value} for source, value in item.origins],
    }
    return _filled(made if item.is_canceled else made | _content(item))


def _content(item):
    entry = item.entry
    return {
        "uri": name_of(entry),
        "edNote": "\n".join(corrections(entry)),
        "firstCreated": _moment(entry.published_at),
        "contentCreated": _moment(entry.published_at),
        "copyrightHolder": str(item.site.legal_name or item.site.name),
        **_rights(item.site.policy),
        "trustIndicators": [
            {"role": POLICIES[page.kind], "title": str(page.label), "href": whole(page.url)}
            for page in item.pages
            if page.kind in POLICIES
        ],
        "digitalSourceType": MACHINE_DRAFTED if entry.is_machine_drafted else None,
        "headlines": [{"role": "main", "contentType": PLAIN, "value": entry.title}],
        "descriptions": _texts(summary=entry.standfirst),
        "bodies": [_plain(entry), {"role": "main", "contentType": HTML, "value": str(entry.html)}],
        "by": _named(entry),
        **_credited(entry),
        "subjects": [*_concepts(entry, "section"), *map(_tag, entry.tags)],
        "places": _concepts(entry, "region"),
        "genres": _genres(entry),
        "associations": [
            *(_translation(item, translation) for translation in item.translations),
            *(_picture(use) for use in entry.shown if use.picture),
        ],
        "renditions": [{"name": "web", "href": entry.address, "contentType": HTML}],
    }


def _rights(policy):
    """Return what partners may do with texts: in words, and where it is told; the schema knows one link of the two."""
    refused = [words for use, words in USES.items() if not policy.uses[use]]
    told = [f"Licence: {policy.licence}"] if policy.licence else []
    told += [f"Not allowed: {', '.join(refused)}."] if refused else []
    linked = {"langId": RSL, "linkedRights": whole(LICENCE)} if refused else None
    return {
        "usageTerms": " ".join(told),
        "rightsInfo": linked or policy.licence and {"linkedRights": policy.licence},
    }


def _named(entry):
    """Return all who are credited, as the language lists names."""
    names = [str(credit.name) for credit in entry.named]
    return together(names, LANGUAGES[entry.language]) if names else ""


def _plain(entry):
    text = entry.body.text
    counts = {"charCount": len(text), "wordCount": entry.body.words}
    return {"role": "main", "contentType": PLAIN, "value": text} | counts


def _texts(**texts):
    """Return the descriptions that there are, by their roles."""
    return [
        {"role": role.replace("_", "-"), "contentType": PLAIN, "value": value}
        for role, value in texts.items()
        if value
    ]


def _credited(entry):
    """Return who is credited, people and organisations, each with its role."""
    credited = {"people": [], "organisations": []}
    for line in entry.bylines:
        for credit in line.authors:
            is_house = ORGANISATION in {line.role, credit.kind}
            uri = name("author", credit.pk)
            credited["organisations" if is_house else "people"].append(
                {"name": str(credit.name), "rel": line.role, "uri": uri}
            )
    return credited


def _concepts(entry, kind):
    return [_concept("category", node) for node in entry.categories if node.kind == kind]


def _tag(topic):
    return _concept("tag", topic)


def _concept(kind, thing):
    return {"name": str(thing.label), "rel": "about", "uri": name(kind, thing.pk)}


def _genres(entry):
    nodes = [node for node in entry.categories if node.row.is_genre]
    return [{"name": str(node.label), "uri": name("category", node.pk)} for node in nodes]


def _translation(item, translation):
    return {
        "name": translation.title or str(LANGUAGES[translation.language].name),
        "uri": name("story", item.article_id, translation.language),
        "rel": "translation",
        "type": "text",
        "language": translation.language,
        "representationType": "partial",
    }


def _picture(use):
    """Return a picture that partners may have, with its rights; the widths are those of files that exist."""
    image, picture = use.image, use.picture
    credit = image.credit_line or image.creator
    return _filled(
        {
            "name": use.alt or credit or str(image.pk),
            "uri": name("image", image.pk),
            "rel": "lead" if use.is_lead else "figure",
            "type": "graphic" if image.is_graphic else "picture",
            "descriptions": _texts(caption=use.caption, alternative_text=use.alt),
            "by": image.creator or credit,
            "copyrightNotice": image.copyright_notice,
            "usageTerms": " · ".join(filter(None, [credit, image.licence])),
            "rightsInfo": image.licence_url and {"linkedRights": image.licence_url},
            "expires": image.valid_until and _moment(image.valid_until),
            "renditions": [_rendition(use, *file) for file in picture.plain],
        }
    )


def _rendition(use, width, address):
    picture, (x, y) = use.picture, use.image.focus
    height, is_known = picture.height_at(width), address == picture.light and picture.light_bytes
    made = {
        "name": f"width-{width}",
        "href": whole(address),
        "contentType": "image/jpeg",
        "width": width,
        "height": height,
        "poi": {"x": round(x * width), "y": round(y * height)},
    }
    return made | ({"sizeInBytes": picture.light_bytes} if is_known else {})


def _moment(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _filled(made):
    return {name: value for name, value in made.items() if value not in (None, "", [])}
