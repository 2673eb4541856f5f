from articles.comparing.relinked import MOST, led_elsewhere


def card(key, *, name="article"):
    return f'<aside data-{name}="{key}"></aside>'


def test_a_link_that_waits_may_have_been_led_to_any_story_that_is_new_there():
    html = card("Tide", name="waiting") + card("Ferry", name="waiting")
    there = card(1) + card(2)

    made = set(led_elsewhere(html, (there, there)))

    assert card(1) + card(2) in made
    assert card(1) + card("Ferry", name="waiting") in made
    assert html not in made
    assert len(made) == 8


def test_a_link_that_all_hold_still_and_a_story_that_is_in_the_text_already_are_left():
    html = card("Tide", name="waiting") + card(7)

    assert list(led_elsewhere(html, (html, html))) == []
    assert list(led_elsewhere(html, (html, html + card(8)))) == []
    assert list(led_elsewhere(html, (card("Tide", name="waiting") + card(8),))) == [
        card("Tide", name="waiting") + card(8)
    ]


def test_the_words_of_a_link_stay():
    html = '<p><a data-waiting="Tide">said here</a></p>'

    (made,) = led_elsewhere(html, ('<p><a data-article="1">said here</a></p>',))

    assert made == '<p><a data-article="1">said here</a></p>'


def test_many_links_cost_no_more_than_a_few():
    html = "".join(card(f"Story {place}", name="waiting") for place in range(40))
    there = "".join(card(pk) for pk in range(1, 41))

    assert len(list(led_elsewhere(html, (there,)))) < MOST
