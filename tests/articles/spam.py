"""A thousand comments as machines send them, the same ones each time; and comments as people write them.

Machines write one text with choices, {so|like this|in this way}, and hide its words by tricks: letters of
other scripts, letters apart, letters that nobody sees. Texts and tricks are put together here as they do it.
"""

import random
import re
from typing import NamedTuple

NUMBER = 1000
"""How many there are."""


class Sample(NamedTuple):
    """A comment under a story in a language."""

    language: str
    name: str
    words: str


NAMES = (
    *("James Miller", "Lucy", "Carlos Ruiz", "Anna K.", "Dr. Smith", "Mike", "annamay77", "Sergio"),
    *("Best Casino 2026", "SEO Expert", "cialis online", "купить", "https://pills.example"),
    *("marketing@agency.example", "Анна", "مارك", "Buy Followers", "www.loans.example", "Fatima"),
)
CHOICE = re.compile(r"\{([^{}]*)\}")
LINKS = (
    *("https://best-pills.example/buy", "http://casino-777.example", "www.cheap-loans.example"),
    *("https://seo-agency.example/pricing", "bit.example/3xYz", "crypto-doubler.com"),
    *("https://essay-writers.net/order", "replica-watches.shop", "t.me/joinchat/AAAA"),
    *('<a href="https://win.example?id=NUMBER">WORDS</a>', "[url=http://win.example]WORDS[/url]"),
    *("[link=https://shop.example/NUMBER]WORDS[/link]", "https://shop.example/?ref=NUMBER"),
    *("HTTPS://WIN.EXAMPLE/NUMBER", "win-big.online", "(https://news-of-loans.example)"),
)
DRUG = "{viagra|cialis|tramadol|xanax|modafinil|ivermectin|kamagra|valium}"
WARE = "{payday loans|casino bonus|forex signals|bitcoin investment|backlinks|keto pills|replica watches}"
TEXTS = {
    "en": (
        f"{{Buy|Order|Get}} {DRUG} {{online|today}}, {{no prescription|fast delivery}}, {{30|60|90}} {{pills|tablets}} LINK",
        f"{DRUG} {{vs|or|and}} {DRUG}: {{which is better|read this first|lowest price}} LINK",
        f"{{Hi|Hello|Hey}}! {{I found|Here is}} {{a place|the place}} for {DRUG}, {{they ship everywhere|it really came}}. LINK",
        f"{{Looking for|Need|Want}} {WARE}? {{Start here|See}}: LINK LINK LINK",
        "{My brother|A friend|My uncle} {suggested|told me} I might like this {blog|website}. He was {entirely|totally} right. LINK",
        "{I really|I truly} {like|love} your {blog|website}, {keep up the good work|it is so informative}! {LINK|I will be back.}",
        "{Great|Nice|Awesome} {post|article}{!|.} {I have|I've} bookmarked {your website|it} and will {come back|tell my friends}. {|LINK}",
        "{Wonderful|Excellent|Superb} {blog|site}! Do you have {a newsletter|an RSS feed}? {Check out my page|I subscribe at once}. {|LINK}",
        "{Hello|Hi} there, {simply|just} became {aware of|alert to} your blog {through|via} Google, and found that it is {really informative|truly helpful}. {I will be grateful if you continue this|Many people will benefit from your writing}. {|LINK}",
        "{Pretty|Very} {good|nice} {post|content}. I {just|only} stumbled upon your {weblog|site} and {wanted to say|wished to mention} that I {truly|really} enjoyed {browsing|surfing around} your {posts|articles}.",
        "{What a|This is a} {stuff|material} of un-ambiguity and preserveness of {precious|valuable} {know-how|knowledge}, {excellent|superb} {blog|content}, {amazing|fantastic} {write-up|post}.",
        "{We help|Our team helps|Our agency helps} {companies|businesses|brands} {of every size|like yours} to {reach customers|find clients} that they never {reached|found} before. {Ask us|Contact us|Get in touch}.",
        "{Are you|Is your company} {losing|missing} customers? {We offer|We provide|We deliver} {web design|advertising|translation|video} at {fair|honest} prices. {Write to us|Call us|Reach out}{ today|}.",
        "Our {experts|services} have {brought|given} {hundreds|thousands} of {small businesses|startups|clients} {more visitors|new orders}. {Book a call|Request a quote|Contact us} {now|today}.",
        "{Your website|This website} {deserves to be|could be} on the first page of {google|Google}. {Our SEO does it in a month|Ask for an audit}. {|LINK}",
        "{I was|We were} {broke|in debt} until {Mr.|Dr.|Lord} {Wood|Osaro|Mohamed} {helped me|came}. {Contact him on|Reach him by} {whatsapp +1 (555) 010-NUMBER|mail spell.NUMBER@doctor.example|telegram @helperNUMBER}",
        "{He got my ex back|My husband returned|My illness was gone} in {two|three} days, write to {love|cure}NUMBER@spells.example for {your herbal cure|a spell of your own}.",
        "I {recovered|got back} my {lost|stolen} {bitcoin|crypto} with {a hacker|an expert}: recover.NUMBER@recovery.example, telegram @recoverNUMBER",
        "I {earn|make} {9|8|7}NUMBER {dollars|$} per day {working|from my sofa}, {click here|see how}: LINK",
        "{Last month|In May} my cheque was ${12|14|19},NUMBER for {ten|12} hours a week {online|at home}. {This is what I do|Go here}… LINK",
        "{Hot|Lonely} {singles|girls} {near you|in your town} are waiting{, no sign-up|}. LINK {escort|xxx} NUMBER",
        f"{WARE} {WARE} {WARE} {WARE} {WARE} {WARE} NUMBER",
        "{casino casino casino casino casino casino casino|loan loan loan loan loan loan loan loan} NUMBER",
        "{Essay|Dissertation|Coursework} due {tomorrow|on Friday}? {PhD writers|Real writers} do it {overnight|in six hours}, LINK",
        "{Invest|Deposit} {200|500} and {withdraw|receive} {2000|5000} in {one week|7 days}, {bitcoin|forex} {trading|signals} with {Mrs. Helen|Mr. Clark}. LINK",
        "{Followers|Likes|Views} for {any|your} {channel|page}: {1000|5000} for {3|9} dollars, LINK",
        "{Need|Looking for} a {hacker|loan}? {Bad credit|No questions}, {2%|3%} {a year|interest}, mail {fast|quick}.NUMBER@loans.example",
        "{Good|Fine} {day|evening}, {dear|esteemed} {owner|administrator}. {Guest post|Link exchange}: {we pay|our client pays} {50|80} dollars. LINK",
    ),
    "es": (
        "{Gana|Gane|Quieres ganar} dinero {desde casa|sin salir de casa}{: | aquí } LINK",
        "{Préstamos rápidos|Créditos} sin preguntas, {apuestas|casino} {en línea|seguro} LINK",
        f"{DRUG} sin receta al mejor precio, {{envío discreto|entrega en 48 horas}} LINK",
        "{Ofrecemos|Vendemos} {diseño|publicidad|traducciones} para {empresas|negocios} de {todos los tamaños|su ciudad}. {Contáctenos|Escríbanos|Llámenos}.",
        "{Excelente|Gran} {blog|sitio}, {muy buen contenido|artículos muy útiles}. {Visita mi página|Sigue así}. {|LINK}",
        "{Recuperé|Salvé} mi {matrimonio|negocio} gracias al {doctor|maestro} Amadi, whatsapp +34 600 NUMBER NUMBER",
        "{Compra|Consigue} seguidores {reales|baratos}, {pago seguro|sin contraseña}: LINK",
    ),
    "pt": (
        "{Ganhe|Quer ganhar} dinheiro com apostas, {clique aqui|veja como} LINK",
        "{Empréstimo|Crédito} {rápido|em 24 horas} sem {consulta|fiador}, {escreva para|fale com} credito.NUMBER@banco.example",
        f"{DRUG} sem receita, {{melhor preço|entrega discreta}} LINK",
        "{Ajudamos|Nossa equipe ajuda} {empresas|marcas} a {conseguir|encontrar} clientes {novos|na internet}. {Fale conosco|Entre em contato|Contacte-nos}.",
        "{Ótimo|Excelente} {blog|site}, {conteúdo muito útil|artigos incríveis}! {Visite meu site|Parabéns}. {|LINK}",
    ),
    "ar": (
        "{اربح المال|اكسب المال} من {البيت|هاتفك} {اليوم|الآن}، اضغط هنا LINK",
        "{قروض|قرض} {سريعة|بدون ضمان}، راسلنا على loan.NUMBER@bank.example",
        "{كازينو|فياغرا} {بأفضل سعر|على الإنترنت} LINK",
        "{نقدم|نوفر} {خدمات|حلول} التسويق {للشركات|لأصحاب الأعمال} {في كل البلاد|بأسعار مناسبة}. {اتصل بنا|تواصل معنا|راسلنا}.",
        "{الشيخ|الدكتور} الروحاني {لجلب الحبيب|لرد المطلقة}، واتساب +966 50 NUMBER NUMBER",
    ),
    "fr": (
        "{Gagnez|Comment gagner} de l’argent {chez vous|sans effort}, {cliquez ici|c’est simple} LINK",
        "{Prêt|Crédit} entre particuliers, {sans justificatif|en 48 heures} : pret.NUMBER@banque.example",
        "{Nous aidons|Notre équipe aide} les {entreprises|marques} à trouver des clients. {Contactez-nous|Écrivez-nous|Appelez-nous}.",
        "{Excellent|Superbe} {blog|site}, {contenu très utile|articles magnifiques} ! {|LINK}",
        "{Voyant|Marabout} {sérieux|reconnu}, retour {de l’être aimé|d’affection}, whatsapp +33 6 00 NUMBER NUMBER",
    ),
    "ru": (
        "{Лучшее|Новое} {онлайн казино|казино}, бонус {каждому|сегодня}: LINK",
        "{Займы|Кредит} {без проверки|за час}, {с любой историей|на карту} LINK",
        "{Заработок|Заработать} в интернете {легко|без вложений}, {пишите|подробности}: LINK",
        "{Предлагаем|Мы предлагаем} {сайты|рекламу|переводы} для {компаний|вашего бизнеса}. {Звоните нам|Свяжитесь с нами|Пишите нам}.",
    ),
}
"""Language -> the texts, with their choices; LINK, NUMBER and WORDS are put in."""

