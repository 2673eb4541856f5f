"""A small newspaper in four languages, in which search has something to find."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction

from tests import factories

FIRST = datetime(2021, 3, 1, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

STORIES = {
    "ferry": {
        "title_en": "Ferries return to the harbour of Łódź",
        "standfirst_en": "After two years without boats, the river is open again.",
        "body_en": "<p>The first ferry left at noon. Sailors waved, and children cheered from the quay.</p>",
        "title_es": "Los transbordadores vuelven al puerto",
        "standfirst_es": "Tras dos años sin barcos, el río está abierto.",
        "body_es": "<p>El primer transbordador zarpó al mediodía, según la estación del puerto.</p>",
        "title_pt": "As barcas voltam ao porto",
        "body_pt": "<p>A primeira barca partiu ao meio-dia, e as estações ficaram cheias.</p>",
        "title_ar": "عودة العبّارات إلى الميناء",
        "body_ar": "<p>غادرت العبارة الأولى عند الظهر، وهتف الأطفال من الرصيف.</p>",
        "tags": ["Transport"],
    },
    "troops": {
        "title_en": "More than 400 troops leave the border",
        "standfirst_en": "The soldiers go home after a decision of parliament.",
        "body_en": "<p>The U.S. base counted 400,000 visitors a year. Its army is leaving.</p>",
        "title_es": "Más de 400 soldados dejan la frontera",
        "body_es": "<p>La base de EE. UU. recibía visitantes de todas las naciones.</p>",
        "title_ar": "أكثر من ٤٠٠ جندي يغادرون الحدود",
        "body_ar": "<p>قالت القوات الأمريكية إن الجنود عادوا إلى بيوتهم.</p>",
        "tags": ["US"],
    },
    "vote": {
        "title_en": "Nation votes on water",
        "standfirst_en": "Every river needs a guardian, says the new law.",
        "body_en": "<p>Voters waited for hours. The naïve hope of a quick count was gone by noon.</p>",
        "title_es": "La nación vota sobre el agua",
        "standfirst_es": "Cada río necesita un guardián.",
        "body_es": "<p>Las políticas del agua cambian. La acción del gobierno llega tarde.</p>",
        "tags": ["Water"],
    },
    "drought": {
        "title_en": "Drought empties the wells of the north",
        "body_en": "<p>Water is sold by the bucket. Farmers leave their fields, and the ferry lies on sand.</p>",
        "title_pt": "A seca esvazia os poços do norte",
        "body_pt": "<p>A água é vendida ao balde. Agricultores deixam os campos.</p>",
        "tags": ["Water"],
    },
    "opera": {
        "title_en": "An opera about salt",
        "standfirst_en": "Singers and sailors share a stage.",
        "body_en": "<p>Nobody left before the end. The composer, a sailor himself, wrote it on a boat.</p>",
        "title_es": "Una ópera sobre la sal",
        "body_es": "<p>Cantantes y marineros comparten escenario. Nadie se fue.</p>",
    },
    "strike": {
        "title_en": "Sailors strike for pay",
        "body_en": "<p>No ferry sailed. The harbour was silent, and parliament was asked to decide.</p>",
        "title_pt": "Marinheiros em greve por salários",
        "body_pt": "<p>Nenhuma barca saiu. As nações vizinhas esperam.</p>",
        "title_ar": "إضراب البحارة من أجل الأجور",
        "body_ar": "<p>لم تبحر أي عبارة، وكان الميناء صامتا.</p>",
    },
    "pact": {
        "title_en": "A pact between two nations",
        "standfirst_en": "Water will be shared.",
        "body_en": "<p>The ministers signed at the border. “It is what it is,” one said.</p>",
        "title_es": "Un pacto entre dos naciones",
        "body_es": "<p>Los ministros firmaron en la frontera. Habrá agua para todos.</p>",
        "tags": ["Water", "US"],
    },
}
"""The key of a story -> its texts and tags; each is a year younger than the one before, the last is still to come."""

EMBARGOED = {"title_en": "Secret ferry plan of parliament", "body_en": "<p>Water, water.</p>"}


@contextmanager
def built(blocker):
    """Publish the stories once for all tests of a module, which see them at NOW; take them away afterwards."""
    with blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            by_key = build()
        yield by_key
        transaction.set_rollback(True)


def build():
    """Publish the stories; return key -> article."""
    us, _water = (factories.TagFactory(name=name) for name in ("US", "Water"))
    us.label_es, us.label_ar = "EE. UU.", "الولايات المتحدة"
    us.save()
    us.learn("United States")
    duarte = factories.AuthorFactory(name_en="Ana Duarte", name_ar="آنا دوارتي")
    region = factories.CategoryFactory(name_en="Atlantis", name_es="Atlántida")
    by_key = {}
    for number, (key, story) in enumerate(STORIES.items()):
        live = [code for code in ("en", "es", "pt", "ar") if f"title_{code}" in story]
        own = {"authors": [duarte]} if key in {"opera", "pact"} else {}
        own |= {"categories": [region]} if key in {"vote", "strike"} else {}
        at = FIRST + timedelta(days=300 * number)
        by_key[key] = factories.story(live=live, at=at, **{"tags": []} | story | own)
    by_key["secret"] = factories.story(live=["en"], at=NOW + timedelta(days=9), **EMBARGOED)
    factories.story(title_en="Draft about a ferry", body_en="<p>Not yet.</p>")
    return by_key
