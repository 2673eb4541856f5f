"""Give a new newsroom its first regions and sections, for its editors to change.

Columns are named per language: a historical model knows nothing of modeltranslation.
"""

from django.db import migrations
from django.utils.text import slugify

# English, Spanish, Portuguese and Arabic names; children of a region in the last place.
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
LANGUAGES = ("en", "es", "pt", "ar")


def create_categories(category_model):
    """Create what is not there yet; a category is known by its kind and English slug."""
    for position, (*names, children) in enumerate(REGIONS, start=1):
        region = _create(category_model, "region", names, position=position * 10)
        for child in children:
            _create(category_model, "region", child, parent=region)
    for position, names in enumerate(SECTIONS, start=1):
        _create(category_model, "section", names, position=position * 10)


def _create(category_model, kind, names, **fields):
    labels = dict(zip(LANGUAGES, names, strict=True))
    columns = {f"name_{language}": name for language, name in labels.items()}
    for language, name in labels.items():
        columns[f"slug_{language}"] = slugify(name, allow_unicode=language == "ar")
    columns |= {"name": columns["name_en"], "slug": columns["slug_en"]}
    found, _new = category_model.objects.get_or_create(
        kind=kind, slug_en=columns["slug_en"], defaults=columns | fields
    )
    return found


def forwards(apps, schema_editor):
    create_categories(apps.get_model("articles", "Category"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    # Backwards nothing goes: by then the categories are the editors' own.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
