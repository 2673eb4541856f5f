"""What a comment looks like, by its words alone: signs of spam, each with a weight.

It knows no model and asks nobody. A sign makes a comment wait for a moderator at most; many together
say that it is spam, which a moderator can still take back: nothing is ever refused for its words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from articles.texts import fold
from newsroom.languages import LANGUAGES

SPAM = 5
"""From this weight on it is spam."""

LINK = re.compile(
    r"https?:|\bwww\.|(?<![a-z0-9-])[a-z0-9-]{2,}\.(?:com|net|org|info|biz|ru|cn|xyz|top|shop|site|online|club|store|pro|io|me|bet|vip)\b|(?<![a-z0-9-])[a-z0-9-]+\.[a-z]{2,}/\w",
    re.I,
)
MARKUP = re.compile(r"<\s*a\b|\[(?:url|link|img)\b|\[/url\]|href\s*=", re.I)
TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^>]*>", re.I)
CONTACT = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+\.\w{2,}|\b(?:whats\s?app|telegram|skype|hangouts)\b|(?<!\w)@\w{4,}|\+?\d[\d\s().-]{8,}\d",
    re.I,
)
LETTERS_APART = re.compile(r"(?<!\w)(?:\w[\s.*_-]){3,}\w(?!\w)")
LETTERS_APART_LONG = re.compile(r"(?<!\w)(?:[^\W\d_][\s.*_-]){5,}[^\W\d_](?!\w)")
"""More than the letters of a name or of a state that is gone."""

TRADE = """
    viagra cialis levitra kamagra tramadol xanax valium modafinil ivermectin pharmacy pills farmacia
    farmácia pastillas casino casinos jackpot roulette slots betting apuestas apostas poker forex
    bitcoin crypto cryptocurrency criptomonedas criptomoedas investment payday loan loans préstamo
    préstamos empréstimo empréstimos mortgage escort escorts porn xxx replica replicas backlink
    backlinks seo dofollow followers seguidores seguidores essay essays dissertation coursework weight
    keto cbd vape hacker hackers spell spells herbal casinò казино ставки займ займы кредит виагра
    порно форекс كازينو فياغرا قروض
