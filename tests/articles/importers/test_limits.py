"""What the parsers let through is what the models can hold."""

import pytest

from articles.importers.story import CATEGORY_KINDS, MAX_LENGTHS, PERSON_KINDS, ROLES, STATUSES

apps = pytest.importorskip("django.apps").apps
if not apps.ready:
    pytest.skip("needs the project's settings", allow_module_level=True)

COLUMNS = {
    "external_id": "Origin.external_id",
    "title": "Article.title",
    "slug": "Edition.slug",
    "person": "Author.name",
    "tag": "Tag.name",
    "alt": "ImageUse.alt",
    "creator": "Image.creator",
    "credit_line": "Image.credit_line",
    "copyright_notice": "Image.copyright_notice",
    "licence": "Image.licence",
    "url": "Image.source_url",
    "old_address": "OldAddress.path",
    "reference": "WaitingLink.key",
    "description": "Image.description",
    "reader": "Comment.name",
    "comment": "Comment.words",
    "email": "Comment.email",
    "service": "MachineDraft.service",
    "signed_by": "MachineDraft.signed_by",
}


def column(name):
    model, field = name.split(".")
    return apps.get_model("articles", model)._meta.get_field(field)


def test_every_limit_has_its_column():
    assert set(COLUMNS) == set(MAX_LENGTHS)


@pytest.mark.parametrize("key", MAX_LENGTHS)
def test_no_text_is_longer_than_its_column(key):
    assert column(COLUMNS[key]).max_length >= MAX_LENGTHS[key]


@pytest.mark.parametrize("name", ["Tag.label", "TagAlias.text"])
def test_labels_and_aliases_fit_like_the_tag_itself(name):
    assert column(name).max_length >= MAX_LENGTHS["tag"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (STATUSES, "Edition.status"),
        (PERSON_KINDS, "Author.kind"),
        (ROLES, "Byline.role"),
        (CATEGORY_KINDS, "Category.kind"),
    ],
)
def test_the_words_of_a_story_are_those_of_the_models(words, name):
    assert tuple(value for value, _ in column(name).choices) == words
