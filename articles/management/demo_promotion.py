"""The promotion of the demo: the launch of a book that does not exist."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from articles.actions import promoting, publishing
from articles.models import ImageUse, Promotion, PromotionEdition
from articles.texts import column

ZONE = "Europe/Lisbon"
AHEAD = timedelta(days=30)
"""How long the launch is ahead when the demo is loaded."""

WORDS = {
    "en": {
        "title": "Book launch: A Year in Forty Maps",
        "text": "Every story here has its map. Our illustrator shows how forty of them came about, and which ones "
        "were wrong at first. Tea and biscuits; children are welcome.",
        "venue": "The Old Print Works, Porto",
        "call": "Book a seat",
        "alt": "A map from the book: a river runs from the mountains of an island to its west coast",
    },
    "es": {
        "title": "Presentación del libro «Un año en cuarenta mapas»",
        "text": "Cada noticia tiene aquí su mapa. Nuestra ilustradora cuenta cómo nacieron cuarenta de ellos, y cuáles "
        "estaban mal al principio. Habrá té y galletas; los niños son bienvenidos.",
        "venue": "Antigua Imprenta, Oporto",
        "call": "Reserve su plaza",
        "alt": "Un mapa del libro: un río baja de las montañas de una isla a su costa oeste",
    },
    "pt": {
        "title": "Lançamento do livro «Um ano em quarenta mapas»",
        "text": "Cada notícia tem aqui o seu mapa. A nossa ilustradora conta como nasceram quarenta deles, e quais "
        "estavam errados a princípio. Há chá e bolachas; as crianças são bem-vindas.",
        "venue": "Antiga Tipografia, Porto",
        "call": "Reserve o seu lugar",
        "alt": "Um mapa do livro: um rio desce das montanhas de uma ilha até à costa oeste",
    },
    "ar": {
        "title": "حفل إطلاق كتاب «عام في أربعين خريطة»",
        "text": "لكل خبر هنا خريطته. تحكي رسّامتنا كيف وُلدت أربعون منها، وأيّها كان خاطئًا في البداية. "
        "شاي وبسكويت، والأطفال مرحّب بهم.",
        "venue": "المطبعة القديمة، بورتو",
        "call": "احجز مقعدًا",
        "alt": "خريطة من الكتاب: نهر ينحدر من جبال جزيرة إلى ساحلها الغربي",
    },
}


PICTURE = "whanganui-river.jpg"


def create(*, now=None):
    """Promote the launch at the foot of stories and on the front page, on a site that has no promotion."""
    if Promotion.objects.exists():
        return
    now = now or timezone.now()
    day = timezone.localtime(now + AHEAD).date()
    begins = datetime.combine(day, time(19), tzinfo=ZoneInfo(ZONE))
    use = (
        ImageUse.objects.filter(source_reference__endswith=PICTURE).select_related("image").first()
    )
    for place in (Promotion.Place.STORY, Promotion.Place.FRONT):
        promotion = Promotion(
            place=place,
            starts_at=now,
            ends_at=begins,
            event_at=begins,
            event_zone=ZONE,
            link="https://example.org/forty-maps",
            image=use and use.image,
            **{column(name, code): words[name] for code, words in WORDS.items() for name in words},
        )
        editions = [PromotionEdition(language=code, is_published=True) for code in WORDS]
        promoting.save(promotion, by=publishing.SYSTEM, editions=editions)