ELSEWHERE = ("ru", "en")
"""What is sent to sites in any language."""

ALIKE = str.maketrans("aeopcxyis", "аеорсхуіѕ")
LEET = str.maketrans("aio", "410")
TRICK = re.compile("viagra|cialis|tramadol|xanax|casino|bitcoin|loans|kamagra", re.IGNORECASE)
TRICKS = (
    lambda word: word.translate(ALIKE),
    lambda word: ".".join(word),
    lambda word: " ".join(word),
    lambda word: "\u200b".join(word),
    lambda word: word.translate(LEET),
    lambda word: "".join(map("{}\u0336".format, word)),
    str.upper,
)
ENDS = ("", "", "", " !!!", " 🔥🔥🔥", "\n\n{number}", " #{number}", "\u202e", " xx{number}")


def _spun(text, rng):
    """Return a text with one of each of its choices, the inner ones first."""
    while match := CHOICE.search(text):
        chosen = rng.choice(match[1].split("|"))
        text = f"{text[: match.start()]}{chosen}{text[match.end() :]}"
    return text


def _filled(text, rng):
    """Return a text with links and numbers put in, no two alike."""
    while "LINK" in text:
        text = text.replace("LINK", rng.choice(LINKS), 1)
    while "WORDS" in text:
        text = text.replace("WORDS", _spun(WARE, rng), 1)
    while "NUMBER" in text:
        text = text.replace("NUMBER", f"{rng.randrange(1000):03}", 1)
    return text


def _tricked(text, rng):
    """Return a text with what is sold hidden from who looks for words, in one of three."""
    trick = rng.choice(TRICKS)
    hidden = TRICK.sub(lambda match: trick(match[0]), text) if rng.random() < 1 / 3 else text
    return hidden + rng.choice(ENDS).format(number=rng.randrange(10_000))


def samples():
    """Yield each Sample: every text in its turn, under a story in its language, and some under one in another."""
    rng = random.Random(2026)
    texts = [(language, text) for language, all_ in TEXTS.items() for text in all_]
    for number in range(NUMBER):
        language, text = texts[number % len(texts)]
        words = _tricked(_filled(_spun(text, rng), rng), rng)
        if language in ELSEWHERE and rng.random() < 1 / 4:
            language = rng.choice([*TEXTS])
        yield Sample(language, rng.choice(NAMES), words)


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
