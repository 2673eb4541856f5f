"""Two hundred comments as readers of four languages write them, about things that spam speaks of, too."""

from itertools import combinations

EACH = 50
"""How many there are in a language."""

SENTENCES = {
    "en": (
        "My father took out a loan for the boat in 2009 and still pays $120 a month.",
        "Bread is not cheap any more, whatever the minister says on TV.",
        "The casino on the harbour closed ten years ago, so who paid for the road?",
        "I lost weight in those months, like everybody in our street.",
        "Could you put the date of the map on your website? It says only “map”.",
        "400 people per day crossed there in May, I counted them from my window.",
        "I bookmarked your first report on this and the numbers do not agree.",
        "Great article, but the quote of the mayor is from 2015, not from 2017.",
        "Mr. O'Neill (the engineer, not the judge) said so at the meeting on 3/11/2017.",
        "The pharmacy was the only shop that stayed open, and the pills came by bicycle.",
        "WHY does nobody ask the farmers?",
        "My essay on this river was marked down because I believed that figure!",
        "Call the town hall, they answer: room 4, every Tuesday from 9:00 to 12:30.",
    ),
    "es": (
        "Pedí un préstamo para el taller y el banco me mandó tres años después la carta.",
        "Todo sube: el pan, la luz, el autobús… y dicen que es barato.",
        "¿Y las apuestas del puerto? De eso no habla nadie.",
        "Mi tía vivía en el nº 14 de la calle Mayor; allí no había ninguna farmacia.",
        "El artículo dice 2.300 personas por día y la foto es de otro año.",
        "¡NO es verdad que cerraran la escuela en marzo!",
        "Gracias por el reportaje. Un detalle: la inversión fue de 4,5 millones, no de 45.",
        "Los seguidores del equipo pagaron la obra; lo sé porque estuve allí.",
        "En su web ponen «ayer», pero el pleno fue el jueves 30/11/2017 a las 19:30.",
        "Según la BBC y Reuters no fue así; ¿quién tiene razón?",
        "Jajaja, qué bueno. Mi abuelo decía lo mismo del tranvía.",
        "La hipoteca, el seguro, los niños: nadie de mi barrio puede mudarse.",
        "¿Hay algún teléfono al que llamar si falta el agua?",
    ),
    "pt": (
        "Fiz um empréstimo para as sementes e este ano nem colhi o que semeei.",
        "O autocarro ficou mais barato, é verdade, mas só passa duas vezes por dia.",
        "As apostas no porto são antigas, o meu avô já falava disso.",
        "A farmácia da praça fechou em 2016; agora vamos à vila, a 18 km.",
        "O vosso site diz «ontem», mas a reunião foi na quinta-feira, às 21h00.",
        "NINGUÉM nos perguntou nada antes de cortarem as árvores.",
        "Parabéns pela reportagem. Só uma coisa: o rio chama-se Tâmega, não Tamega.",
        "Os seguidores do clube ajudaram a limpar a rua no domingo.",
        "O investimento foi de 1,2 milhões; está na ata de 14/03/2017, página 6.",
        "Ahahah, igualzinho ao que aconteceu na minha rua!",
        "Segundo a Lusa e a Reuters foram 312. De onde vem o vosso número?",
        "O crédito da casa leva metade do ordenado, e ainda dizem que está tudo bem.",
        "Alguém sabe o número da câmara? Ligo há três dias e ninguém atende.",
    ),
    "ar": (
        "أخذت قرضاً صغيراً لأفتح دكاني، وما زلت أسدده منذ سبع سنوات.",
        "الخبز لم يعد رخيصاً، مهما قال الوزير في التلفزيون.",
        "كان في الحي صيدلية واحدة، وقد أُغلقت في آذار 2016.",
        "عبر الجسر نحو 400 شخص في اليوم، عددتهم بنفسي من النافذة.",
        "قرأت الخبر نفسه في BBC و Reuters، والأرقام مختلفة.",
        "من يدفع ثمن الطريق؟ لا أحد يجيب!",
        "شكراً لكم، تقرير ممتاز. لكن الاجتماع كان يوم الخميس لا الأربعاء.",
        "هههههه، جدي كان يقول الشيء نفسه عن القطار.",
        "المدرسة رقم ١٤ في شارعنا بلا ماء منذ ثلاثة أيام.",
        "ذكرتم في موقعكم أن المبلغ 4.5 مليون، وفي الصورة 45 مليوناً.",
        "أختي تسكن في برلين (Berlin)، وتسأل متى تفتح المعابر.",
        "السلام عليكم، هل من رقم نتصل به إذا انقطعت الكهرباء؟",
        "رأيت ذلك على فيسبوك، ثم تبين أنه غير صحيح.",
    ),
}


def comments():
    """Return EACH of every language, as (language, words): a sentence by itself, or two together."""
    found = []
    for language, sentences in SENTENCES.items():
        pairs = [f"{one}\n\n{other}" for one, other in combinations(sentences, 2)]
        found += [(language, words) for words in [*sentences, *pairs[::2]][:EACH]]
    return found
