"""The read API as OpenAPI 3.1, for programs that write programs. A test holds it to what the API answers."""

from django.conf import settings

from articles.representations.ninjs import STANDARD
from newsroom.languages import with_columns
from newsroom.page import whole

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
URI = {"type": "string", "format": "uri"}
MOMENT = {"type": "string", "format": "date-time"}


def document(site, *, size):
    """Return the document of a Site; `size` is how many items a page holds at most."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": str(site.name),
            "version": "1",
            "description": f"Stories as IPTC ninjs 3.1, for partners with a token. {whole('/api/')} tells more.",
        },
        "servers": [{"url": settings.SITE_URL}],
        "security": [{"token": []}],
        "paths": {
            "/api/articles/": {"get": _list(size)},
            "/api/articles/{id}/{language}/": {"get": _one()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(size),
            "responses": {"problem": _problem()},
        },
    }


def _list(size):
    return {
        "operationId": "listArticles",
        "summary": "What has changed in a language, in the order of the last change of each story",
        "description": f"Up to {size} items. Go on with `next`; who does so misses no change and no end of a story.",
        "parameters": [
            _query("language", _language(), "Needed unless the token is for one language only"),
            _query(
                "since", TEXT, "`since` of an answer, or a moment; without it from the beginning"
            ),
            _query("region", TEXT, "The end of the address of a region: `middle-east/syria`"),
            _query("section", TEXT, "The end of the address of a section"),
            _query("tag", TEXT, "The end of the address of a tag"),
        ],
        "responses": _responses("page", 400, 401, 403, 429),
    }


def _one():
    return {
        "operationId": "getArticle",
        "summary": "One story in one language",
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": NUMBER},
            {"name": "language", "in": "path", "required": True, "schema": _language()},
        ],
        "responses": _responses("item", 400, 401, 403, 404, 429),
    }


def _query(name, schema, words):
    return {"name": name, "in": "query", "schema": schema, "description": words}


def _language():
    return {"type": "string", "enum": [code for code, _name in settings.LANGUAGES]}


def _responses(schema, *problems):
    content = {"application/json": {"schema": _ref(schema)}}
    headers = {"ETag": {"schema": TEXT}}
    responses = {
        "200": {"description": "As it is now", "content": content, "headers": headers},
        "304": {"description": "What `If-None-Match` names has not changed"},
    }
    return responses | {str(code): {"$ref": "#/components/responses/problem"} for code in problems}


def _problem():
    return {
        "description": "What is wrong, with its remedy (RFC 9457)",
        "content": {"application/problem+json": {"schema": _ref("problem")}},
    }


def _schemas(size):
    return {
        "page": _object(
            "language items since more next",
            language=_language(),
            items={"type": "array", "maxItems": size, "items": _ref("item")},
            since={**TEXT, "description": "The place behind all that was looked at"},
            more={"type": "boolean", "description": "Whether there are others now"},
            next={**URI, "description": "What to ask next, at once or later"},
        ),
        "item": _object(
            "uri type standard version versionCreated pubStatus representationType language",
            **_head(),
            **_content(),
        ),
        "association": _object("name uri rel type", **_association()),
        "rendition": _object(
            "name href contentType",
            **_texts("name contentType"),
            href=URI,
            width=NUMBER,
            height=NUMBER,
            sizeInBytes=NUMBER,
            poi=_object("x y", x=NUMBER, y=NUMBER),
        ),
        "problem": _object(
            "type title status detail", **_texts("type title detail"), status=NUMBER
        ),
    }


def _head():
    """Return what a canceled item has, too."""
    return {
        "uri": URI,
        "type": {"const": "text"},
        "standard": {"const": STANDARD},
        "version": {"type": "string", "pattern": "^[0-9]+$"},
        "versionCreated": MOMENT,
        "pubStatus": {"enum": ["usable", "canceled"]},
        "representationType": {"enum": ["full", "partial"]},
        "language": {"type": "string", "enum": list(with_columns())},
        "edNote": TEXT,
        "altIds": _list_of(_object("role value", **_texts("role value"))),
    }


def _content():
    words = _object("role contentType value", **_texts("role contentType value"))
    body = _object(
        "role contentType value",
        **_texts("role contentType value"),
        charCount=NUMBER,
        wordCount=NUMBER,
    )
    named = _list_of(_object("name uri", name=TEXT, rel=TEXT, uri=URI))
    lists = dict.fromkeys(("people", "organisations", "places", "subjects", "genres"), named)
    return {
        "firstCreated": MOMENT,
        "contentCreated": MOMENT,
        **_texts("copyrightHolder by usageTerms"),
        "rightsInfo": _object("linkedRights", langId=URI, linkedRights=URI),
        "trustIndicators": _list_of(
            _object("role title href", role=URI, title=TEXT, href=URI),
        ),
        "digitalSourceType": _object("name uri", name=TEXT, uri=URI),
        "headlines": _list_of(words),
        "descriptions": _list_of(words),
        "bodies": _list_of(body),
        **lists,
        "associations": _list_of(_ref("association")),
        "renditions": _list_of(_ref("rendition")),
    }


def _association():
    """Return what another language, or a picture, has."""
    words = _object("role contentType value", **_texts("role contentType value"))
    return {
        "name": TEXT,
        "uri": URI,
        "rel": {"enum": ["translation", "lead", "figure"]},
        "type": {"enum": ["text", "picture", "graphic"]},
        **_texts("language by copyrightNotice usageTerms"),
        "representationType": {"const": "partial"},
        "descriptions": _list_of(words),
        "rightsInfo": _object("linkedRights", linkedRights=URI),
        "expires": MOMENT,
        "renditions": _list_of(_ref("rendition")),
    }


def _object(required, **properties):
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _texts(names):
    return dict.fromkeys(names.split(), TEXT)


def _list_of(schema):
    return {"type": "array", "minItems": 1, "items": schema}


def _ref(name):
    return {"$ref": f"#/components/schemas/{name}"}
