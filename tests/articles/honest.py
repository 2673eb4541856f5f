"""Three hundred comments as readers of six languages write them, about things that spam speaks of, too."""

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
        "We help each other in our street. No company and no agency ever asked us.",
        "Our company sold bread here for forty years; our customers were the soldiers.",
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
    "fr": (
        "J’ai pris un prêt pour le bateau en 2009 et je paie encore 120 € par mois.",
        "Le pain n’est plus bon marché, quoi qu’en dise le ministre à la télé.",
        "Le casino du port est fermé depuis dix ans : qui a payé la route ?",
        "La pharmacie de la place a fermé en 2016, on va à la ville, à 18 km.",
        "PERSONNE ne nous a rien demandé avant de couper les arbres.",
        "Bravo pour le reportage. Un détail : le conseil était jeudi, pas mercredi.",
        "Selon l’AFP et Reuters, ils étaient 312. D’où vient votre chiffre ?",
        "Votre site dit « hier », mais la réunion a eu lieu le 30/11/2017 à 19 h 30.",
        "Notre entreprise a vendu du pain ici quarante ans, nos clients étaient des soldats.",
        "Ma tante habitait au 14 de la Grand-Rue ; il n’y a jamais eu d’école.",
        "Ahahah, mon grand-père disait la même chose du tramway.",
        "Y a-t-il un numéro à appeler quand l’eau est coupée ?",
        "Les abonnés du club ont nettoyé la rue dimanche, je le sais, j’y étais.",
    ),
    "de": (
        "Mein Vater hat 2009 für das Boot einen Kredit aufgenommen und zahlt noch heute.",
        "Das Brot ist nicht mehr billig, was immer der Minister im Fernsehen sagt.",
        "Das Casino am Hafen ist seit zehn Jahren zu. Wer hat also die Straße bezahlt?",
        "Die Apotheke am Platz hat 2016 geschlossen, wir fahren jetzt 18 km.",
        "NIEMAND hat uns gefragt, bevor die Bäume gefällt wurden.",
        "Danke für den Bericht. Nur eins: Die Sitzung war am Donnerstag, nicht am Mittwoch.",
        "Laut dpa und Reuters waren es 312. Woher kommt Ihre Zahl?",
        "Auf Ihrer Seite steht „gestern“, die Sitzung war aber am 30.11.2017 um 19:30 Uhr.",
        "Unsere Firma hat hier vierzig Jahre Brot verkauft, auch an die Soldaten.",
        "Meine Tante wohnte in der Hauptstraße 14, eine Schule gab es da nie.",
        "Haha, mein Opa hat dasselbe über die Straßenbahn gesagt.",
        "Gibt es eine Nummer, die man anrufen kann, wenn das Wasser weg ist?",
        "Wir helfen einander in unserer Straße, von der Stadt kam keiner.",
    ),
}


def comments():
    """Return EACH of every language, as (language, words): a sentence by itself, or two together."""
    written = []
    for language, sentences in SENTENCES.items():
        pairs = [f"{one}\n\n{other}" for one, other in combinations(sentences, 2)]
        written += [(language, words) for words in [*sentences, *pairs[::2]][:EACH]]
    return written
