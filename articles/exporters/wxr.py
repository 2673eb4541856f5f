"""All stories as a WordPress export (WXR 1.2), which WordPress itself and others import.

Each text is a post; the languages of a story are tied as Polylang does, and several authors as Co-Authors Plus does.
"""

import re
from datetime import UTC
from functools import partial
from html import escape, unescape
from itertools import count
from types import SimpleNamespace

from django.conf import settings
from django.utils import timezone

from articles.importers.story import EVERY_LANGUAGE
from articles.importers.writer.topics import reference
from articles.models import Category, edition_url
from articles.representations.xml import BARRED
from articles.texts import slug_from, text_or_default
from newsroom.languages import LANGUAGES, first_language, with_columns
from newsroom.page import whole

DESCRIPTION = "a WordPress export: a post for each text, drafts and comments included"
SUFFIX = ".xml"
TAKES = "stories"
HAS_NUMBERS = True

ROOM = 100
"""So many numbers has each story for the posts of its languages."""

FIRST_ATTACHMENT = 1_000_000_000
REFERENCE = re.compile(r"<(figure|aside|div)((?: [a-z-]+=\"[^\"]*\")*)></\1>")
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
LINK = re.compile(r'<a data-article="([^"]*)"[^<>]*>')
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>{host}</title>
<link>{site}</link>
<language>{language}</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{site}</wp:base_site_url>
<wp:base_blog_url>{site}</wp:base_blog_url>
"""
STATES = {"draft": "draft", "submitted": "pending", "withdrawn": "private"}
APPROVED = {"published": "1", "pending": "0", "spam": "spam", "hidden": "trash"}


def pieces(stories):
    """Yield a channel, a story at a time; `stories` and all that they refer to are called by numbers."""
    host = settings.SITE_URL.partition("://")[2]
    yield HEAD.format(site=settings.SITE_URL, host=escape(host), language=first_language())
    categories = _categories()
    yield from map(_category, categories.values())
    channel = SimpleNamespace(
        categories=categories, authors=set(), attachments=count(FIRST_ATTACHMENT), comments=count(1)
    )
    for story in stories:
        yield from _story(story, channel)
    yield "</channel>\n</rss>\n"


def _categories():
    """Return reference -> (slug, name, slug of its parent) of each category, parents first."""
    tree = Category.tree(language=first_language())
    categories = {}
    for node in tree.walk():
        named = reference(node.row)
        parent = reference(node.parent.row).partition("/")[2] if node.parent else ""
        name = str(text_or_default(node.row, "name", first_language()))
        categories[named] = (named.partition("/")[2], name, parent)
    return categories


def _category(category):
    slug, name, parent = category
    made = _tag("wp:category_nicename", slug) + _tag("wp:category_parent", parent)
    return f"<wp:category>{made}{_data('wp:cat_name', name)}</wp:category>\n"


def _story(story, channel):
    numbers = {code: number_of(story.external_id, code) for code in story.texts}
    if len(numbers) > 1:
        yield _group(story, numbers)
    for language in story.texts:
        people = [_login(name) for name in _names(story, language)]
        for login, name in people:
            if login not in channel.authors:
                channel.authors.add(login)
                made = _data("wp:author_login", login) + _data("wp:author_display_name", name)
                yield f"<wp:author>{made}</wp:author>\n"
        attachments = {
            picture.reference: next(channel.attachments)
            for picture in story.pictures
            if picture.reference
        }
        for picture in story.pictures:
            if picture.reference:
                yield _attachment(picture, language, attachments[picture.reference])
        yield _post(story, language, numbers, people, attachments, channel)


def number_of(story, language):
    """Return the number of the post of a story, which is called by a number itself, in a language."""
    return int(story) * ROOM + with_columns().index(language) + 1


def _group(story, numbers):
    pairs = "".join(f's:{len(code)}:"{code}";i:{number};' for code, number in numbers.items())
    made = _tag("wp:term_taxonomy", "post_translations") + _tag(
        "wp:term_slug", f"pll_{story.external_id}"
    )
    made += _data("wp:term_name", f"pll_{story.external_id}")
    told = _data("wp:term_description", f"a:{len(numbers)}:{{{pairs}}}")
    return f"<wp:term>{made}{told}</wp:term>\n"


def _names(story, language):
    for person in story.bylines:
        if person.language in {EVERY_LANGUAGE, language}:
            told = (person.names.get(code) for code in (language, EVERY_LANGUAGE, first_language()))
            yield next(filter(None, told), next(iter(person.names.values())))


def _login(name):
    return slug_from(name) or "author", name


def _attachment(picture, language, number):
    address = _file(picture.reference)
    meta = {
        "_wp_attached_file": picture.reference.partition("/")[2] or picture.reference,
        "_wp_attachment_image_alt": picture.alt.get(language, ""),
        "_media_credit": picture.credit_line or picture.creator,
    }
    made = _data("title", picture.description or picture.reference.rpartition("/")[2])
    made += _data("excerpt:encoded", picture.caption.get(language, ""))
    made += (
        _tag("wp:post_id", number)
        + _tag("wp:status", "inherit")
        + _tag("wp:post_type", "attachment")
    )
    made += _data("wp:attachment_url", address) + _language(language) + _meta(meta)
    return f"<item>{made}</item>\n"


def _post(story, language, numbers, people, attachments, channel):
    text = story.texts[language]
    at = text.published_at
    is_future = at and at > timezone.now()
    status = STATES.get(text.status, "future" if is_future else "publish")
    place = SimpleNamespace(language=language, slug=text.slug, published_at=at)
    path = edition_url(place)
    made = _data("title", text.title)
    made += _tag("link", whole(path) if path else _number_address(numbers[language]))
    made += _data("dc:creator", people[0][0] if people else "")
    change = partial(_pointed, story, language, attachments)
    made += _data("content:encoded", _html(text.body, change))
    made += _data("excerpt:encoded", text.standfirst)
    made += _tag("wp:post_id", numbers[language]) + _moments(text)
    is_open = text.comments_until is not None and text.comments_until > timezone.now()
    made += _tag("wp:comment_status", "open" if is_open else "closed")
    made += (
        _tag("wp:post_name", text.slug) + _tag("wp:status", status) + _tag("wp:post_type", "post")
    )
    made += _language(language)
    if len(numbers) > 1:
        made += _term("post_translations", f"pll_{story.external_id}", f"pll_{story.external_id}")
    for named in story.categories:
        slug, name, _parent = channel.categories[named]
        made += _term("category", slug, name)
    for tag in story.tags:
        name = tag.labels.get(language, tag.name)
        made += _term("series" if tag.kind == "series" else "post_tag", slug_from(name), name)
    if len(people) > 1:
        made += "".join(_term("author", f"cap-{login}", login) for login, _name in people)
    lead = next(
        (attachments.get(picture.reference) for picture in story.pictures if picture.lead), None
    )
    made += _meta({"_thumbnail_id": lead} if lead else {})
    made += _comments(story, language, channel)
    return f"<item>{made}</item>\n"


def _moments(text):
    at, changed = text.published_at, text.modified_at or text.published_at
    made = ""
    for name, moment in (("post_date", at), ("post_modified", changed)):
        here = timezone.localtime(moment, timezone.get_default_timezone()) if moment else None
        made += _tag(f"wp:{name}", _clock(here))
        made += _tag(f"wp:{name}_gmt", _clock(moment and moment.astimezone(UTC)))
    return made


def _clock(moment):
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "0000-00-00 00:00:00"


def _comments(story, language, channel):
    numbers, made = {}, ""
    for comment in story.comments:
        if comment.language == language:
            numbers[comment.reference] = next(channel.comments)
            here = timezone.localtime(comment.written_at, timezone.get_default_timezone())
            told = _tag("wp:comment_id", numbers[comment.reference])
            told += _data("wp:comment_author", comment.name)
            told += _tag("wp:comment_author_email", comment.email)
            told += _tag("wp:comment_date", _clock(here))
            told += _tag("wp:comment_date_gmt", _clock(comment.written_at.astimezone(UTC)))
            told += _data("wp:comment_content", escape(comment.words, quote=False))
            told += _tag("wp:comment_approved", APPROVED[comment.state])
            told += _tag("wp:comment_type", "comment")
            told += _tag("wp:comment_parent", numbers.get(comment.answers, 0))
            made += f"<wp:comment>{told}</wp:comment>"
    return made


def _html(stored, change):
    """Return a stored body as WordPress keeps one: pictures as figures, cards and embeds as addresses in lines of their own."""
    made = REFERENCE.sub(lambda match: change(match[1], dict(ATTRIBUTE.findall(match[2]))), stored)
    return LINK.sub(lambda match: change("a", {"data-article": match[1]}), made)


def _pointed(story, language, attachments, tag, attrs):
    attrs = {name: unescape(value) for name, value in attrs.items()}
    if tag == "a":
        address = _address(attrs["data-article"], language)
        return f'<a href="{escape(address)}">' if address else "<a>"
    if tag == "figure":
        picture = next(
            (picture for picture in story.pictures if picture.reference == attrs.get("data-image")),
            None,
        )
        return _figure(picture, language, attachments) if picture else ""
    if tag == "div":
        return f"\n\n{escape(attrs['data-embed'], quote=False)}\n\n"
    address = _address(attrs.get("data-article", ""), language)
    return f"\n\n{escape(address)}\n\n" if address else ""


def _figure(picture, language, attachments):
    alt, caption = picture.alt.get(language, ""), picture.caption.get(language, "")
    number, source = attachments[picture.reference], escape(_file(picture.reference))
    image = f'<img class="wp-image-{number}" src="{source}" alt="{escape(alt)}">'
    words = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f'<figure class="wp-block-image">{image}{words}</figure>'


def _address(story, language):
    """Return the address of a post by its number, "" where the story is none of this site."""
    return _number_address(number_of(story, language)) if story.isdecimal() else ""


def _number_address(number):
    return f"{settings.SITE_URL}/?p={number}"


def _file(reference):
    return f"{settings.SITE_URL}/wp-content/uploads/{reference.removeprefix('media/')}"


def _language(code):
    return _term("language", code, str(LANGUAGES[code].name))


def _meta(values):
    made = (
        _tag("wp:meta_key", key) + _data("wp:meta_value", value)
        for key, value in values.items()
        if value
    )
    return "".join(f"<wp:postmeta>{pair}</wp:postmeta>" for pair in made)


def _term(domain, slug, name):
    return f'<category domain="{domain}" nicename="{escape(slug)}">{_cdata(name)}</category>'


def _tag(name, words):
    return f"<{name}>{escape(BARRED.sub('', str(words)), quote=False)}</{name}>"


def _data(name, words):
    return f"<{name}>{_cdata(words)}</{name}>"


def _cdata(words):
    words = BARRED.sub("", str(words)).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{words}]]>"
