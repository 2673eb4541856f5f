"""The demo: every story of it is published, and light enough to arrive at once, whatever the settings of the site add."""

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.actions import menu, skeletons
from articles.management import demo_categories
from articles.models import Edition, Image, OwnPage
from articles.renditions import WIDTHS
from articles.texts import column
from newsroom.files.static import fold
from newsroom.languages import enabled
from newsroom.pagecache.serving.page import encoded
from newsroom.site import actions, colours, pictures
from tests import factories
from tests.newsroom.site.uploads import drawing, photograph
from tests.templates.source import STYLES, WHOLE

pytestmark = pytest.mark.django_db

ROUND_TRIP = 14_000
"""A server sends these bytes before it waits for an answer of the browser."""


NAMES = {
    "en": "The Strait Courier",
    "es": "El Correo del Estrecho",
    "pt": "O Correio do Estreito",
    "ar": "بريد المضيق اليومي",
}
STRAPLINES = {
    "en": "News from both shores of the Mediterranean, in four languages",
    "es": "Noticias de las dos orillas del Mediterráneo, en cuatro lenguas",
    "pt": "Notícias das duas margens do Mediterrâneo, em quatro línguas",
    "ar": "أخبار من ضفتي البحر المتوسط بأربع لغات",
}
ACCENT = ("#0b5a4a", "#4fc3ab")
ACCOUNTS = (
    "https://www.facebook.com/strait.courier",
    "https://www.instagram.com/strait.courier",
    "https://mastodon.example/@courier",
    "https://www.youtube.com/@strait-courier",
)


@pytest.fixture(scope="module")
def styles():
    """How many bytes each stylesheet is, as it is sent, by what a page names it by."""
    short = {}

    def read(name):
        return (STYLES.parent / name).read_text(encoding="utf-8")

    sheets = {
        f"css/{path.name}": fold(f"css/{path.name}", read=read, short=short) for path in WHOLE
    }
    day, night = (colour.removeprefix("#") for colour in ACCENT)
    sheets["/accent-"] = colours.RULE.format(day=day, night=night)
    return {name: len(brotli.compress(sheet.encode())) for name, sheet in sheets.items()}


def tell_of_renditions():
    """Let pages offer every size of each picture, as once the worker has made them."""
    for image in Image.objects.all():
        widths = [width for width in WIDTHS if width <= image.width]
        made = dict.fromkeys(("avif", "webp", "jpeg"), widths) | {"social": [1200]}
        Image.objects.filter(pk=image.pk).update(available={image.rendition_key: made})


def set_everything():
    """Give the site all that a page can show of its settings, its own pages and its menu."""
    site = actions.settings_row()
    files = {
        "logo": drawing(),
        "logo_dark": drawing(colour="white"),
        "icon": photograph(512, 512),
        "sharing": photograph(1200, 630, "JPEG"),
    }
    for kind, file in files.items():
        setattr(site, kind, pictures.prepared(file, kind))
    site.accent, site.accent_dark = ACCENT
    site.contact, site.accounts = "newsroom@courier.example", "\n".join(ACCOUNTS)
    site.zone, site.own_digits = "Europe/Madrid", ["ar"]
    site.allows_answers = site.allows_training = False
    site.licence = "https://creativecommons.org/licenses/by-nc-nd/4.0/"
    actions.save(site)
    for code, name in NAMES.items():
        line = f"© 2017 {name}"
        words = {"legal_name": f"{name} S.A.", "copyright": line, "sharing_alt": name}
        actions.say(code, name=name, strapline=STRAPLINES[code], **words)
    menu.begin(list(NAMES))
    for kind in skeletons.QUESTIONS:
        titles = {column("title", code): skeletons.title(kind, language=code) for code in NAMES}
        page = factories.own_page(kind=kind, live=list(NAMES), **titles)
        if kind == OwnPage.Kind.ABOUT:
            factories.menu_entry(page=page)
    factories.menu_entry(link="https://shop.example/", label="Shop")


def test_a_site_without_a_language_of_the_demo_is_told_before_anything_is_written(monkeypatch):
    monkeypatch.setattr(demo_categories, "LANGUAGES", (*demo_categories.LANGUAGES, "fr"))

    with pytest.raises(CommandError, match="this site does not enable fr: leave LANGUAGES out"):
        call_command("load_demo", verbosity=0)

    assert not Edition.objects.exists()


@pytest.mark.once
def test_every_story_and_front_page_arrives_with_its_style_in_one_round_trip(client, styles):
    call_command("load_demo", verbosity=0)
    tell_of_renditions()
    set_everything()
    live = Edition.objects.live(at=timezone.now()).select_related("article")

    pages = [edition.url for edition in live] + [f"/{code}/" for code in NAMES]
    sent = {url: weight(client.get(url).content, styles) for url in pages}

    assert {language.code for language in enabled()} == NAMES.keys()
    assert len(sent) > 100
    assert {url: size for url, size in sent.items() if size >= ROUND_TRIP} == {}


def weight(content, styles):
    """Return the bytes of a page and of the stylesheets that it names."""
    html = content.decode()
    return len(encoded(content)["br"]) + sum(styles[name] for name in styles if name in html)
