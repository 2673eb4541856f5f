"""Posts in several languages: Polylang's and WPML's groups, and qTranslate's texts."""

import pytest

from articles.importers.story import BadStory
from tests.articles.importers.wxr import export
from tests.articles.importers.wxr.export import attachment, category, comment, post, write


def lingual(language, group="pll_1"):
    told = category("language", language, language.upper())
    return told + (category("post_translations", group) if group else "")


def described(taxonomy, slug, **members):
    inside = "".join(f's:2:"{code}";i:{number};' for code, number in members.items())
    words = f"a:{len(members)}:{{{inside}}}"
    return (
        f"<wp:term><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy><wp:term_slug>{slug}</wp:term_slug>"
        f"<wp:term_description><![CDATA[{words}]]></wp:term_description></wp:term>"
    )


def term(kind, number, slug, name):
    names = {"category": ("category_nicename", "cat_name"), "tag": ("tag_slug", "tag_name")}[kind]
    return (
        f"<wp:{kind}><wp:term_id>{number}</wp:term_id><wp:{names[0]}>{slug}</wp:{names[0]}>"
        f"<wp:{names[1]}>{name}</wp:{names[1]}></wp:{kind}>"
    )


def test_a_group_is_one_story_wherever_its_posts_stand(read):
    es = post(
        12,
        "<p>Dos.</p>",
        title="Ferri",
        more=lingual("es") + comment(1),
        meta={"_thumbnail_id": "8"},
    )
    link = '<a href="/?p=12">x</a>'
    en = post(10, "<p>Two.</p>", title="Ferry", more=lingual("en"), meta={"_thumbnail_id": "7"})

    other, story = read(
        attachment(7, "a.jpg", caption="Pier"),
        attachment(8, "a.jpg", caption="Muelle"),
        es,
        post(11, link, more=lingual("en", "")),
        en,
    )

    assert (story.external_id, story.source_language, story.is_whole) == ("10", "en", True)
    assert {code: text.title for code, text in story.texts.items()} == {
        "en": "Ferry",
        "es": "Ferri",
    }
    assert story.old_addresses == {"en": ("/post-10/", "/?p=10"), "es": ("/post-12/", "/?p=12")}
    assert [(remark.reference, remark.language) for remark in story.comments] == [("1", "es")]
    assert '<a data-article="10">' in other.texts["en"].body


def test_a_description_groups_posts_that_say_nothing_themselves(read):
    head = described("post_translations", "pll_9", en=3, es=1)

    (story,) = read(post(3, more=lingual("en", "")), post(1, more=lingual("es", "")), head=head)

    assert (story.external_id, list(story.texts)) == ("1", ["es", "en"])


def test_one_language_of_a_group_is_the_story_that_the_others_are(read):
    head = described("post_translations", "pll_1", en=10, es=12)

    (story,) = read(post(12, more=lingual("es")), head=head)

    assert (story.external_id, story.reading) == ("10", "es")


@pytest.mark.parametrize(
    "words", ['O:8:"stdClass":0:{}', 'a:1:{s:2:"en";O:1:"A":0:{}}', "a:9999999:{", "a:1:{" * 3000]
)
def test_what_is_serialised_is_never_more_than_values(read, words):
    head = described("post_translations", "pll_1").replace("a:0:{}", words)

    assert [story.external_id for story in read(post(1, more=lingual("en")), head=head)] == ["1"]


def test_of_two_posts_in_one_language_the_first_belongs_to_the_group(read):
    stories = read(*(post(n, more=lingual(code)) for n, code in ((1, "en"), (2, "es"), (3, "es"))))

    assert [(story.external_id, list(story.texts)) for story in stories] == [
        ("1", ["en", "es"]),
        ("3", ["es"]),
    ]


def test_a_post_in_a_language_that_the_site_lacks_is_refused(read):
    story, refused = read(post(1, more=lingual("en")), post(2, more=lingual("ro")))

    assert list(story.texts) == ["en"]
    assert isinstance(refused, BadStory)


def test_categories_and_tags_have_their_names_in_all_languages(read):
    head = term("category", 1, "news", "News") + term("category", 2, "noticias", "Noticias")
    head += term("tag", 3, "water", "Water") + term("tag", 4, "agua", "Agua")
    head += described("term_translations", "pll_a", en=1, es=2)
    head += described("term_translations", "pll_b", en=3, es=4)
    en = category("category", "news", "News") + category("post_tag", "water", "Water")
    es = category("category", "noticias", "Noticias") + category("post_tag", "agua", "Agua")

    (story,) = read(post(1, more=lingual("en") + en), post(2, more=lingual("es") + es), head=head)

    assert [subject.names for subject in story.subjects] == [{"en": "News", "es": "Noticias"}]
    assert [(tag.name, tag.labels) for tag in story.tags] == [
        ("Water", {"en": "Water", "es": "Agua"})
    ]


def test_wpml_tells_language_and_group_in_its_fields(read):
    def told(code):
        return {"_wpml_import_language_code": code, "_wpml_import_translation_group": "5"}

    (story,) = read(post(1, meta=told("pt-br")), post(2, meta=told("en")))

    assert list(story.texts) == ["pt", "en"]


@pytest.mark.parametrize(
    ("title", "content"),
    [
        ("[:en]One[:es]Uno[:]", "[:en]<p>A</p>[:es]<p>B</p>[:]"),
        (
            "<!--:en-->One<!--:--><!--:es-->Uno<!--:-->",
            "<!--:en--><p>A</p><!--:--><!--:es--><p>B</p><!--:-->",
        ),
        ("{:en}One{:}{:es}Uno{:}", "{:en}<p>A</p>{:}{:es}<p>B</p>{:}"),
    ],
)
def test_the_texts_of_qtranslate_are_editions(read, title, content):
    tagged = category("category", "news", "[:en]News[:es]Noticias[:ro]Stiri[:]")

    (story,) = read(post(1, content, title=title, more=tagged))

    assert {code: (text.title, text.body) for code, text in story.texts.items()} == {
        "en": ("One", "<p>A</p>"),
        "es": ("Uno", "<p>B</p>"),
    }
    assert story.subjects[0].names == {"en": "News", "es": "Noticias"}


def test_the_language_that_is_asked_for_goes_before_what_the_site_says(tmp_path):
    path = write(tmp_path, post(1))

    assert list(export.read(path, language="es")[0].texts) == ["es"]
    assert list(export.read(path)[0].texts) == ["en"]
