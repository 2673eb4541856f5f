"""Words per language that layouts break on: the longest ones, short ones, and names in another script."""

LANGUAGES = ("en", "es", "pt", "ar")

LONGEST = {
    "en": "Counterrevolutionaries’ misrepresentations of telecommunications-infrastructure "
    "interdependencies postponed: pneumonoultramicroscopicsilicovolcanoconiosis",
    "es": "Desproporcionadamente: la internacionalización de las responsabilidades "
    "electroencefalográficas, anticonstitucionalísimamente aplazada",
    "pt": "Supremo declara inconstitucionalidade; otorrinolaringologistas protestam "
    "inconstitucionalissimamente contra a interdisciplinaridade",
    "ar": "أفاستسقيناكموها؟ المفاوضات بشأن الاستخدامات العسكرية للمستشفيات والمستوصفات "
    "تستأنف في العاصمة فسيكفيكهم بعد أسبوعين",
}
UNBROKEN = dict.fromkeys(
    LANGUAGES,
    "https://records.example/2017/11/30/archive/an-address-that-nobody-can-break?case=0123456789abcdef",
)
SHORT = {"en": "Rain", "es": "Sí", "pt": "Já", "ar": "لا"}
PLAIN = {
    "en": "Ferry service to the islands resumes after the storm",
    "es": "El transbordador vuelve a las islas después del temporal",
    "pt": "A balsa volta às ilhas depois do temporal",
    "ar": "عودة العبّارة إلى الجزر بعد العاصفة",
}
OTHER_SCRIPT = {
    "en": "“لا عودة”: Şanlıurfa, Łódź and 停火谈判 in one headline, C++ and +963 11 222 3344",
    "es": "«لا عودة»: Şanlıurfa, Łódź y 停火谈判 en un titular, C++ y +963 11 222 3344",
    "pt": "«لا عودة»: Şanlıurfa, Łódź e 停火谈判 num título, C++ e +963 11 222 3344",
    "ar": "شانلي أورفا Şanlıurfa و C++ و 737 MAX-8 و ‎+963 11 222 3344 في عنوان واحد",
}
STANDFIRST = {
    "en": "Nobody had expected the boats back before Friday. The harbour master says why they came. Tickets are valid.",
    "es": "Nadie esperaba los barcos antes del viernes. El capitán del puerto explica por qué. Los billetes valen.",
    "pt": "Ninguém esperava os barcos antes de sexta-feira. O capitão do porto explica por quê. Os bilhetes valem.",
    "ar": "لم يتوقع أحد عودة القوارب قبل يوم الجمعة. يشرح مدير الميناء السبب. التذاكر سارية.",
}
PARAGRAPH = {
    "en": "The first boat left at dawn with forty people, two goats and the post of a week.",
    "es": "El primer barco salió al amanecer con cuarenta personas, dos cabras y el correo de una semana.",
    "pt": "O primeiro barco saiu de madrugada com quarenta pessoas, duas cabras e o correio de uma semana.",
    "ar": "غادر القارب الأول عند الفجر وعلى متنه أربعون شخصًا وعنزتان وبريد أسبوع كامل.",
}
SOUGHT = {"en": "boat", "es": "barco", "pt": "barco", "ar": "القارب"}
"""A word of each PARAGRAPH, by which search finds stories."""

REGION = {
    "en": "Region of {}",
    "es": "Región de {}",
    "pt": "Região de {}",
    "ar": "منطقة {}",
}
LONG_NAME = {
    "en": "Telecommunications infrastructure & counterintelligence",
    "es": "Responsabilidades electroencefalográficas e internacionalización",
    "pt": "Inconstitucionalidades e otorrinolaringologia",
    "ar": "الاستخدامات العسكرية للمستشفيات والمستوصفات",
}
