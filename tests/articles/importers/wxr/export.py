"""Small exports of a WordPress site, and what the parser makes of them."""

from html import escape

from articles.importers import wxr
from articles.importers.context import Context

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A site</title><link>https://site.example</link><language>en</language>
<wp:base_blog_url>https://site.example</wp:base_blog_url>"""
FOOT = "</channel></rss>"
LANGUAGES = ("en", "es", "pt", "ar")
PUBLISHED = {"status": "publish", "post_date_gmt": "2017-11-30 12:00:00"}


def post(number=1, content="Words.", *, title="A", more="", meta=(), **fields):
    """Return an item; `more` is XML that stands in it as well."""
    values = (
        PUBLISHED | {"post_type": "post", "post_id": number, "post_name": f"post-{number}"} | fields
    )
    told = "".join(f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in values.items())
    told += "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{escape(value)}</wp:meta_value></wp:postmeta>"
        for key, value in dict(meta).items()
    )
    link = f"<link>https://site.example/{values['post_name']}/</link>"
    body = f"<content:encoded><![CDATA[{content}]]></content:encoded>"
    return f"<item><title>{escape(title)}</title>{link}{body}{told}{more}</item>\n"


def attachment(number, name, *, caption="", alt="", **fields):
    return post(
        number,
        "",
        title=fields.pop("title", name),
        more=f"<excerpt:encoded>{escape(caption)}</excerpt:encoded>",
        post_type="attachment",
        status="inherit",
        attachment_url=f"https://site.example/wp-content/uploads/{name}",
        meta={"_wp_attachment_image_alt": alt} | dict(fields.pop("meta", {})),
        **fields,
    )


def category(domain, slug, name=""):
    return f'<category domain="{domain}" nicename="{slug}"><![CDATA[{name or slug}]]></category>'


def comment(number, words="Words.", **fields):
    values = {
        "comment_id": number,
        "comment_author": "Bea",
        "comment_date_gmt": "2017-12-01 08:00:00",
        "comment_content": words,
        "comment_approved": "1",
        "comment_parent": "0",
    } | fields
    told = "".join(f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in values.items())
    return f"<wp:comment>{told}</wp:comment>"


def write(folder, *items, head="", name="export.xml"):
    path = folder / name
    text = f"{HEAD}{head}\n{''.join(items)}{FOOT}"
    path.write_bytes(text.encode())
    return path


def read(path, *, languages=LANGUAGES, **context):
    told = Context(languages=languages, identify=lambda _path: ("unused", "en"), **context)
    return list(wxr.read(path, told))
