"""A thousand comments as machines send them, the same ones each time; and comments as people write them."""

import random

NUMBER = 1000
"""How many there are."""

NAMES = (
    *("James Miller", "Best Casino 2026", "SEO Expert", "cialis online", "Анна", "Carlos Ruiz"),
    *("https://pills.example", "marketing@agency.example", "Dr. Smith", "купить", "مارك", "Lucy"),
)
SITES = (
    *("https://best-pills.example/buy", "http://casino-777.example", "www.cheap-loans.example"),
    *("https://seo-agency.example/pricing", "bit.example/3xYz", "crypto-doubler.com"),
    *("https://essay-writers.net/order", "replica-watches.shop", "t.me/joinchat/AAAA"),
)
PHARMA = ("viagra", "cialis", "tramadol", "xanax", "modafinil", "ivermectin", "kamagra")
TRADE = (
    "payday loan",
    "casino",
    "forex",
    "bitcoin investment",
    "backlinks",
    "escort",
    "keto pills",
)
PRAISE = (
    "I really like your blog, keep up the good work!",
    "Great post, I have bookmarked your website and will come back.",
    "Wonderful blog! Do you have a newsletter? Check out my site.",
    "Thanks for sharing this nice article. Visit my page as well.",
    "Your website deserves to be on the first page of google.",
)
HUNTERS = (
    "Contact him on whatsapp +1 (555) 010-0{number:03} or mail spell.{number}@doctor.example",
    "He got my ex back in two days, write to love{number}@spells.example for your herbal cure.",
    "I recovered my lost bitcoin with hacker_{number}@recovery.example, telegram @recover{number}",
    "I earn 9{number} dollars per day working from home, click here {site}",
)
SPANISH = (
    "Gana dinero desde casa: {site}",
    "Préstamos rápidos sin preguntas, apuestas y casino en {site}",
    "Viagra sin receta al mejor precio {site}",
    "Ganhe dinheiro com apostas, clique aqui {site}",
)
CYRILLIC = (
    "Лучшее онлайн казино, бонус каждому: {site}",
    "Займы без проверки, кредит за час {site}",
    "Заработок в интернете, купить базу {number}",
    "Продажа дипломов и справок, доставка по всей стране, звоните нам сейчас",
)
ALIKE = str.maketrans("aeopcxyis", "аеорсхуіѕ")


def _links(rng, number):
    sites = rng.sample(SITES, rng.randrange(1, 5))
    return f"{rng.choice(('Look here:', 'More:', 'Best deals'))} {' '.join(sites)} {number} {rng.choice(TRADE)}"


def _pharma(rng, number):
    one, other = rng.sample(PHARMA, 2)
    return f"Buy {one} and {other} without prescription, {number} pills, {rng.choice(SITES)}"


def _praise(rng, number):
    return f"{rng.choice(PRAISE)} {rng.choice(SITES)}/{number}"


def _html(rng, number):
    return f'<a href="{rng.choice(SITES)}?id={number}">{rng.choice(TRADE)}</a> {rng.choice(PRAISE)}'


def _bbcode(rng, number):
    return (
        f"[url={rng.choice(SITES)}]{rng.choice(TRADE)} {number}[/url] [b]{rng.choice(PHARMA)}[/b]"
    )


def _homoglyphs(rng, number):
    words = f"{rng.choice(PHARMA)} {rng.choice(TRADE)} special price"
    return f"{words.translate(ALIKE)} {number} {rng.choice(('', rng.choice(SITES)))}"


def _apart(rng, number):
    word = rng.choice(PHARMA)
    return f"{'.'.join(word)} and {word.replace('a', '4').replace('i', '1')} {number} {rng.choice(SITES)}"


def _repeated(rng, number):
    return f"{' '.join([rng.choice(TRADE)] * rng.randrange(8, 20))} {number}"


def _hunters(rng, number):
    return rng.choice(HUNTERS).format(number=number, site=rng.choice(SITES))


def _other_languages(rng, number):
    return rng.choice((*SPANISH, *CYRILLIC)).format(number=number, site=rng.choice(SITES))


def _hidden(rng, number):
    word = "\u200b".join(rng.choice(PHARMA))
    return f"{word} {rng.choice(SITES)} {number}\u202e"


def _same(rng, number):
    return (
        "We help companies of every size to reach customers that they never reached before. Ask us."
    )


KINDS = (
    *(_links, _pharma, _praise, _html, _bbcode, _homoglyphs, _apart, _repeated, _hunters),
    *(_other_languages, _hidden, _same),
)


def samples():
    """Yield (name, words) of each."""
    rng = random.Random(2026)
    for number in range(NUMBER):
        yield rng.choice(NAMES), KINDS[number % len(KINDS)](rng, number)


BY_PEOPLE = {
    "en": (
        "My cousin lives two streets from that bridge. The water came at four in the morning.",
        "Is there any word on when the schools open again?",
        "I think the headline is unfair: the council voted twice, in March and in June.",
        "The figures of the ministry say otherwise: https://stats.example/2017/table-3",
        "Thank you for asking the people who live there, and not only the officials.",
        "No.",
        "The price of bread has DOUBLED since May and nobody in the capital notices.",
        "What a great article! I was there, and it was just like that.",
    ),
    "es": (
        "Mi abuela vivió en esa calle hasta 1987 y siempre hablaba del mercado.",
        "¿Por qué no se publica el informe completo? Los vecinos lo pedimos desde hace un año.",
        "No estoy de acuerdo con el alcalde, pero el artículo me parece justo.",
        "Según el ministerio fueron 312, no 400: www.datos.example/informe",
        "¡Enhorabuena! Por fin alguien lo cuenta.",
    ),
    "pt": (
        "O meu pai trabalhou nesse porto trinta anos. Obrigado por contarem esta história.",
        "Alguém sabe se a estrada para o norte já está aberta?",
        "A câmara prometeu isto em 2015 e ainda estamos à espera.",
        "Não percebo o título, a decisão foi do tribunal e não do governo.",
    ),
    "ar": (
        "كنت هناك في ذلك اليوم، ولم يكن عدد الناس كما ذكرتم.",
        "شكراً على هذا التقرير، نريد المزيد عن أحوال المدارس.",
        "هل هناك خبر عن الطريق إلى الرقة؟",
        "قال لي جاري إن BBC و Reuters نشرتا أرقاماً أخرى.",
    ),
}
"""Language -> what people write."""
