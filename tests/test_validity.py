"""What the tests call valid HTML: each kind of fault is named, and a page without one is not."""

import pytest

from tests import validity

GOOD = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title></head>
<body>
<main>
<h1>Words &amp; <a href="/x/">signs</a></h1>
<a href="/y/"><h2>A heading in a link</h2></a>
<ul><li>One</li><li><p>Two</p></li></ul>
<dl><div><dt>Term</dt><dd><p>What it is</p></dd></div></dl>
<figure><img src="/a.png" alt=""><figcaption><p>Caption</p></figcaption></figure>
<details><summary>More <b>of it</b></summary><p>It</p></details>
<svg viewBox="0 0 1 1"><g><path d="M0 0"></path></g></svg>
<label for="name">Name</label> <input id="name">
HERE
</main>
</body>
</html>"""

WRONG = {
    "<p>One<div>two</div></p>": "unexpected-end-tag",
    "<b><p>One</b></p>": "adoption-agency",
    "a & b &foo;": "expected-named-entity",
    '<img src="/a.png" alt="" alt="">': "duplicate-attribute",
    '<a href="/x/"><a href="/y/">z</a></a>': "unexpected-start-tag-implies-end-tag",
    "<table><div>x</div></table>": "unexpected-start-tag-implies-table-voodoo",
    "<span><div>x</div></span>": "<div> in <span>",
    '<h2><a href="/x/"><p>x</p></a></h2>': "<p> in <a>",
    "<ul><p>x</p></ul>": "<p> in <ul>",
    "<dl><p>x</p></dl>": "<p> in <dl>",
    "<div><li>x</li></div>": "<li> in <div>",
    "<div><summary>x</summary></div>": "<summary> in <div>",
    '<a href="/x/"><span><select></select></span></a>': "<select> inside ['a']",
    '<img src="/a.png">': "<img> without alt",
    '<iframe src="/x/"></iframe>': "<iframe> without title",
    '<table border="1"></table>': "obsolete",
    '<a href="/x y/">z</a>': "a space in its href",
    '<p id="name">x</p>': "“name” 2 times",
    '<p id="">x</p>': "an id “”",
    '<label for="nobody">x</label>': "“nobody”, which nothing is called",
    "<main>x</main>": "<main> in <main>",
}


def test_a_valid_page_has_no_fault():
    assert validity.faults(GOOD) == []


@pytest.mark.parametrize(("html", "fault"), WRONG.items())
def test_each_fault_is_named(html, fault):
    told = validity.faults(GOOD.replace("HERE", html))
    assert any(fault in one for one in told), told


@pytest.mark.parametrize("part", ["<!doctype html>\n", ' lang="en"', "<title>A page</title>"])
def test_what_every_page_has_is_missed(part):
    assert validity.faults(GOOD.replace(part, "")) != []
