"""The OpenAPI document says what the API answers, and all of it is ninjs."""

import json

import pytest
from django.urls import get_resolver
from jsonschema import Draft202012Validator

from articles.representations import openapi
from newsroom.site.identity import Identity
from tests import samples

DOCUMENT = openapi.document(Identity().within("en"), size=30)


def validator(schema):
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}"} | DOCUMENT)


def test_every_schema_is_one():
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_address_with_a_token_is_in_the_document():
    patterns = get_resolver("articles.urls").url_patterns
    addresses = {
        f"/{pattern.pattern}"
        for pattern in patterns
        if str(pattern.pattern).startswith("api/articles")
    }
    told = {
        path.replace("{id}", "<id:pk>").replace("{language}", "<str:language>")
        for path in DOCUMENT["paths"]
    }

    assert told == addresses


def test_every_reference_leads_somewhere():
    words = json.dumps(DOCUMENT)
    for kind in ("schemas", "responses"):
        for name in DOCUMENT["components"][kind]:
            assert f"#/components/{kind}/{name}" in words
    assert words.count('"$ref"') == words.count("#/components/")


@samples.needed
def test_an_item_has_no_property_that_ninjs_does_not_know():
    schema = json.loads(samples.NINJS.read_text(encoding="utf-8"))
    known = schema["$defs"]["ninjsType"]["properties"]
    schemas = DOCUMENT["components"]["schemas"]

    assert schemas["item"]["properties"].keys() <= known.keys()
    assert schemas["association"]["properties"].keys() <= known.keys() | {"name", "rel"}


@pytest.mark.parametrize("extra", ["headline", "body_html"])
def test_what_is_not_named_is_refused(extra):
    item = {extra: "x"}

    assert any(extra in error.message for error in validator("item").iter_errors(item))
