"""The same questions find the same stories on both databases, in the same order."""

import pytest
import time_machine

from articles import searching
from articles.models import Category, Edition, SearchEntry
from articles.pages import search
from articles.pages.search import finding, question as questions
from tests import factories
from tests.articles.pages.search import corpus

pytestmark = pytest.mark.django_db

QUESTIONS = {
    "en": {
        # Endings, case, accents and letters that are like others.
        "ferry": "ferry strike drought",
        "ferries": "ferry strike drought",
        "FERRIES": "ferry strike drought",
        "lodz": "ferry",
        "Łódź harbour": "ferry",
        "harbor": "",
        "nation": "pact vote",
        "nations": "pact vote",
        "naive": "vote",
        "sailing": "strike",
        "sailor": "strike opera ferry",
        "voting": "vote",
        # The headline first, then the standfirst and what a story is about, then the rest; the newest first in each.
        "water": "vote pact drought",
        "sailors": "strike opera ferry",
        "river": "vote ferry",
        "parliament": "troops strike",
        "noon": "vote ferry",
        # All words have to be there; those that say nothing are left out.
        "ferry sailors": "strike ferry",
        "the ferry of the harbour": "ferry strike",
        "ferry opera": "",
        "the": "drought troops ferry vote pact strike opera",
        "of the": "drought ferry troops vote",
        "it is what it is": "pact",
        # Names: of tags in any language and spelling, of authors and of categories.
        "US": "pact troops",
        "U.S.": "pact troops",
        "EE. UU.": "pact troops",
        "United States": "pact troops",
        "الولايات المتحدة": "pact troops",
        "united states border": "troops pact",
        "Duarte": "pact opera",
        "ana duarte": "pact opera",
        "دوارتي": "pact opera",
        "duarte salt": "opera",
        "atlantis": "strike vote",
        "atlantis water": "vote",
        # Numbers and signs.
        "400": "troops",
        "400,000": "troops",
        "400000": "troops",
        "“400 troops”": "troops",
        '"it is"': "pact troops",
        "ferry -sailors": "drought",
        "-ferry water": "vote pact",
        "ferry AND harbour": "ferry strike",
        "ferry'); DROP TABLE x; --": "",
        "ferry:* | !": "ferry strike drought",
        "nothingness": "",
    },
    "es": {
        "transbordador": "ferry",
        "naciones": "pact vote troops",
        "nación": "pact vote troops",
        "nacion": "pact vote troops",
        "politica": "vote",
        "políticas": "vote",
        "accion": "vote",
        "ee uu": "pact troops",
        "us": "pact troops",
        "agua": "vote pact",
        "opera": "opera",
        "el agua de la frontera": "pact",
        "atlantida": "vote",
    },
    "pt": {
        "estação": "ferry",
        "estações": "ferry",
        "barca": "ferry strike",
        "agua": "drought",
        "poço": "drought",
    },
    "ar": {
        "العبارات": "ferry strike",
        "عبارة": "ferry strike",
        "ميناء": "ferry strike",
        "قوات": "troops",
        "الحدود": "troops",
        "٤٠٠": "troops",
        "400": "troops",
        "بحارة": "strike",
    },
}
"""Language -> question -> the keys of what is found, in its order."""


NEWER = {
    # A headline of a ferry, one of water, and what two questions find.
    "de": (
        "Die Fähren fahren wieder",
        "Wasser für die Häuser am Fluss",
        {"faehre": "ferry", "das Wasser und das Haus": "water"},
    ),
    "fr": (
        "Les bateaux reviennent à l’île",
        "L’eau des rivières",
        {"bateau ile": "ferry", "l'eau de la rivière": "water"},
    ),
    "tr": (
        "Köprüler yeniden açıldı",
        "Su için yeni kararlar",
        {"KOPRU": "ferry", "su ve karar": "water"},
    ),
    "ru": ("Паромы снова ходят", "Вода для городов", {"паромам": "ferry", "город и вода": "water"}),
    "sr": ("Бродови поново плове", "Вода за градове", {"brodovi": "ferry", "voda u": "water"}),
    "fa": ("کشتی‌ها به راه افتادند", "آب برای شهرها", {"كشتي‌ها": "ferry", "آب از شهرها": "water"}),
    "vi": ("Phà trở lại đảo", "Nước cho thành phố", {"pha": "ferry", "nước": "water"}),
    "zh-hans": ("渡轮复航", "城市用水", {"渡轮": "ferry", "水": "water"}),
}


def test_newer_languages_find_what_they_should_in_the_same_order():
    places = {}
    for key in ("water", "ferry"):
        edition = factories.edition(factories.story(live=["en"], at=corpus.FIRST), "en")
        entry = SearchEntry.objects.get(edition=edition)
        places[entry.place] = key
        made = [
            word
            for language, (*headlines, _asked) in NEWER.items()
            for tier in searching.TIERS
            for word in searching.words_of(headlines[key == "water"], tier, language)
        ]
        entry.words = " ".join(made)
        entry.save()

    told = {
        language: {
            text: " ".join(places[place] for place in places_of(text, language)) for text in asked
        }
        for language, (*_headlines, asked) in NEWER.items()
    }

    assert told == {language: asked for language, (*_headlines, asked) in NEWER.items()}


def places_of(text, language="en", **narrowed):
    tree = Category.tree(language=language)
    question = search.Question.read({"q": text} | narrowed)
    names = questions.names(question, tree=tree)
    asked = questions.asked(question, language=language, named=names)
    places, cursor = [], None
    while True:
        page = finding.read(question, asked, at=corpus.NOW, before=cursor)
        places += page.page
        if (cursor := page.older) is None:
            assert sorted(places) == sorted(page.all)
            return places


def different(told):
    """Return (language, question, what is found, what should be) for each question that finds something else."""
    return [
        (language, text, told[language][text], keys)
        for language, some in QUESTIONS.items()
        for text, keys in some.items()
        if told[language][text] != keys
    ]


@pytest.mark.parametrize("size", [10, 2])
def test_sixty_questions_find_what_they_should_in_the_same_order(monkeypatch, size):
    monkeypatch.setattr(finding, "SIZE", size)
    with time_machine.travel(corpus.NOW, tick=False):
        articles = corpus.build()
    keys = {
        SearchEntry.edition_at(entry.place): key
        for entry in SearchEntry.objects.all()
        for key, article in articles.items()
        if Edition.objects.filter(pk=entry.edition_id, article=article).exists()
    }
    told = {
        language: {
            text: " ".join(
                keys[SearchEntry.edition_at(place)] for place in places_of(text, language)
            )
            for text in some
        }
        for language, some in QUESTIONS.items()
    }

    assert sum(map(len, QUESTIONS.values())) >= 60
    assert different(told) == []