"""
"""Words of what is sold that way, in the languages that it is sold in."""

PHRASES = (
    *("great post", "great article", "nice article", "nice post", "awesome blog", "wonderful blog"),
    *("excellent blog", "your blog", "your website", "my blog", "my site", "my website", "my page"),
    *("web site", "bookmarked", "keep up the good", "keep up the great", "thanks for sharing"),
    *("visit my", "check out my", "click here", "click the link", "buy now", "order now"),
    *("work from home", "make money", "earn money", "per day", "free trial", "best price"),
    *("lowest price", "without prescription", "no prescription", "online store", "page rank"),
    *("first page of google", "search engine", "link exchange", "guest post", "cheap", "discount"),
    *(
        "gana dinero",
        "ganar dinero",
        "ganhe dinheiro",
        "ganhar dinheiro",
        "visita mi",
        "visite meu",
    ),
    *("haz clic", "clique aqui", "sin receta", "sem receita", "mejor precio", "melhor preço"),
    *("заработок", "заработать", "без рецепта", "купить", "скидка", "اضغط هنا", "اربح المال"),
)
SELLERS = (
    *("we help", "we offer", "we provide", "we deliver", "we supply", "we sell", "we speciali"),
    *(
        "we design",
        "we build",
        "we create",
        "we guarantee",
        "our service",
        "our team",
        "our expert",
    ),
    *("our agency", "our company", "our studio", "our product", "our client", "your business"),
    *(
        "your company",
        "your brand",
        "ofrecemos",
        "vendemos",
        "ayudamos",
        "garantizamos",
        "disenamos",
    ),
    *("nuestra empresa", "nuestro equipo", "nuestros servicios", "su empresa", "su negocio"),
    *("oferecemos", "ajudamos", "garantimos", "criamos", "nossa empresa", "nossa equip"),
    *("nossos servicos", "sua empresa", "seu negocio", "nous proposons", "nous offrons"),
    *("nous aidons", "nous vendons", "notre equipe", "notre agence", "nos services"),
    *("votre entreprise", "wir bieten", "wir helfen", "wir liefern", "unser team", "unsere firma"),
    *("ihr unternehmen", "предлагаем", "мы поможем", "мы делаем", "наша компания", "наши услуги"),
    *("вашего бизнеса", "ваш бизнес", "نقدم", "نوفر", "نساعد", "خدماتنا", "شركتنا", "فريقنا"),
)
"""How who sells speaks of what is sold."""

BUYERS = (
    *("companies", "businesses", "brands", "customers", "clients", "startups", "entrepreneurs"),
    *("firms", "shops", "contact us", "ask us", "call us", "write to us", "write us", "message us"),
    *("get in touch", "reach out", "reach us", "drop us", "book a call", "a quote", "free demo"),
    *("empresas", "negocios", "marcas", "clientes", "contactenos", "contactanos", "llamenos"),
    *("llamanos", "escribanos", "escribenos", "fale conosco", "fale connosco", "contacte-nos"),
    *("entre em contat", "entre em contact", "ligue-nos", "escreva-nos", "entreprises", "marques"),
    *("contactez-nous", "ecrivez-nous", "appelez-nous", "un devis", "unternehmen", "kunden"),
    *("kontaktieren sie", "rufen sie", "schreiben sie uns", "компаний", "бизнеса", "клиентов"),
    *("звоните", "пишите нам", "свяжитесь", "للشركات", "الشركات", "اصحاب الاعمال", "للعملاء"),
    *("العملاء", "اتصل بنا", "اتصلوا بنا", "تواصل معنا", "راسلنا"),
)
"""To whom it is sold, and how they are asked to come."""

PRAISE = (
    *(
        "good",
        "great",
        "nice",
        "excellent",
        "superb",
        "amazing",
        "awesome",
        "fantastic",
        "wonderful",
    ),
    *(
        "brilliant",
        "informative",
        "helpful",
        "useful",
        "enjoy",
        "impress",
        "buen",
        "gran",
        "excelente",
    ),
    *("fantastic", "increib", "util", "otimo", "incriv", "parabens", "superbe", "magnifique"),
    *(
        "utile",
        "genial",
        "toll",
        "hervorragend",
        "отличн",
        "прекрасн",
        "полезн",
        "رائع",
        "ممتاز",
        "مفيد",
    ),
)
PRAISED = (
    *("blog", "weblog", "site", "website", "web page", "webpage", "content", "post", "posts"),
    *("write-up", "writeup", "newsletter", "sitio", "contenido", "conteudo", "contenu", "seite"),
    *("inhalte", "beitrag", "блог", "сайт", "контент", "مدون", "محتو", "موقعكم"),
)
"""Who flatters knows nothing of the story, and speaks of the site: readers praise a report, or who wrote it."""

ALIKE = str.maketrans(
    "аеорсухіѕјԁһкмтвнɡοαερτνικ" + "013457@$",
    "aeopcyxisjdhkmtbhgoaeptvik" + "oieast" + "as",
)
"""Letters of other scripts, and digits, that are drawn as Latin ones."""

SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "CJK", "HANGUL", "HIRAGANA", "THAI")

Sign = tuple[str, int]


def judge(words: str, name: str, *, language: str, held_words: Iterable[str] = ()) -> list[Sign]:
    """Return the signs of a comment as (name, weight), those that it has."""
    signs = [
        *_links(words),
        *_trade(f"{name} {words}"),
        *_scripts(f"{name} {words}", LANGUAGES[language].script),
        *_manner(words),
    ]
    if LINK.search(name) or "@" in name:
        signs.append(("name", 3))
    if _holds(words, held_words):
        signs.append(("held", 1))
    return signs


def is_spam(signs: Iterable[Sign]) -> bool:
    return sum(weight for _name, weight in signs) >= SPAM


def has_link(words: str) -> bool:
    return bool(LINK.search(words) or MARKUP.search(words))


def _links(words: str) -> Iterator[Sign]:
    if MARKUP.search(words):
        yield "markup", SPAM
    elif TAG.search(words):
        yield "markup", 2
    if number := len(LINK.findall(words)):
        yield "links", {1: 2, 2: 3}.get(number, SPAM)
    if CONTACT.search(words):
        yield "contact", 2


def _trade(words: str) -> Iterator[Sign]:
    # Words alone are no spam, however many: people speak of loans and pills, too. What is sold has a link or an address.
    plain, left = _skeleton(words), SPAM - 1
    told = {word for word in re.findall(r"\w+", plain) if word in TRADE_ALIKE}
    told |= {_skeleton(word) for word in re.findall(r"\w+", words.casefold()) if word in TRADES}
    numbers = {
        "trade": len(told),
        "phrases": sum(phrase in plain for phrase in PHRASES_ALIKE),
        "offer": int(all(pattern.search(plain) for pattern in (SELLING, BUYING))),
        "praise": int(all(pattern.search(plain) for pattern in (PRAISING, PRAISED_ALIKE))),
    }
    for name, number in numbers.items():
        if number:
            weight = min(2 * number, left)
            left -= weight
            yield name, weight


def _scripts(words: str, script: str) -> Iterator[Sign]:
    mixed = sum(len(_scripts_of(word)) > 1 for word in re.findall(r"[^\W\d_]+", words))
    if mixed:
        yield "mixed", 3 if mixed == 1 else SPAM
    by_script = Counter(name for sign in words if sign.isalpha() for name in _scripts_of(sign))
    total, own = sum(by_script.values()), by_script[script.upper()]
    if script.upper() in SCRIPTS and total > 10 and own < total / 2:
        yield "script", 3


def _manner(words: str) -> Iterator[Sign]:
    letters = [sign for sign in words if sign.isalpha()]
    if len(letters) > 20 and sum(sign.isupper() for sign in letters) > 0.7 * len(letters):
        yield "shouting", 1
    spoken = re.findall(r"\w+", words.casefold())
    most = Counter(spoken).most_common(1)[0][1] if spoken else 0
    if (most > 5 and most > 0.4 * len(spoken)) or re.search(r"(\S)\1{14}", words):
        yield "repeated", 3
    if LETTERS_APART_LONG.search(words):
        yield "apart", 2
    if len(re.findall(r"\w[\u00ad\u200b\u2060\ufeff]\w", words)) > 1:
        yield "invisible", 3


def _holds(words: str, held_words: Iterable[str]) -> bool:
    # At the beginning of a word: the endings of most languages come behind.
    spoken = [fold(words), *map(fold, words.split())]
    folded = tuple(filter(None, map(fold, held_words)))
    return any(word.startswith(folded) for word in spoken)


def _any_of(beginnings: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of these, as an eye reads them, at the beginning of a word; Arabic puts "and" and "the" before it."""
    return re.compile(rf"\b(?:و?ال|و)?(?:{'|'.join(map(_skeleton, beginnings))})")


def _skeleton(words: str) -> str:
    """Return the words as an eye reads them: Latin letters for those that are drawn like them."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    plain = "".join(
        sign
        for sign in plain
        if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf"
    )
    plain = LETTERS_APART.sub(lambda match: re.sub(r"\W|_", "", match.group()), plain)
    return " ".join(plain.translate(ALIKE).split())


def _scripts_of(word: str) -> set[str]:
    names = (unicodedata.name(sign, "").partition(" ")[0] for sign in word)
    return {name for name in names if name in SCRIPTS}


TRADES = frozenset(TRADE.split())
TRADE_ALIKE = frozenset(map(_skeleton, TRADES))
PHRASES_ALIKE = tuple(map(_skeleton, PHRASES))
SELLING, BUYING, PRAISING = map(_any_of, (SELLERS, BUYERS, PRAISE))
PRAISED_ALIKE = _any_of(PRAISED)
