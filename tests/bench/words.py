"""What the generated stories say: short, and different enough that no two share a headline."""

from functools import cache

from articles.texts import fold, slug_from

SLUG_START = "generated-0"
TURNS = 4

HEADLINES = {
    "en": (
        "harbour opens again after the storm",
        "ministers return to the table without a paper",
        "court sends the water case back",
        "a new line joins the two old towns",
        "growers count what the frost has left",
    ),
    "es": (
        "el puerto vuelve a abrir tras el temporal",
        "los ministros vuelven a la mesa sin un texto",
        "el tribunal devuelve el caso del agua",
        "una línea nueva une las dos viejas ciudades",
        "los cultivadores cuentan lo que dejó la helada",
    ),
    "pt": (
        "o porto reabre depois do temporal",
        "os ministros regressam à mesa sem um texto",
        "o tribunal devolve o caso da água",
        "uma nova linha une as duas velhas cidades",
        "os produtores contam o que a geada deixou",
    ),
}
STANDFIRSTS = {
    "en": "What is known so far, what is not, and who is asked to answer next.",
    "es": "Lo que se sabe hasta ahora, lo que no, y quién debe responder.",
    "pt": "O que se sabe até agora, o que não se sabe, e quem deve responder.",
}
SENTENCES = {
    "en": (
        "The office gave no date and said that the plan stands.",
        "Two of the five members voted against it, as they had in spring.",
        "Neighbours had asked for a hearing since the first survey.",
        "A second report is due before the end of the quarter.",
    ),
    "es": (
        "La oficina no dio fecha y dijo que el plan sigue en pie.",
        "Dos de los cinco miembros votaron en contra, como en primavera.",
        "Los vecinos pedían una audiencia desde el primer estudio.",
        "Se espera un segundo informe antes de que acabe el trimestre.",
    ),
    "pt": (
        "O gabinete não deu data e disse que o plano se mantém.",
        "Dois dos cinco membros votaram contra, como na primavera.",
        "Os vizinhos pediam uma audiência desde o primeiro estudo.",
        "Espera-se um segundo relatório antes do fim do trimestre.",
    ),
}
ALT = {
    "en": "A plain coloured field",
    "es": "Un campo de un solo color",
    "pt": "Um campo de uma só cor",
}


def headline(number, language):
    words = HEADLINES[language]
    return f"Generated {number:09}: {words[number % len(words)]}"


def slug(number, language):
    """Return what articles.texts.slug_from makes of the headline, at a tenth of the cost."""
    return f"generated-{number:09}-{_slugs(language)[number % len(HEADLINES[language])]}"


def headline_key(number, language):
    """Return what articles.texts.fold makes of the headline, at a tenth of the cost."""
    return f"generated{number:09}{_keys(language)[number % len(HEADLINES[language])]}"


def body(number, language):
    return _told(number % TURNS, language)[0]


def plain_text(number, language):
    """Return the text of the articles.body.Body of it."""
    return _told(number % TURNS, language)[1]


@cache
def _slugs(language):
    return [slug_from(words, language=language) for words in HEADLINES[language]]


@cache
def _keys(language):
    return [fold(words) for words in HEADLINES[language]]


@cache
def _told(turn, language):
    """Return three paragraphs as HTML and as text, beginning with another sentence each turn."""
    sentences = SENTENCES[language]
    paragraphs = [
        f"{sentences[(turn + step) % TURNS]} {sentences[(turn + step + 1) % TURNS]}"
        for step in range(3)
    ]
    return "".join(f"<p>{text}</p>" for text in paragraphs), "\n".join(paragraphs)


def number_of(slug):
    """Return the number of the story with this slug in the source language."""
    return int(slug.split("-")[1])
