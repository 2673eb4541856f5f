"""Each check on the words that it is for, and on words that are right and look like them."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from articles.body import Body
from articles.checks import CHECKS, found

QUOTE = "<p>“We are leaving,” said Colonel Ryan Dillon.</p>"
DEMO = Path(__file__).resolve().parents[3] / "articles/demo"
TRANSLATED = {"raqqa-falls", "great-american-eclipse"}

TWO = "<p>“We leave,” said Reyes. “We stay,” said Dillon.</p>"

# Name of the check, code and words of the source, code and words of the translation; "" where nothing is to be asked.
CASES = [
    # Whether it is translated, and to its end.
    ("unfinished", "en", "<p>They are leaving.</p>", "es", ""),
    ("unfinished", "en", "<p>They are leaving.</p>", "es", "<p>Se van</p>"),
    ("unfinished", "en", "<p>They are leaving.</p>", "es", "<p>TODO se van.</p>"),
    ("unfinished", "en", f"<p>{'They are leaving now. ' * 5}</p>", "es", "<p>Se van.</p>"),
    ("unfinished", "en", "<figure data-image='1'></figure>", "es", ""),
    ("", "en", "<p></p>", "es", ""),
    ("", "en", "<p>They are leaving.</p>", "ar", "<p>إنهم يغادرون.</p>"),
    ("", "en", "<p>Are they leaving?</p>", "th", "<p>พวกเขากำลังจะจากไปหรือไม่</p>"),
    ("", "en", "<p>They are leaving.</p>", "zh-hans", "<p>他们要离开了。</p>"),
    ("same", "en", "<p>They are leaving.</p>", "es", "<p>They are leaving.</p>"),
    ("", "pt", "<p>Estão saindo.</p>", "pt-br", "<p>Estão saindo.</p>"),
    ("", "en", "<h2>Raqqa</h2>", "es", "<h2>Raqqa</h2>"),
    # Numbers, in the ways of writing of each language.
    ("numbers", "en", "<p>More than 400 left.</p>", "es", "<p>Más de 40 se fueron.</p>"),
    ("numbers", "en", "<p>It is 3.5 km.</p>", "es", "<p>Son 3,6 km.</p>"),
    ("", "en", "<p>It is 3.5 km, 1,200 men.</p>", "de", "<p>Es sind 3,5 km, 1.200 Leute.</p>"),
    ("", "en", "<p>It is 1,200 men.</p>", "fr", "<p>Ce sont 1\u202f200 hommes.</p>"),
    ("", "en", "<p>More than 400 left.</p>", "ar", "<p>غادر أكثر من ٤٠٠.</p>"),
    ("", "en", "<p>More than 400,000 left.</p>", "zh-hans", "<p>超过40万人离开。</p>"),
    ("", "en", "<p>The 3 left.</p>", "pt", "<p>Os três saíram.</p>"),
    ("numbers", "en", "<p>The blast killed 3.</p>", "es", "<p>La explosión mató a 8.</p>"),
    ("numbers", "en", "<p>A rise of 5%.</p>", "es", "<p>Un alza del 9\u00a0%.</p>"),
    ("numbers", "en", "<p>It cost 5 million.</p>", "es", "<p>Costó 7 millones.</p>"),
    ("numbers", "en", "<p>The blast killed 3.</p>", "ar", "<p>قتل الانفجار ٨.</p>"),
    ("", "en", "<p>The blast killed 3.</p>", "ar", "<p>قتل الانفجار ٣.</p>"),
    ("", "en", "<p>The 3 left, 5 stayed.</p>", "pt", "<p>Os três saíram, 5 ficaram.</p>"),
    ("", "en", "<p>3 men, 3 women, 5 cars.</p>", "pt", "<p>3 homens, três mulheres, 5 carros.</p>"),
    # Words that multiply a number.
    ("", "en", "<p>Some 300,000 fled.</p>", "pt", "<p>Fugiram 300 mil.</p>"),
    ("", "en", "<p>Some 300,000 fled.</p>", "ar", "<p>فرّ نحو 300 ألف.</p>"),
    ("", "en", "<p>It cost 2.5 billion.</p>", "es", "<p>Costó 2.500 millones.</p>"),
    ("", "en", "<p>It cost 2 billion.</p>", "pt", "<p>Custou 2 mil milhões.</p>"),
    ("", "en", "<p>It cost 5 million.</p>", "zh-hans", "<p>花费500万。</p>"),
    ("", "en", "<p>It cost 5 million.</p>", "es", "<p>Costó cinco millones.</p>"),
    ("", "en", "<p>It is for 5 million.</p>", "ru", "<p>Это 5 миллионам.</p>"),
    ("numbers", "en", "<p>Some 300,000 fled.</p>", "pt", "<p>Fugiram 30 mil.</p>"),
    ("numbers", "en", "<p>It cost 5 billion.</p>", "es", "<p>Costó 5 billones.</p>"),
    ("", "en", "<p>It is for 5,000 men.</p>", "pt", "<p>É para cinco mil homens.</p>"),
    ("numbers", "en", "<p>It is for 5,000 men.</p>", "pt", "<p>É para 50 mil homens.</p>"),
    # Times of day, of twelve hours or of twenty-four.
    ("", "en", "<p>He died at 10.29 that night.</p>", "es", "<p>Murió a las 22.29 horas.</p>"),
    ("", "es", "<p>Murió a las 22.29 horas.</p>", "pt", "<p>Morreu às 22h29.</p>"),
    ("", "en", "<p>He died at 10:29 p.m.</p>", "ar", "<p>توفي عند ٢٢:٢٩.</p>"),
    ("numbers", "en", "<p>He died at 10.29 that night.</p>", "es", "<p>Murió a las 22.39 horas.</p>"),
    ("numbers", "en", "<p>It grew by 3.50 metres.</p>", "es", "<p>Creció 3,20 metros.</p>"),
    # Days, by the names of months of each language.
    ("dates", "en", "<p>On November 30 it ended.</p>", "es", "<p>Acabó el 3 de noviembre.</p>"),
    ("dates", "en", "<p>On 30 November it ended.</p>", "fr", "<p>Fini le 30 octobre.</p>"),
    ("dates", "en", "<p>On 30 November 2017 it ended.</p>", "zh-hans", "<p>2017年10月30日结束。</p>"),
    ("", "en", "<p>On November 30th it ended.</p>", "es", "<p>Acabó el 30 de noviembre.</p>"),
    ("", "en", "<p>On 30 November it ended.</p>", "zh-hans", "<p>11月30日结束。</p>"),
    ("", "en", "<p>On 30 November it ended.</p>", "uk", "<p>Скінчилося 30 листопада.</p>"),
    ("", "en", "<p>On 30 November it ended.</p>", "es", "<p>Acabó el jueves 30.</p>"),
    # Months and days of the week alone, where both sides name one.
    ("dates", "en", "<p>In November 2017 it ended.</p>", "es", "<p>Acabó en octubre de 2017.</p>"),
    ("dates", "en", "<p>In November it ended.</p>", "es", "<p>Acabó el tres de octubre.</p>"),
    ("dates", "en", "<p>In November it ended.</p>", "zh-hans", "<p>10月结束。</p>"),
    ("dates", "en", "<p>On Monday it ended.</p>", "es", "<p>Acabó el viernes.</p>"),
    ("dates", "en", "<p>On Monday it ended.</p>", "zh-hans", "<p>星期五结束。</p>"),
    ("dates", "en", "<p>On Monday it ended.</p>", "ko", "<p>금요일에 끝났다.</p>"),
    ("dates", "es", "<p>Acabó el viernes.</p>", "en", "<p>On Monday it ended.</p>"),
    ("dates", "en", "<p>It ended. Monday was quiet.</p>", "es", "<p>Acabó. Viernes tranquilo.</p>"),
    ("", "en", "<p>In November 2017 it ended on a Monday.</p>", "es", "<p>Acabó un lunes de noviembre de 2017.</p>"),
    ("", "en", "<p>In November it ended.</p>", "ja", "<p>11月に終わった。</p>"),
    ("", "en", "<p>In January it ended.</p>", "ko", "<p>1월에 끝났다.</p>"),
    ("", "en", "<p>In November it ended on Monday.</p>", "fr", "<p>Fini le lundi, le mois dernier.</p>"),
    ("", "en", "<p>They may march in June.</p>", "es", "<p>Quizá marchen en junio.</p>"),
    ("", "en", "<p>On Monday Plácido sang.</p>", "es", "<p>Ayer cantó Plácido Domingo.</p>"),
    ("", "en", "<p>Theresa May spoke in June.</p>", "es", "<p>Theresa May habló en junio.</p>"),
    # Names of several words.
    ("names", "en", QUOTE, "es", "<p>«Nos vamos», dijo un portavoz.</p>"),
    ("names", "en", "<p>Ada Reyes and Omar Said spoke.</p>", "es", "<p>Ada Reyes y Ali Hassan hablaron.</p>"),
    ("", "en", "<p>Ada Reyes and Omar Said spoke.</p>", "es", "<p>Ada Reyes y Omar Said hablaron.</p>"),
    # A name of one word, where somebody else is named instead.
    ("names", "en", "<p>They stay, Reyes said.</p>", "es", "<p>Se quedan, dijo Morales.</p>"),
    ("names", "en", "<p>“Stay,” Reyes said.</p>", "pt", "<p>“Fiquem”, disse Dillon.</p>"),
    ("names", "fr", "<p>Selon Macron, c’est fini.</p>", "en", "<p>It is over, as Fillon says.</p>"),
    ("", "en", "<p>They stay, Reyes said.</p>", "es", "<p>Se quedan, dijo Reyes.</p>"),
    ("", "en", "<p>They stay, Reyes said.</p>", "es", "<p>Se quedan, dijo la coronel.</p>"),
    ("", "en", "<p>They met in Geneva, Reyes said.</p>", "es", "<p>Reyes habló en Ginebra.</p>"),
    ("", "en", "<p>It was London, not Moscow.</p>", "es", "<p>Fue Londres, no Moscú.</p>"),
    ("", "en", "<p>He told the House.</p>", "es", "<p>Lo dijo en la Cámara.</p>"),
    ("", "en", "<p>For Dutch and Kurdish men.</p>", "es", "<p>Para holandeses, o Kurdos.</p>"),
    ("", "en", "<table><tr><td>x Share</td></tr></table>", "es", "<table><tr><td>x Peso</td></tr></table>"),
    ("", "en", "<p>They stay, Reyes said.</p>", "ru", "<p>Они остаются, сказал Моралес.</p>"),
    # Who says what.
    ("names", "en", TWO, "es", "<p>«Nos vamos», dijo Dillon. «Nos quedamos», dijo Reyes.</p>"),
    ("names", "en", TWO, "pt", "<p>Dillon disse: “Vamos.” Reyes disse: “Ficamos.”</p>"),
    ("", "en", TWO, "es", "<p>«Nos vamos», dijo Reyes. «Nos quedamos», dijo Dillon.</p>"),
    ("", "en", TWO, "pt", "<p>Reyes disse: “Vamos.” Dillon disse: “Ficamos.”</p>"),
    ("", "en", TWO, "es", "<p>«Nos vamos», dijo Reyes. Dillon se queda.</p>"),
    ("", "en", TWO, "es", "<p>Según Dillon, Reyes dijo: «Nos vamos». «Nos quedamos», añadió Dillon.</p>"),
    ("", "en", "<p>“A,” said Reyes, “b.” “C,” said Reyes.</p>", "es", "<p>«A», dijo Reyes, «b». «C», dijo Reyes.</p>"),
    ("", "en", "<p>The Hague spoke. But In Syria not.</p>", "es", "<p>Habló La Haya. En Siria no.</p>"),
    ("", "en", QUOTE, "es", "<p>«Nos vamos», dijo el coronel Ryan Dillon.</p>"),
    ("", "en", "<p>On Thursday Saudi Arabia left.</p>", "es", "<p>El jueves se fue.</p>"),
    ("", "en", "<p>The United States left.</p>", "es", "<p>Estados Unidos se fue.</p>"),
    ("", "en", "<p>Colonel Ryan Dillon left.</p>", "ar", "<p>غادر العقيد راين ديلون.</p>"),
    # What it refers to.
    ("references", "en", "<p>See <a href='https://x.org'>it</a>.</p>", "es", "<p>Véase.</p>"),
    ("", "en", "<p>See <a href='https://x.org'>it</a>.</p>", "es", "<p><a href='https://x.org/es'>Véase</a>.</p>"),
    ("references", "en", "<figure data-image='1'></figure>", "es", "<p>Foto.</p>"),
    ("references", "en", "<blockquote><p>Leave.</p></blockquote>", "es", "<p>Váyanse.</p>"),
    ("quotes", "en", "<p>“Leave,” he said.</p>", "es", "<p>Váyanse, dijo.</p>"),
    ("", "en", "<p>“Leave,” he said.</p>", "es", "<p>«Váyanse», dijo.</p>"),
    ("", "en", "<p>It’s over.</p>", "es", "<p>Se acabó.</p>"),
    # Spaces and marks.
    ("spaces", "en", "<p>It is over.</p>", "es", "<p>Se  acabó.</p>"),
    ("spaces", "en", "<p>It is, it seems, over.</p>", "es", "<p>Se , parece, acabó.</p>"),
    ("punctuation", "en", "<p>Is it over?</p>", "es", "<p>Se acabó?</p>"),
    ("punctuation", "en", "<p>It is over!</p>", "es-simple", "<p>Se acabó!</p>"),
    ("", "en", "<p>Is it over?</p>", "es", "<p>¿Se acabó?</p>"),
    ("", "en", "<p>Is it over?</p>", "pt", "<p>Acabou?</p>"),
    ("punctuation", "en", "<p>Is it over?</p>", "ar", "<p>هل انتهى?</p>"),
    ("punctuation", "en", "<p>Over, now.</p>", "ar", "<p>انتهى, الآن.</p>"),
    ("punctuation", "en", "<p>Over; now.</p>", "ar", "<p>انتهى; الآن.</p>"),
    ("", "en", "<p>Over; now.</p>", "ar", "<p>انتهى؛ الآن.</p>"),
    ("", "en", "<p>Is it over, now?</p>", "ar", "<p>هل انتهى، الآن؟</p>"),
    ("punctuation", "en", "<p>It is over.</p>", "zh-hans", "<p>结束了.</p>"),
    ("punctuation", "en", "<p>Is it over?</p>", "el", "<p>Τελείωσε?</p>"),
    ("punctuation", "en", "<p>Is it over?</p>", "fr", "<p>C’est fini?</p>"),
    ("", "en", "<p>Is it over?</p>", "fr", "<p>C’est fini\u202f?</p>"),
    ("punctuation", "en", "<p>“Over,” he said.</p>", "fr", "<p>«Fini», dit-il.</p>"),
    ("punctuation", "en", "<p>“Over,” he said.</p>", "de", '<p>"Aus", sagte er.</p>'),
    ("", "en", "<p>“Over,” he said.</p>", "de", "<p>„Aus“, sagte er.</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source_language", "source", "language", "target"), CASES)
def test_asks_about_what_is_to_be_looked_at_and_nothing_else(
    name, source_language, source, language, target
):
    checks = found(source, target, source_language=source_language, language=language)

    assert {check.name for check in checks} == ({name} if name else set()), checks
    assert all(check.sentence for check in checks)


def test_names_what_differs():
    checks = found(
        "<p>On 30 November 400 left.</p>",
        "<p>El 3 de noviembre 450 se fueron.</p>",
        source_language="en",
        language="es",
    )

    assert [check.sentence for check in checks] == [
        "In the source stands 400, and not here.",
        "Here stands 450, and not in the source.",
        "The source says “30 November”, and this says “3 de noviembre”.",
    ]


@pytest.mark.parametrize(
    ("source", "target", "sentences"),
    [
        (
            "<p>In 2015 and 2016, 38 of 97,000 and 12 more left.</p>",
            "<p>Se fueron muchos.</p>",
            ["In the source stands 2015, 2016, 38, 97,000, 12, and not here."],
        ),
        (
            "<p>Between 3 May and 4 May they left.</p>",
            "<p>Entre el 5 de mayo y el 6 de mayo se fueron.</p>",
            ["The source says “3 May, 4 May”, and this says “5 de mayo, 6 de mayo”."],
        ),
        (
            "<p>It was told by Reyes and later by Dillon.</p>",
            "<p>Fue dicho por Moreno y luego por Castro.</p>",
            ["The source names “Reyes, Dillon”, and this names “Moreno, Castro”."],
        ),
        (
            TWO,
            "<p>«Nos vamos», dijo Dillon. «Nos quedamos», dijo Reyes.</p>",
            [
                "What “Reyes” says in the source, “Dillon” says here.",
                "What “Dillon” says in the source, “Reyes” says here.",
            ],
        ),
    ],
)
def test_names_all_that_differs(source, target, sentences):
    checks = found(source, target, source_language="en", language="es")

    assert [check.sentence for check in checks if check.name != "unfinished"] == sentences


def translations():
    """Yield code and words of the source, and of the translation, for each block of demo stories that are right in four languages."""
    texts = (path.read_text(encoding="utf-8") for path in DEMO.glob("*.jsonl"))
    stories = [json.loads(line) for text in texts for line in text.splitlines()]
    for story in stories:
        if story["id"] in TRANSLATED:
            blocks = {code: blocks_of(texts["body"]) for code, texts in story["editions"].items()}
            for source, language in permutations(blocks, 2):
                for ours, theirs in zip(blocks[source], blocks[language], strict=True):
                    yield source, ours, language, theirs


def blocks_of(html):
    return [block.html for block in Body(html).blocks]


def test_asks_nothing_of_real_translations_that_are_right():
    asked = {
        (target, check.sentence)
        for source_language, source, language, target in translations()
        for check in found(source, target, source_language=source_language, language=language)
    }

    assert asked == set()


def test_every_check_has_a_case():
    told = {name for name, *_words in CASES} - {""}
    names = {"unfinished", "same", "numbers", "dates", "names", "references", "quotes", "spaces"}

    assert told == names | {"punctuation"}
    assert len(CHECKS) == len(set(CHECKS))
