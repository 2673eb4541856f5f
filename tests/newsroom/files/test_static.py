from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import ImproperlyConfigured

from newsroom.files.static import NewsroomStaticFilesStorage, fold

SITE = (
    '/* Order. */\n@layer a, b;\n@import "one.css" layer(a);\n@import "parts/two.css" layer(b);\n'
)
ONE = '@font-face {\n  font-family: One;\n  src: url("../fonts/one.woff2");\n}\n'
TWO = '/* Why. */\n.two {\n  content: "/* kept */";\n  background: url(../../img/two.svg);\n}\n'


def folded(files, name="css/site.css"):
    return fold(name, read=files.__getitem__)


def test_parts_stand_in_their_layers_in_the_order_of_their_imports():
    css = folded({"css/site.css": SITE, "css/one.css": ONE, "css/parts/two.css": TWO})

    assert css.index("@layer a,b;") < css.index("@layer a{") < css.index("@layer b{")
    assert "@import" not in css


def test_comments_go_and_strings_stay():
    css = folded({"css/site.css": SITE, "css/one.css": ONE, "css/parts/two.css": TWO})

    assert "Why." not in css
    assert 'content:"/* kept */";' in css


def test_no_byte_goes_to_what_says_nothing():
    part = ".a  > .b :hover,\n.c { /* Why. */\n margin: 0.5em calc(1em + 0px); /* And */ /* why. */ }\n"
    part += '/* So "it" is. */\n@media (width >= 3em) { /* Here. */ .a--b:hover { top: 0 } } /* End. */ .d { content: " /**/" }'

    css = folded({"css/site.css": '@import "x.css" layer(a);', "css/x.css": part})

    assert css == (
        "@layer a{.a>.b :hover,.c{margin:.5em calc(1em + 0px)}@media (width >= 3em){.a--b:hover{top:0}}"
        '.d{content:" /**/"}}'
    )


def test_parts_of_one_layer_share_its_block():
    imports = '@import "x.css" layer(a);\n@import "y.css" layer(a);\n@import "z.css" layer(b);'
    files = {"css/x.css": ".x{}", "css/y.css": ".y{}", "css/z.css": ".z{}"}

    assert folded({"css/site.css": imports} | files) == "@layer a{.x{}.y{}}@layer b{.z{}}"


def test_custom_properties_have_short_names_that_are_the_same_everywhere():
    files = {
        "css/x.css": ":root { --colour: red; --ground: blue; }",
        "css/y.css": ".a--b:hover { color: var(--colour); background: var(--ground, var(--colour)); }",
    }

    css = folded({"css/site.css": '@import "x.css" layer(a);@import "y.css" layer(a);'} | files)

    assert css == (
        "@layer a{:root{--a:red;--b:blue}.a--b:hover{color:var(--a);background:var(--b,var(--a))}}"
    )


def test_addresses_are_right_from_the_new_place():
    css = folded({"css/site.css": SITE, "css/one.css": ONE, "css/parts/two.css": TWO})

    assert 'url("../fonts/one.woff2")' in css
    assert 'url("../img/two.svg")' in css


@pytest.mark.parametrize("address", ["data:image/png;base64,AA", "/static/x.png", "#gradient"])
def test_addresses_that_are_not_relative_stay(address):
    part = f".x {{ background: url({address}); }}"

    css = folded({"css/site.css": '@import "x/y.css" layer(a);', "css/x/y.css": part})

    assert f'url("{address}")' in css


def test_an_import_inside_a_part_is_an_error():
    files = {"css/site.css": '@import "x.css" layer(a);', "css/x.css": '@import "y.css";'}

    with pytest.raises(ImproperlyConfigured, match=r"css/x\.css: only css/site\.css may import"):
        folded(files)


def test_an_import_without_a_layer_is_an_error():
    with pytest.raises(ImproperlyConfigured, match="write imports as"):
        folded({"css/site.css": '@import "x.css";'})


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    for name, text in {
        "css/site.css": SITE,
        "css/one.css": ONE,
        "css/parts/two.css": TWO,
        "fonts/one.woff2": "font",
        "img/two.svg": "<svg/>",
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return StaticFilesStorage(location=folder, base_url="/static/")


@pytest.fixture
def target(tmp_path):
    return NewsroomStaticFilesStorage(location=tmp_path / "target", base_url="/static/")


def collect(source, target, *, names=None, dry_run=False):
    """Do what collectstatic does with files that it found; return the hashed stylesheet."""
    file_names = names or [
        "css/site.css",
        "css/one.css",
        "css/parts/two.css",
        "fonts/one.woff2",
        "img/two.svg",
    ]
    paths = {name: (source, name) for name in file_names}
    for name in paths:
        if not target.exists(name):
            with source.open(name) as file:
                target.save(name, file)
    for _name, _new, result in target.post_process(paths, dry_run=dry_run):
        if isinstance(result, Exception):
            raise result
    if dry_run:
        return None
    with target.open(target.stored_name("css/site.css")) as file:
        return file.read().decode()


def test_the_collected_stylesheet_is_one_file_that_names_hashed_files(source, target):
    css = collect(source, target)

    assert "@import" not in css
    assert target.stored_name("fonts/one.woff2").removeprefix("fonts/") in css
    assert target.exists(target.stored_name("css/site.css") + ".gz")


def test_a_changed_part_changes_the_name_of_the_stylesheet(source, target):
    collect(source, target)
    before = target.stored_name("css/site.css")
    with Path(source.path("css/one.css")).open("a", encoding="utf-8") as part:
        part.write(".new { color: inherit; }\n")

    css = collect(source, target)

    assert ".new" in css
    assert target.stored_name("css/site.css") != before


def test_collecting_again_changes_nothing(source, target):
    first = collect(source, target)

    assert collect(source, target) == first


def test_a_missing_part_is_named(source, target):
    with pytest.raises(ImproperlyConfigured, match=r"imports css/parts/two\.css, which does not"):
        collect(source, target, names=["css/site.css", "css/one.css", "fonts/one.woff2"])


def test_a_dry_run_writes_nothing(source, target):
    collect(source, target, dry_run=True)

    with target.open("css/site.css") as file:
        assert b"@import" in file.read()


def test_a_stylesheet_of_layers_without_imports_is_made_as_small():
    css = "/* Why. */\n@layer a {\n  :lang(ko) {\n    --leading: 1.6;\n  }\n}\n"

    assert folded({"css/scripts/x.css": css}, "css/scripts/x.css") == "@layer a{:lang(ko){--a:1.6}}"
