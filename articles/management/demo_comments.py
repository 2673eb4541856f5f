"""What readers say in the demo: a few threads in each language, some that wait, and one that is spam."""

from datetime import timedelta

from django.utils import timezone

from articles.actions import commenting
from articles.models import Comment, CommentRule, Edition

OPEN = timedelta(days=3650)
"""The stories of the demo are from years ago."""

SOURCE = "demo"
STORIES = {"raqqa-falls": {"ar"}, "marines-leave-syria": {"en", "es", "pt"}}

THREADS = {
    "en": (
        ("Ruth A.", "My brother served with a battery like this one. He says that the guns were the easy part.",
         ("Samir", "And the hard part begins now: who clears the streets of what was fired into them?")),
        ("Okello", "The story says more than 400 people leave. I would like to know how many stay, and who decides that.",
         None),
    ),
    "es": (
        ("Marta", "Se van los cañones, pero ¿quién reconstruye la ciudad? En mi barrio todavía se habla de eso.",
         ("Joaquín", "Eso mismo pregunté yo. Nadie contesta.")),
    ),
    "pt": (
        ("Inês", "Obrigada por explicarem de onde vinha esta unidade. Nos outros jornais só li o número.", None),
    ),
    "ar": (
        ("هدى", "لي أقارب في الرقة، ويقولون إن أكثر ما يحتاجون إليه اليوم هو إزالة الألغام.",
         ("سامر", "وهذا ما سمعته أيضاً من عائلتي.")),
    ),
}  # fmt: skip
WAITING = {
    "en": (("Pat", "Is there a map of where the unit was? www.maps.example has an old one."),),
    "es": (("Nuria", "Hay un error en el segundo párrafo: la unidad volvió en diciembre, no en noviembre."),),
    "pt": (),
    "ar": (("ليلى", "هل ستكتبون عن المدارس هناك؟"),),
}  # fmt: skip
SPAM = ("Best Pills", "Great post! Cheap tramadol without prescription: https://pills.example")


def create():
    """Write the comments of the demo, once; a site with rules of its own keeps them."""
    if Comment.objects.exists() or CommentRule.objects.exists():
        return
    CommentRule.objects.create()
    now = timezone.now()
    live = Edition.objects.live(at=now).filter(article__origins__source=SOURCE)
    for story, languages in STORIES.items():
        for edition in live.filter(article__origins__external_id=story, language__in=languages):
            commenting.open_story(edition, until=now + OPEN, by=commenting.SYSTEM)
            _fill(edition, now - timedelta(hours=9))


def _fill(edition, start):
    language = edition.language
    moments = (start + timedelta(minutes=41 * number) for number in range(20))
    for name, words, answer in THREADS[language]:
        head = _write(edition, name, words, next(moments))
        commenting.moderate(head, "publish", by=commenting.SYSTEM)
        if answer:
            reply = _write(edition, *answer, next(moments), parent=head.pk)
            commenting.moderate(reply, "publish", by=commenting.SYSTEM)
    for name, words in WAITING[language]:
        _write(edition, name, words, next(moments))
    if language == "en":
        _write(edition, *SPAM, next(moments))


def _write(edition, name, words, moment, **options):
    # Nobody's address: each is a reader of its own.
    return commenting.write(
        edition, name=name, words=words, sender=f"demo {name}", now=moment, **options
    )
