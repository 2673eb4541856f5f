"""The colour of a site while somebody types it, in the form of its settings."""

import pytest

from newsroom.site import actions, colours

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

SHOWN = """box => [
  getComputedStyle(box).borderTopColor,
  ...[...box.querySelectorAll(".accent-preview__kicker, .accent-preview__link")].map(part => getComputedStyle(part).color),
]"""
"""The line over the masthead, the kicker and the link."""


def test_masthead_kicker_and_link_beside_the_field_have_the_colour_that_is_typed(desk):
    actions.say("en", name="The Post")
    desk.goto("/admin/site/sitesettings/1/change/")
    day, night = desk.locator("[data-accent-of]").all()
    assert not day.is_visible()

    for colour, channels in (("#005EA5", "rgb(0, 94, 165)"), ("#8b1a26", "rgb(139, 26, 38)")):
        desk.fill("[name=accent]", colour)
        assert "The Post" in day.inner_text()
        assert day.evaluate(SHOWN) == [channels] * 3
        assert f"{colours.worst(colour.lower(), colours.DAY):.1f}" in day.inner_text()
        # By night it is the same one made lighter, as the server does.
        assert colours.for_night(colour.lower()) in night.inner_text()

    desk.fill("[name=accent]", "#e0a030")
    assert "1.94 : 1" in day.inner_text()
    assert "accent-preview--unreadable" in day.get_attribute("class")
    desk.fill("[name=accent]", "red")
    assert not day.is_visible()
