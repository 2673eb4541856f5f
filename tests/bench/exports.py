"""Files with generated stories of twelve paragraphs, for imports to be measured by: story number n is the same in any of them.

Each has an author, two tags and words of its own, of a vocabulary in which some are much more frequent than others. In a WordPress
export it stands in categories as well, of which one lies in another, and has comments, one of which answers the first.
"""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from itertools import product
from random import Random

PARAGRAPHS, LENGTH = 12, 45
AUTHORS, TAGS = 100, (11, 101)
SECTIONS, REGIONS = ("News", "Culture", "Opinion"), ("Syria", "Egypt", "Kenya", "Fiji")
FIRST_DAY = datetime(2015, 1, 1, 12, tzinfo=UTC)
DAYS = 3650

WORDS = 6000
_WEIGHTS = [1 / rank for rank in range(1, WORDS + 1)]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A site</title><link>https://example.org</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://example.org</wp:base_site_url>
<wp:base_blog_url>https://example.org</wp:base_blog_url>
"""


def jsonl(numbers):
    """Yield the lines of a file of our own format."""
    for number in numbers:
        text = {
            "title": _headline(number),
            "body": "".join(f"<p>{words}</p>" for words in _paragraphs(number)),
            "published_at": _moment(number).isoformat(),
        }
        story = {"id": str(number), "source_language": "en", "editions": {"en": text}}
        story["bylines"] = [{"name": f"Author {number % AUTHORS}"}]
        story["tags"] = [f"Tag {number % divisor}" for divisor in TAGS]
        yield json.dumps(story) + "\n"


def wxr(numbers):
    """Yield the parts of a WordPress export; every other body is made of blocks."""
    yield _HEAD
    for number in range(AUTHORS):
        yield (
            f"<wp:author><wp:author_login>a{number}</wp:author_login>"
            f"<wp:author_display_name>Author {number}</wp:author_display_name></wp:author>\n"
        )
    for name, parent in [(name, "") for name in SECTIONS] + [(name, "news") for name in REGIONS]:
        yield (
            f"<wp:category><wp:category_nicename>{name.lower()}</wp:category_nicename>"
            f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{name}</wp:cat_name></wp:category>\n"
        )
    yield from map(_item, numbers)
    yield "</channel></rss>\n"


FORMATS = {"jsonl": jsonl, "wxr": wxr}


def write(path, name, number):
    """Write a file with so many stories."""
    with path.open("w") as file:
        file.writelines(FORMATS[name](range(number)))


def _headline(number):
    return f"The ferry of day {number}"


def _moment(number):
    return FIRST_DAY + timedelta(days=number * 7 % DAYS, minutes=number % 600)


@cache
def _vocabulary():
    syllables = ["".join(pair) for pair in product("bdlmnrstv", "aeiou")]
    dice = Random(0)
    return ["".join(dice.choices(syllables, k=2 + rank % 3)) for rank in range(WORDS)]


def _paragraphs(number):
    words = Random(number).choices(_vocabulary(), _WEIGHTS, k=PARAGRAPHS * LENGTH)
    for start in range(0, len(words), LENGTH):
        yield " ".join(words[start : start + LENGTH]).capitalize() + "."


def _item(number):
    moment = _moment(number)
    when, slug = f"{moment:%Y-%m-%d %H:%M:%S}", f"the-ferry-of-day-{number}"
    return f"""<item><title>{_headline(number)}</title>
<link>https://example.org/{moment:%Y/%m/%d}/{slug}/</link><dc:creator>a{number % AUTHORS}</dc:creator>
<content:encoded><![CDATA[{_content(number)}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number + 1}</wp:post_id><wp:post_date>{when}</wp:post_date><wp:post_date_gmt>{when}</wp:post_date_gmt>
<wp:post_modified>{when}</wp:post_modified><wp:post_modified_gmt>{when}</wp:post_modified_gmt>
<wp:comment_status>open</wp:comment_status><wp:post_name>{slug}</wp:post_name><wp:status>publish</wp:status>
<wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
{"".join(_terms(number))}
<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>
{_comment(number, 1, 0)}{_comment(number, 2, 1)}</item>
"""


def _content(number):
    if number % 2:
        return "\n\n".join(_paragraphs(number))
    return "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{words}</p>\n<!-- /wp:paragraph -->"
        for words in _paragraphs(number)
    )


def _terms(number):
    for name in (SECTIONS[number % len(SECTIONS)], REGIONS[number % len(REGIONS)]):
        yield f'<category domain="category" nicename="{name.lower()}"><![CDATA[{name}]]></category>'
    for divisor in TAGS:
        name = f"Tag {number % divisor}"
        slug = escape(name.lower().replace(" ", "-"))
        yield f'<category domain="post_tag" nicename="{slug}"><![CDATA[{name}]]></category>'


def _comment(number, place, answers):
    """Return one of the comments of a story, of which `answers` is the other, or 0."""
    words = next(_paragraphs(number + place))
    when = f"{_moment(number) + timedelta(hours=place):%Y-%m-%d %H:%M:%S}"
    parent = number * 10 + answers if answers else 0
    return f"""<wp:comment><wp:comment_id>{number * 10 + place}</wp:comment_id>
<wp:comment_author>Reader {number % 500}</wp:comment_author><wp:comment_author_email>r{number % 500}@example.org</wp:comment_author_email>
<wp:comment_date>{when}</wp:comment_date><wp:comment_date_gmt>{when}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{words}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>
"""
