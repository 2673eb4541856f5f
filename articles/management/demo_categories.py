"""The regions and sections of the demo stories."""

from django.core.management.base import CommandError

from articles.models import Category
from articles.texts import column, slug_from
from newsroom.db import locks
from newsroom.languages import with_columns

LANGUAGES = ("en", "es", "pt", "ar")

# The names in these languages; what stands under a region in the last place.
# fmt: off
REGIONS = (
    ("Middle East", "Oriente Próximo", "Médio Oriente", "الشرق الأوسط", (
        ("Syria", "Siria", "Síria", "سوريا"),
        ("Iraq", "Irak", "Iraque", "العراق"),
        ("Iran", "Irán", "Irão", "إيران"),
        ("Israel", "Israel", "Israel", "إسرائيل"),
        ("Lebanon", "Líbano", "Líbano", "لبنان"),
        ("Palestine", "Palestina", "Palestina", "فلسطين"),
        ("Saudi Arabia", "Arabia Saudí", "Arábia Saudita", "السعودية"),
        ("Yemen", "Yemen", "Iémen", "اليمن"),
    )),
    ("Africa", "África", "África", "أفريقيا", (
        ("Egypt", "Egipto", "Egito", "مصر"),
        ("Ethiopia", "Etiopía", "Etiópia", "إثيوبيا"),
        ("Gambia", "Gambia", "Gâmbia", "غامبيا"),
        ("Kenya", "Kenia", "Quénia", "كينيا"),
        ("Libya", "Libia", "Líbia", "ليبيا"),
        ("Nigeria", "Nigeria", "Nigéria", "نيجيريا"),
        ("South Africa", "Sudáfrica", "África do Sul", "جنوب أفريقيا"),
        ("Zimbabwe", "Zimbabue", "Zimbabué", "زيمبابوي"),
    )),
    ("Europe & Russia", "Europa y Rusia", "Europa e Rússia", "أوروبا وروسيا", (
        ("France", "Francia", "França", "فرنسا"),
        ("Germany", "Alemania", "Alemanha", "ألمانيا"),
        ("Portugal", "Portugal", "Portugal", "البرتغال"),
        ("Russia", "Rusia", "Rússia", "روسيا"),
        ("Spain", "España", "Espanha", "إسبانيا"),
        ("UK", "Reino Unido", "Reino Unido", "المملكة المتحدة"),
    )),
    ("Asia & Americas", "Asia y América", "Ásia e Américas", "آسيا والأمريكتان", (
        ("Bangladesh", "Bangladés", "Bangladeche", "بنغلاديش"),
        ("Brazil", "Brasil", "Brasil", "البرازيل"),
        ("Colombia", "Colombia", "Colômbia", "كولومبيا"),
        ("Cuba", "Cuba", "Cuba", "كوبا"),
        ("India", "India", "Índia", "الهند"),
        ("Mexico", "México", "México", "المكسيك"),
        ("Myanmar", "Birmania", "Birmânia", "ميانمار"),
        ("Puerto Rico", "Puerto Rico", "Porto Rico", "بورتوريكو"),
        ("South Korea", "Corea del Sur", "Coreia do Sul", "كوريا الجنوبية"),
        ("US", "EE. UU.", "EUA", "الولايات المتحدة"),
    )),
    ("Pacific", "Pacífico", "Pacífico", "المحيط الهادئ", (
        ("Australia", "Australia", "Austrália", "أستراليا"),
        ("Fiji", "Fiyi", "Fiji", "فيجي"),
        ("New Zealand", "Nueva Zelanda", "Nova Zelândia", "نيوزيلندا"),
    )),
    ("Oceans & Poles", "Océanos y polos", "Oceanos e polos", "المحيطات والقطبان", (
        ("Antarctica", "Antártida", "Antártida", "القارة القطبية الجنوبية"),
        ("Arctic", "Ártico", "Ártico", "القطب الشمالي"),
        ("Atlantic", "Atlántico", "Atlântico", "المحيط الأطلسي"),
    )),
)
SECTIONS = (
    ("News", "Noticias", "Notícias", "أخبار"),
    ("Analysis", "Análisis", "Análise", "تحليل"),
    ("Opinion", "Opinión", "Opinião", "رأي"),
    ("Business", "Economía", "Economia", "اقتصاد"),
    ("Science", "Ciencia", "Ciência", "علوم"),
    ("Culture", "Cultura", "Cultura", "ثقافة"),
)
# fmt: on
GENRES = {"Analysis", "Opinion"}
"""The sections that stand before headlines."""


def refuse_other_languages():
    """Raise CommandError where the site lacks a language of the demo: no story of it could be filed, nor read in full."""
    if missing := [code for code in LANGUAGES if code not in with_columns()]:
        raise CommandError(
            f"The demo is written in {', '.join(LANGUAGES)}, and this site does not enable {', '.join(missing)}: "
            "leave LANGUAGES out, or name these among its own."
        )


@locks.writing()
def create():
    """Create them on a site that has no category; leave any other as its editors want it."""
    if Category.objects.exists():
        return
    regions = [
        _category("region", *names, position=place * 10)
        for place, (*names, _below) in _placed(REGIONS)
    ]
    sections = [
        _category("section", *names, position=place * 10, is_genre=names[0] in GENRES)
        for place, names in _placed(SECTIONS)
    ]
    Category.objects.bulk_create([*regions, *sections])
    Category.objects.bulk_create(
        _category("region", *names, parent=region)
        for region, (*_names, below) in zip(regions, REGIONS, strict=True)
        for names in below
    )


def _placed(rows):
    return enumerate(rows, start=1)


def _category(kind, *names, **values):
    words = {}
    for language, name in zip(LANGUAGES, names, strict=True):
        words[column("name", language)] = name
        words[column("slug", language)] = slug_from(name, language=language)
    return Category(kind=kind, **words, **values)
