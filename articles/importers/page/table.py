"""The words that stand around a story on its page, in each language that importers know: one row a language.

A language that is missing here is read with the English words alone. The names of languages in a switcher come from CLDR.
"""

from typing import NamedTuple


class Words(NamedTuple):
    """What a page says in a language: before a link to another story, to open comments, before tags and categories, on buttons,
    before who wrote the story, and round it on every page.

    `toggle` and `furniture` are patterns of whole lines; everything else are whole words. Case does not count.
    """

    read: tuple[str, ...]
    toggle: str
    tags: tuple[str, ...]
    labels: tuple[str, ...]
    sharing: tuple[str, ...]
    by: str = ""
    furniture: str = ""


SITES = (
    r"facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|e-?mail|copy link"
)
"""Where buttons share a story."""

TABLE = {
    "en": Words(
        read=(
            *("read", "read also", "read more", "also read"),
            *("see also", "related", "related story", "more on this story", "don't miss"),
        ),
        toggle=r"(?:show|hide|view)\s+comments",
        tags=("tags",),
        labels=("categories", "category", "topics", "filed under"),
        sharing=("share", "share this", "print", "email"),
        by="by",
        furniture=(
            rf"skip to (?:main )?content|(?:main )?menu|search|subscribe(?: now)?|sign in|log ?in|sponsored"
            rf"|(?:share|tweet|send|print|save)(?: this)?(?: article| story| page)?(?: (?:on|via|by|with|to) (?:{SITES}))?"
            r"|follow us(?: on .{1,60})?|(?:sign up|subscribe) (?:for|to) .{0,80}newsletters?\b.{0,40}"
            r"|(?:we|this (?:web)?site) uses? cookies\b.*"
        ),
    ),
    "es": Words(
        read=(
            *("leer", "leer más", "leer también", "lee", "lee más", "lee también"),
            *("lea", "lea más", "lea también", "le puede interesar", "te puede interesar"),
            *("siga leyendo", "sigue leyendo", "vea también", "ver también", "en contexto"),
        ),
        toggle=r"(?:mostrar|ver|ocultar)\s+(?:los\s+)?comentarios",
        tags=("etiquetas",),
        labels=("categorías", "categoría", "temas"),
        sharing=("compartir", "imprimir"),
        by="por",
        furniture=(
            rf"(?:saltar|ir) al contenido(?: principal)?|menú|buscar|suscríbe(?:te|se)|iniciar sesión"
            rf"|(?:compartir|enviar|imprimir|guardar)(?: (?:en|por|vía) (?:{SITES}))?"
            r"|síg[ua]e?nos(?: en .{1,60})?|suscríbe(?:te|se) a .{0,80}bolet(?:ín|ines)\b.{0,40}"
            r"|(?:usamos|utilizamos|este sitio (?:web )?(?:usa|utiliza)) cookies\b.*"
        ),
    ),
    "pt": Words(
        read=(
            *("ler", "ler mais", "ler também", "leia", "leia mais", "leia também"),
            *("saiba mais", "veja também", "veja mais", "continue lendo"),
        ),
        toggle=r"(?:mostrar|ver|exibir|esconder|ocultar)\s+(?:os\s+)?comentários",
        tags=("etiquetas",),
        labels=("categorias", "categoria", "temas"),
        sharing=("partilhar", "compartilhar", "imprimir"),
        by="por",
        furniture=(
            rf"(?:pular|saltar|ir) para o conteúdo(?: principal)?|menu|buscar|pesquisar|assine|entrar"
            rf"|(?:partilhar|compartilhar|enviar|imprimir|salvar|guardar)(?: (?:no|na|por|via) (?:{SITES}))?"
            r"|siga-nos(?: (?:no|na) .{1,60})?|(?:assine|subscreva|receba) .{0,80}(?:newsletter|boletim)\b.{0,40}"
            r"|(?:usamos|utilizamos|este site (?:usa|utiliza)) cookies\b.*"
        ),
    ),
    "fr": Words(
        read=(
            *("lire", "lire aussi", "lire plus", "lire également", "à lire", "à lire aussi"),
            *("lisez aussi", "voir aussi", "sur le même sujet"),
        ),
        toggle=r"(?:afficher|voir|masquer|cacher)\s+(?:les\s+)?commentaires",
        tags=("étiquettes", "mots-clés"),
        labels=("catégories", "catégorie", "thèmes"),
        sharing=("partager", "imprimer"),
        by="par",
        furniture=(
            rf"aller au contenu(?: principal)?|menu|rechercher|s['’]abonner|abonnez-vous|se connecter|connexion"
            rf"|(?:partager|envoyer|imprimer|enregistrer)(?: (?:sur|par|via) (?:{SITES}))?"
            r"|suivez-nous(?: sur .{1,60})?|(?:inscrivez-vous|abonnez-vous) à .{0,80}(?:newsletter|lettre)\b.{0,40}"
            r"|(?:nous utilisons|ce site utilise) des cookies\b.*"
        ),
    ),
    "de": Words(
        read=(
            *("lesen", "lesen sie auch", "lesen sie mehr", "lies auch", "auch lesen"),
            *("mehr zum thema", "siehe auch", "das könnte sie auch interessieren"),
        ),
        toggle=r"kommentare\s+(?:anzeigen|zeigen|einblenden|ausblenden|ansehen|verbergen)",
        tags=("schlagwörter", "schlagworte"),
        labels=("kategorien", "kategorie", "themen"),
        sharing=("teilen", "drucken"),
        by="von",
        furniture=(
            rf"zum (?:haupt)?inhalt springen|menü|suche|abonnieren|anmelden|einloggen"
            rf"|(?:teilen|senden|drucken|speichern|merken)(?: (?:auf|per|über|mit) (?:{SITES}))?"
            r"|folgen sie uns(?: auf .{1,60})?|(?:abonnieren|bestellen) sie .{0,80}newsletter\b.{0,40}"
            r"|(?:wir verwenden|wir nutzen|diese (?:web)?seite verwendet) cookies\b.*"
        ),
    ),
    "it": Words(
        read=(
            "leggi",
            "leggi anche",
            "leggi di più",
            "leggere",
            "vedi anche",
            "potrebbe interessarti",
        ),
        toggle=r"(?:mostra|vedi|visualizza|nascondi)\s+(?:i\s+)?commenti",
        tags=("etichette",),
        labels=("categorie", "categoria", "argomenti", "temi"),
        sharing=("condividi", "stampa"),
        by="di",
        furniture=(
            rf"vai al contenuto(?: principale)?|menu|cerca|abbonati|accedi"
            rf"|(?:condividi|invia|stampa|salva)(?: (?:su|via|per) (?:{SITES}))?"
            r"|seguici(?: su .{1,60})?|iscriviti a.{0,80}newsletter\b.{0,40}"
            r"|(?:usiamo|utilizziamo|questo sito (?:usa|utilizza)) i? ?cookie\b.*"
        ),
    ),
    "nl": Words(
        read=("lees", "lees ook", "lees meer"),
        toggle=r"(?:toon|bekijk|verberg)\s+(?:de\s+)?reacties|reacties\s+(?:tonen|bekijken|verbergen)",
        tags=("trefwoorden",),
        labels=("categorieën", "categorie", "onderwerpen"),
        sharing=("delen", "afdrukken"),
        by="door",
    ),
    "ca": Words(
        read=("llegir", "llegiu", "llegeix", "llegiu també", "llegeix també", "llegiu més"),
        toggle=r"(?:mostra|veure|vegeu|amaga|oculta)\s+(?:els\s+)?comentaris",
        tags=("etiquetes",),
        labels=("categories", "categoria", "temes"),
        sharing=("comparteix", "imprimeix"),
        by="per",
    ),
    "pl": Words(
        read=(
            *("czytaj", "czytaj także", "czytaj też", "czytaj więcej"),
            *("przeczytaj", "przeczytaj także", "przeczytaj też"),
        ),
        toggle=r"(?:pokaż|zobacz|wyświetl|ukryj)\s+komentarze",
        tags=("tagi",),
        labels=("kategorie", "kategoria", "tematy"),
        sharing=("udostępnij", "drukuj"),
    ),
    "cs": Words(
        read=("čtěte", "čtěte také", "čtěte více", "přečtěte si", "přečtěte si také"),
        toggle=r"(?:zobrazit|skrýt)\s+komentáře",
        tags=("štítky",),
        labels=("rubriky", "rubrika", "kategorie", "témata"),
        sharing=("sdílet", "tisknout", "vytisknout"),
    ),
    "ro": Words(
        # With a comma below, and with the cedilla of older machines.
        read=(
            *("citește", "citește și", "citește mai mult", "citiți", "citiți și"),
            *("citeşte", "citeşte şi", "citeşte mai mult", "citiţi", "citiţi şi"),
        ),
        toggle=r"(?:arată|afișează|afişează|vezi|ascunde)\s+comentariile",
        tags=("etichete",),
        labels=("categorii", "categorie", "subiecte"),
        sharing=("distribuie", "tipărește", "tipăreşte"),
    ),
    "hu": Words(
        read=("olvassa el", "olvasd el", "olvassa el ezt is", "olvasd el ezt is"),
        toggle=r"(?:hozzászólások|kommentek)\s+(?:megjelenítése|mutatása|elrejtése)",
        tags=("címkék",),
        labels=("kategóriák", "kategória", "témák"),
        sharing=("megosztás", "nyomtatás"),
    ),
    "el": Words(
        read=("διαβάστε", "διαβάστε επίσης", "διαβάστε περισσότερα", "διαβάστε ακόμη"),
        toggle=r"(?:εμφάνιση|προβολή|απόκρυψη)\s+σχολίων",
        tags=("ετικέτες",),
        labels=("κατηγορίες", "κατηγορία", "θέματα"),
        sharing=("κοινοποίηση", "εκτύπωση"),
    ),
    "tr": Words(
        read=("oku", "okuyun", "ayrıca okuyun", "devamını oku"),
        toggle=r"yorumları\s+(?:göster|gör|görüntüle|gizle)",
        tags=("etiketler",),
        labels=("kategoriler", "kategori", "konular"),
        sharing=("paylaş", "yazdır"),
    ),
    "ru": Words(
        read=("читать", "читайте", "читать также", "читайте также", "читать далее"),
        toggle=r"(?:показать|посмотреть|скрыть)\s+комментарии",
        tags=("теги", "метки"),
        labels=("категории", "категория", "рубрики", "темы"),
        sharing=("поделиться", "печать", "распечатать"),
    ),
    "uk": Words(
        read=("читати", "читайте", "читати також", "читайте також", "читати далі"),
        toggle=r"(?:показати|переглянути|приховати|сховати)\s+коментарі",
        tags=("теги", "мітки"),
        labels=("категорії", "категорія", "рубрики", "теми"),
        sharing=("поділитися", "друк", "роздрукувати"),
    ),
    "bg": Words(
        read=("прочетете", "прочетете също", "прочетете още", "четете още"),
        toggle=r"(?:покажи|виж|скрий)\s+коментарите",
        tags=("етикети",),
        labels=("категории", "категория", "теми"),
        sharing=("сподели", "печат"),
    ),
    "sr": Words(
        read=("прочитајте", "прочитајте и", "прочитајте још"),
        toggle=r"(?:прикажи|погледај|сакриј)\s+коментаре",
        tags=("ознаке",),
        labels=("категорије", "категорија", "теме"),
        sharing=("подели", "штампај"),
    ),
    "sr-latn": Words(
        read=("pročitajte", "pročitajte i", "pročitajte još"),
        toggle=r"(?:prikaži|pogledaj|sakrij)\s+komentare",
        tags=("oznake",),
        labels=("kategorije", "kategorija", "teme"),
        sharing=("podeli", "štampaj"),
    ),
    "ar": Words(
        read=(
            "اقرأ",
            "إقرأ",
            "اقرأ أيضا",
            "اقرأ أيضًا",
            "اقرأ أيضاً",
            "اقرأ المزيد",
            "إقرأ أيضًا",
            "إقرأ المزيد",
            "شاهد أيضًا",
        ),
        toggle=r"(?:إظهار|اظهار|عرض|إخفاء|اخفاء)\s+التعليقات",
        tags=("الوسوم",),
        labels=("التصنيفات", "الأقسام"),
        sharing=("مشاركة", "شارك", "طباعة"),
        by="بقلم",
        furniture=(
            r"(?:انتقل|تخط|تخطى) إلى المحتوى(?: الرئيسي)?|القائمة|بحث|ابحث|اشترك|تسجيل الدخول|إعلان"
            r"|(?:مشاركة|شارك|إرسال|طباعة|حفظ)(?: (?:على|عبر) .{1,30})?"
            r"|تابعنا(?: على .{1,60})?|اشترك في .{0,80}(?:النشرة|نشرتنا).{0,40}"
            r"|(?:نستخدم|يستخدم هذا الموقع) ملفات تعريف الارتباط.*"
        ),
    ),
    "fa": Words(
        read=("بخوانید", "همچنین بخوانید", "بیشتر بخوانید"),
        toggle=r"(?:نمایش|نشان دادن|پنهان کردن)\s+(?:نظرات|نظرها|دیدگاه\u200cها)",
        tags=("برچسب\u200cها",),
        labels=("دسته\u200cها", "دسته\u200cبندی\u200cها", "موضوع\u200cها"),
        sharing=("هم\u200cرسانی", "اشتراک\u200cگذاری", "چاپ"),
        by="نوشته",
    ),
    "ur": Words(
        read=("پڑھیں", "پڑھیے", "یہ بھی پڑھیں", "مزید پڑھیں"),
        toggle=r"تبصرے\s+(?:دکھائیں|دیکھیں|چھپائیں)",
        tags=("ٹیگز",),
        labels=("زمرے", "زمرہ", "موضوعات"),
        sharing=("شیئر کریں", "پرنٹ کریں"),
        by="تحریر",
    ),
    "he": Words(
        read=("קראו", "קראו גם", "קראו עוד"),
        toggle=r"(?:הצג|הצגת|הראה|הסתר|הסתרת)\s+תגובות",
        tags=("תגיות",),
        labels=("קטגוריות", "קטגוריה", "נושאים"),
        sharing=("שתפו", "שיתוף", "הדפסה"),
        by="מאת",
    ),
    "hi": Words(
        read=("पढ़ें", "यह भी पढ़ें", "और पढ़ें"),
        toggle=r"टिप्पणि(?:याँ|यां)\s+(?:दिखाएँ|दिखाएं|देखें|छिपाएँ|छिपाएं)",
        tags=("टैग",),
        labels=("श्रेणियाँ", "श्रेणियां", "श्रेणी", "विषय"),
        sharing=("साझा करें", "शेयर करें", "प्रिंट करें"),
    ),
    "bn": Words(
        # With ya and ra of their own, and with a dot below.
        read=("পড়ুন", "পড়ুন", "আরও পড়ুন", "আরও পড়ুন", "আরো পড়ুন", "আরো পড়ুন"),
        toggle=r"(?:মন্তব্য|মতামত)\s+(?:দেখুন|দেখান|লুকান)",
        tags=("ট্যাগ",),
        labels=("বিভাগ", "বিষয়", "বিষয়"),
        sharing=("শেয়ার করুন", "শেয়ার করুন", "প্রিন্ট করুন"),
    ),
    "ta": Words(
        read=("படிக்க", "மேலும் படிக்க", "இதையும் படிக்க", "இதையும் படியுங்கள்"),
        toggle=r"கருத்து(?:க்)?களை(?:க்|ப்)?\s+(?:காட்டு|காண்க|காண|பார்க்க|மறை)",
        tags=("குறிச்சொற்கள்",),
        labels=("வகைகள்", "வகை", "பிரிவுகள்", "தலைப்புகள்"),
        sharing=("பகிர்", "பகிர்க", "பகிரவும்", "அச்சிடு", "அச்சிடுக"),
    ),
    "id": Words(
        read=("baca", "baca juga", "baca selengkapnya"),
        toggle=r"(?:tampilkan|lihat|sembunyikan)\s+komentar",
        tags=("tag",),
        labels=("kategori", "topik"),
        sharing=("bagikan", "cetak"),
        by="oleh",
    ),
    "ms": Words(
        read=("baca", "baca juga", "baca lagi", "baca selanjutnya", "baca seterusnya"),
        toggle=r"(?:tunjukkan|paparkan|papar|lihat|sembunyikan)\s+(?:komen|ulasan)",
        tags=("tag",),
        labels=("kategori", "topik"),
        sharing=("kongsi", "kongsikan", "cetak"),
        by="oleh",
    ),
    "vi": Words(
        read=("đọc", "đọc thêm", "đọc tiếp"),
        toggle=r"(?:hiện|hiển\s+thị|xem|ẩn)\s+bình\s+luận",
        tags=("thẻ",),
        labels=("chuyên mục", "danh mục", "chủ đề"),
        sharing=("chia sẻ",),
    ),
    "th": Words(
        read=("อ่าน", "อ่านต่อ", "อ่านเพิ่มเติม"),
        toggle=r"(?:แสดง|ดู|ซ่อน)\s*ความคิดเห็น",
        tags=("แท็ก",),
        labels=("หมวดหมู่", "หัวข้อ"),
        sharing=("แชร์", "แบ่งปัน", "พิมพ์"),
    ),
    "zh-hans": Words(
        read=("阅读", "延伸阅读", "阅读更多", "另请阅读"),
        toggle=r"(?:显示|查看|隐藏)\s*评论",
        tags=("标签",),
        labels=("分类", "类别", "主题"),
        sharing=("分享", "打印"),
    ),
    "zh-hant": Words(
        read=("閱讀", "延伸閱讀", "閱讀更多"),
        toggle=r"(?:顯示|查看|檢視|隱藏)\s*(?:評論|留言)",
        tags=("標籤",),
        labels=("分類", "類別", "主題"),
        sharing=("分享", "列印"),
    ),
    "ja": Words(
        read=("読む", "続きを読む", "関連記事", "あわせて読む"),
        toggle=r"コメントを(?:表示|見る|隠す|非表示)",
        tags=("タグ",),
        labels=("カテゴリー", "カテゴリ", "トピック"),
        sharing=("共有", "シェア", "印刷"),
    ),
    "ko": Words(
        read=("읽기", "더 읽기", "함께 읽기", "관련 기사"),
        toggle=r"댓글\s*(?:보기|표시|숨기기|펼치기)",
        tags=("태그",),
        labels=("카테고리", "분류", "주제"),
        sharing=("공유", "공유하기", "인쇄"),
    ),
    "sw": Words(
        read=("soma", "soma pia", "soma zaidi", "pia soma"),
        toggle=r"(?:onyesha|onesha|tazama|ficha)\s+maoni",
        tags=("lebo", "vitambulisho"),
        labels=("kategoria", "mada"),
        sharing=("shiriki", "sambaza", "chapisha"),
    ),
}
