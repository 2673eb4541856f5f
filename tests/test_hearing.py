"""What the tests call a page that can be heard: each fault is named, and a page without one is not."""

import pytest

from tests import validity
from tests.test_validity import GOOD

GOOD_PARTS = """<nav aria-label="Pages"><a href="#name" aria-current="page">One</a></nav>
<section aria-labelledby="head"><h2 id="head" lang="zh-Hant"><img src="/a.png" alt="A word"></h2></section>
<button popovertarget="more" aria-expanded="false" aria-controls="more">More</button>
<div id="more" popover role="status" aria-live="polite" aria-label="News" lang=""></div>
<span aria-hidden="true"><input type="hidden" name="x"><a>·</a></span>
<label>Mail <input type="email" autocomplete="email" aria-invalid="true" aria-describedby="more"></label>
<article><h2>Two</h2><aside>Three</aside><aside>Four</aside></article>"""

WRONG = {
    '<div role="newspaper">x</div>': "role=newspaper",
    '<div aria-labeled="x">x</div>': "aria-labeled=x",
    '<button aria-expanded="open">x</button>': "aria-expanded=open",
    '<p aria-describedby="name nobody">x</p>': "aria-describedby=nobody",
    '<div aria-label="Boats">x</div>': "no role and so no name",
    '<nav aria-label=" "></nav>': "without a word",
    '<p lang="english words">x</p>': "which is no language",
    '<a href="#nobody">x</a>': "a link to #nobody",
    '<button popovertarget="nobody">x</button>': "opens “nobody”",
    '<input aria-label="x" autocomplete="mail">': "autocomplete=['mail']",
    "<h2> <b></b></h2>": "<h2> without a word",
    '<div aria-hidden="true"><p><a href="/x/">x</a></p></div>': "<a> in what is hidden",
    '<meta name="viewport" content="width=device-width, user-scalable=no">': "made larger",
    '<meta http-equiv="refresh" content="9">': "leaves by itself",
    "<nav></nav><nav></nav>": "2 landmarks (navigation)",
    "<aside></aside><aside></aside>": "2 landmarks (complementary)",
}


def test_a_page_that_can_be_heard_has_no_fault():
    assert validity.faults(GOOD.replace("HERE", GOOD_PARTS)) == []


@pytest.mark.parametrize(("html", "fault"), WRONG.items())
def test_each_fault_is_named(html, fault):
    told = validity.faults(GOOD.replace("HERE", html))
    assert any(fault in one for one in told), told
