"""Whether a drawing shows anything once it was written anew."""

import pytest

from newsroom.files import svg

SQUARE = '<path id="a" d="M0 0H9V9Z"/>'


def drawing(inside):
    return f'<svg xmlns="{svg.NAMESPACE}" viewBox="0 0 40 10">{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "inside",
    [
        f"<defs>{SQUARE}</defs>",
        f'<symbol id="b">{SQUARE}</symbol><use href="#no"/>',
        '<path/><rect width="0" height="9"/><circle/><text> <tspan> </tspan></text>',
        f'<g display="none">{SQUARE}</g><g opacity="0">{SQUARE}</g>',
        f'<g fill="none">{SQUARE}</g><g visibility="hidden">{SQUARE}</g>',
        '<line x2="9"/>',
    ],
)
def test_a_drawing_that_paints_nothing_is_refused(inside):
    with pytest.raises(svg.NotADrawing) as refused:
        svg.cleaned(drawing(inside))

    assert refused.value.why == "empty"


@pytest.mark.parametrize(
    "inside",
    [
        f'<defs>{SQUARE}</defs><use href="#a"/>',
        f'<symbol id="b"><g>{SQUARE}</g></symbol><use id="c" href="#b"/>',
        f'<g fill="none"><g fill="red">{SQUARE}</g></g>',
        '<g fill="none" stroke="red"><line x2="9"/></g>',
        "<text><tspan>A</tspan></text>",
        '<ellipse rx="4" ry="2"/>',
    ],
)
def test_a_drawing_that_paints_something_is_kept(inside):
    assert svg.cleaned(drawing(inside)).width == svg.SIDE
