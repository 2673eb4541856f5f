"""A story page becomes a Story: every part of a page, present and missing."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.translation import to_language
from hypothesis import example, given, settings, strategies as st

from articles.importers import page
from articles.importers.decode import read_text
from articles.importers.fields import Fault
from articles.importers.page.names import Names
from articles.importers.page.table import TABLE
from articles.importers.page.words import is_sharing, known_as, split_label
from articles.importers.story import BadFile
from newsroom.i18n import catalogues
from tests import samples
from tests.articles.importers.reading import CATEGORIES, body, context, paragraphs, read

PAGES = Path(__file__).parents[2] / "data" / "importers" / "page"


def read_file(name, **told):
    (story,) = page.read(PAGES / name, context(**told))
    return story


def test_a_page_has_its_headline_and_language():
    story = read_file("typical.txt")

    assert story.external_id == "a-page"
    assert story.source_language == "en"
    assert list(story.texts) == ["en"]
    assert story.texts["en"].title == "Ferry line to the northern islands opens again"
    assert (story.texts["en"].standfirst, story.texts["en"].slug) == ("", "")


def test_paragraphs_and_cards_stand_in_order_with_their_own_signs():
    story = read_file("typical.txt")

    assert body(story) == [
        "<p>The ferry to the northern islands sails again from Monday, the harbour board said on "
        "Friday.</p>",
        "<p>“We know what these fourteen months have cost people,” its director, Inés Paz, told "
        'reporters. "The winter timetable - two crossings a day - stays."</p>',
        '<aside data-waiting="Islanders sue over the lost crossings"></aside>',
        "<p>Freight rates rise by 3 % &amp; passengers pay the old fare; a family ticket costs "
        "&lt; 20 euros.</p>",
    ]


def test_the_first_picture_line_is_the_alternative_text_and_the_last_the_caption():
    (picture,) = read_file("typical.txt").pictures

    assert picture.lead
    assert picture.alt == {"en": "A white ferry at St. Ann's pier"}
    assert picture.caption == {"en": "A white ferry at St Ann’s pier"}


def test_the_credit_keeps_its_source_and_names_the_creator():
    (picture,) = read_file("typical.txt").pictures

    assert picture.credit_line == "Harbour Board/Open Archive"
    assert picture.creator == "Harbour Board"


def test_the_picture_is_a_gap_with_a_note():
    story = read_file("typical.txt")

    assert story.pictures[0].path is None
    assert story.notes == (
        'The picture "A white ferry at St Ann’s pier" [Harbour Board/Open Archive] '
        "is not part of the page; upload its file.",
        'Taken as the footer, not as text: "North CoastNorth Coast & IslandsNewsTransport".',
    )


def test_the_footer_is_split_into_categories_even_where_a_name_begins_another():
    story = read_file("typical.txt")

    assert story.categories == (
        "region/north-coast",
        "region/north-coast-islands",
        "section/news",
        "section/transport",
    )


def test_lines_among_the_comment_toggles_are_promotions_and_not_body():
    story = read_file("typical.txt")

    assert story.promotions == (
        "Reading night in the harbour library, 4 May",
        "Bring a book, take a book",
    )
    assert "Reading night" not in story.texts["en"].body


def test_a_page_without_any_extra_part_is_a_headline_and_paragraphs():
    story = read_file("smallest.txt")

    assert story.texts["en"].title == "Bakery strike ends"
    assert body(story) == ["<p>The bakers of the old town went back to work on Sunday.</p>"]
    assert (story.pictures, story.categories, story.promotions, story.notes) == ((), (), (), ())


def test_a_spanish_page_has_several_cards_and_one_picture_line():
    story = read_file("spanish.txt", language="es")

    assert story.texts["es"].title == "El mercado viejo reabre sus puertas"
    assert [block for block in body(story) if block.startswith("<aside")] == [
        '<aside data-waiting="La cúpula que nadie quería pagar"></aside>',
        '<aside data-waiting="Cien años de puestos y pregones"></aside>',
    ]
    assert len(paragraphs(story)) == 2
    (picture,) = story.pictures
    assert picture.alt == picture.caption == {"es": "Puestos de fruta bajo la cúpula"}
    assert picture.creator == picture.credit_line == "Ana Ríos"
    assert story.categories == ("section/news", "region/north-coast")
    assert story.promotions == ()


def test_an_arabic_page_is_read_like_any_other():
    story = read_file("arabic.txt", language="ar")

    assert story.texts["ar"].title == "عودة العبارة إلى الجزر الشمالية"
    assert body(story)[1] == '<aside data-waiting="سكان الجزر يقاضون الشركة"></aside>'
    assert len(paragraphs(story)) == 2
    assert story.pictures[0].creator == "هيئة الميناء"
    assert story.categories == ("section/news", "region/north-coast")
    assert story.promotions == ("أمسية قراءة في مكتبة الميناء",)


def test_a_portuguese_page_without_switcher_and_picture_is_read():
    story = read_file("portuguese.txt", language="pt")

    assert [block for block in body(story) if block.startswith("<aside")] == [
        '<aside data-waiting="A cúpula que ninguém queria pagar"></aside>',
        '<aside data-waiting="Cem anos de bancas e pregões"></aside>',
    ]
    assert story.categories == ("section/news",)


@samples.needed
def test_the_sample_page_is_read_in_every_part():
    names = ["Asia & Americas", "Europe & Russia", "Middle East", "News", "Russia", "Syria", "US"]
    text = read_text(samples.PAGE)
    lines = [line.strip() for line in text.splitlines() if line.strip()]

    story = read(text, categories={**{name: name for name in names}, "Europe": "x", "Asia": "x"})

    assert story.texts["en"].title == lines[1]
    assert paragraphs(story) == [*lines[4:9], *lines[10:14]]
    title = lines[9].removeprefix("Read:").strip()
    assert body(story)[5] == f'<aside data-waiting="{title}"></aside>'
    (picture,) = story.pictures
    assert picture.alt == {"en": lines[2].removesuffix(" [US Army/Wikipedia]")}
    assert picture.caption == {"en": lines[3].removesuffix(" [US Army/Wikipedia]")}
    assert (picture.creator, picture.credit_line) == ("US Army", "US Army/Wikipedia")
    assert picture.lead
    assert picture.path is None
    assert list(story.categories) == names
    assert story.promotions == (lines[16],)
    assert story.notes[1:] == (f'Taken as the footer, not as text: "{lines[14]}".',)


@pytest.mark.parametrize(
    "switcher",
    [
        "Portuguese / Spanish / English",
        "Português/Español/English/العربية",
        "english | spanish",
        "Arabic /  Portuguese",
    ],
)
def test_a_language_switcher_is_dropped(switcher):
    story = read(f"{switcher}\n\nHeadline\n\nParagraph.")

    assert story.texts["en"].title == "Headline"


@pytest.mark.parametrize("first", ["English", "Spanish / Fish", "Portuguese Spanish English"])
def test_a_first_line_that_is_no_switcher_is_the_headline(first):
    assert read(f"{first}\nParagraph.").texts["en"].title == first


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n\n\n", "\r\n \t\r\n", "\n\u00a0\n"])
def test_line_ends_and_blank_lines_of_any_kind_are_the_same(end):
    lines = read_text(PAGES / "typical.txt").splitlines()
    plain = read_file("typical.txt")

    assert read(end.join(filter(None, lines))) == plain


def test_marks_and_odd_spaces_at_line_ends_are_no_part_of_a_page():
    text = "\ufeffEnglish / Spanish\u00a0\n\u200fHeadline \n\u00a0First.\t\n\u200b\nRead:\u00a0Other\u00a0"

    story = read(text)

    assert story.texts["en"].title == "Headline"
    assert body(story) == ["<p>First.</p>", '<aside data-waiting="Other"></aside>']


def test_spaces_inside_a_paragraph_stay_as_they_are():
    assert paragraphs(read("Headline\nIt cost 2\u00a0000  euros.")) == [
        "It cost 2\u00a0000  euros."
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no headline"),
        (" \n\u200b\n", "no headline"),
        ("English / Spanish\n", "no headline"),
        ("Show Comments\nHeadline\nParagraph.", "no headline"),
        ("Read: Another story\nParagraph.", "no headline"),
        ("A pier [Harbour]\nThe pier [Harbour]\nParagraph.", "no headline"),
        ("Headline", "no paragraph"),
        ("Headline\nRead: Another story", "no paragraph"),
        ("Headline\nNewsTransport\nShow Comments\nEvent", "no paragraph"),
        ("H" * 301 + "\nParagraph.", "300 characters"),
        ("Headline\nPara\x00graph.", "U+0000"),
        ("Headline\n\ud800", "U+D800"),
        pytest.param("Headline\n" + "é" * 1_000_001, "longer than 2,000,000 bytes", id="long"),
    ],
)
def test_a_page_that_is_no_story_is_refused_with_the_reason(text, reason):
    with pytest.raises(Fault, match=re.escape(reason)):
        read(text)


def test_a_page_file_without_a_paragraph_is_refused_by_name():
    path = PAGES / "no_paragraph.txt"

    with pytest.raises(BadFile, match=rf"^{path}: .*no paragraph; is it a story page\?$"):
        read_file(path.name)


@pytest.mark.parametrize("at", [None, datetime(2017, 11, 30, 12, tzinfo=UTC)])
def test_a_page_was_published_at_the_time_that_is_told_or_at_an_unknown_one(at):
    text = read_file("smallest.txt", published_at=at).texts["en"]

    assert (text.status, text.published_at) == ("published", at)


@pytest.mark.parametrize("credit", ["sic", "…", "1", "", " ", "a]b"])
def test_a_paragraph_that_ends_with_other_brackets_is_a_paragraph(credit):
    story = read(f"Headline\nHe called it “a sucess” [{credit}]")

    assert story.pictures == ()
    assert paragraphs(story) == [f"He called it “a sucess” [{credit}]"]


def test_a_long_first_paragraph_that_ends_with_a_credit_is_a_paragraph():
    line = "word " * 100 + "[Agency]"

    assert paragraphs(read(f"Headline\n{line}")) == [line]


def test_picture_lines_with_other_credits_are_pictures_of_their_own():
    story = read("Headline\nA pier [Ana Ríos]\nA crane [Luc Roy]\nThe crane [LUC ROY]\nParagraph.")

    assert [
        (picture.lead, picture.alt["en"], picture.caption["en"]) for picture in story.pictures
    ] == [
        (True, "A pier", "A pier"),
        (False, "A crane", "The crane"),
    ]


def test_a_picture_line_may_hold_nothing_but_a_credit():
    story = read("Headline\n[Reuters]\nParagraph.")

    (picture,) = story.pictures
    assert (picture.creator, picture.caption, picture.alt) == ("Reuters", {}, {})
    assert story.notes == ("The picture [Reuters] is not part of the page; upload its file.",)


def test_an_address_as_credit_names_no_creator():
    (picture,) = read("Headline\nA pier [Https://pictures.example/1]\nParagraph.").pictures

    assert (picture.creator, picture.credit_line) == ("", "Https://pictures.example/1")


@pytest.mark.parametrize("word", ["Read", "READ", "Read also", "Read more"])
def test_english_words_before_a_card_count_in_every_language(word):
    story = read(f"Titular\nPárrafo.\n{word}: Otra", language="es")

    assert body(story)[1] == '<aside data-waiting="Otra"></aside>'


def test_a_name_that_is_a_card_word_of_another_language_speaks_in_a_paragraph():
    assert paragraphs(read("Headline\nLee: I never said that.")) == ["Lee: I never said that."]


def test_the_title_of_a_card_is_escaped():
    story = read('Headline\nText.\nRead: "A" & <b>\'s')

    assert body(story)[1] == ('<aside data-waiting="&quot;A&quot; &amp; &lt;b&gt;&#x27;s"></aside>')


@pytest.mark.parametrize("line", ["Read:", "Read the report: it says so.", "Read: " + "t" * 401])
def test_lines_that_only_resemble_a_card_are_paragraphs(line):
    assert paragraphs(read(f"Headline\n{line}")) == [line]


@pytest.mark.parametrize(
    "toggle",
    [
        "Show Comments",
        "show comments (12)",
        "Hide Comments",
        "Ver comentarios",
        "Mostrar los comentarios",
        "Exibir comentários",
        "إظهار التعليقات",
    ],
)
def test_comment_toggles_of_every_language_end_the_story(toggle):
    story = read(f"Headline\nParagraph.\n{toggle}\nBook fair\n{toggle}")

    assert paragraphs(story) == ["Paragraph."]
    assert story.promotions == ("Book fair",)


REFERENCE = (
    Path(__file__).parents[3].joinpath("docs/reference/import-page.md").read_text(encoding="utf-8")
)


def test_a_toggle_with_most_of_the_page_below_it_ends_nothing():
    story = read("Headline\nAt dawn\nView comments (27)\nA long story.\nShow Comments\nFair")

    assert paragraphs(story) == ["At dawn", "A long story."]
    assert story.promotions == ("Fair",)
    assert story.notes == ('"View comments (27)" ends nothing, most of the page stands below it.',)
    assert story.decisions == ("toggles ignored", "promotions left out")


def test_a_page_that_stands_below_its_only_toggle_is_refused():
    with pytest.raises(Fault, match='most of the page stands below "View comments"'):
        read("Headline\nBy Ana\nView comments\nA long story, or are these the comments?")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Mostrar comentarios", "Español"),
        ("Mostrar comentários", "Português"),
        ("عرض التعليقات", "العربية"),
        ("Lea también: Otra", "Español"),
        ("Leia também: Outra", "Português"),
        ("Categorías: Todo", "Español"),
    ],
)
def test_words_of_another_language_round_the_story_are_told(line, language):
    story = read(f"Headline\nText that is long enough.\n{line}")

    (note,) = (note for note in story.notes if "--language" in note)
    assert note.startswith(f'"{line}" is {language}, but the page was read as English')
    assert "pages in doubt of their language" in story.decisions


@pytest.mark.parametrize(
    ("switcher", "language", "is_told"),
    [
        ("Portugués / Español / Inglés", "en", True),
        ("Portugués / Español / Inglés", "es", False),
        ("Português / Espanhol / Inglês", "es", True),
        ("Portuguese / Spanish / English", "es", False),  # a site may keep English words
        ("Português / Español / English", "en", False),  # each by its own name
    ],
)
def test_a_switcher_of_another_language_is_told(switcher, language, is_told):
    story = read(f"{switcher}\nHeadline\nText.", language=language)

    assert any("--language" in note for note in story.notes) is is_told


@pytest.mark.parametrize("language", ["English", "Spanish", "Portuguese", "Arabic"])
def test_every_toggle_of_the_reference_is_known(language):
    toggles = REFERENCE.partition("### Comments and promotions")[2]
    (words,) = re.findall(rf"^\| {language} \| (.+) \|$", toggles, re.MULTILINE)

    for toggle in words.split(", "):
        assert read(f"Headline\nText.\n{toggle}\nFair").promotions == ("Fair",)


@pytest.mark.parametrize(
    ("language", "code"),
    [("every language", "pt"), ("Spanish", "es"), ("Portuguese", "pt"), ("Arabic", "ar")],
)
def test_every_card_word_of_the_reference_is_known(language, code):
    cards = REFERENCE.partition("### Links to other stories")[2].partition("###")[0]
    (words,) = re.findall(rf"^\| {language} \| ([^;|]+?)(?:;.*)? \|$", cards, re.MULTILINE)

    for word in words.split(", "):
        story = read(f"Headline\nText.\n{word}: Other", language=code)
        assert body(story)[1] == '<aside data-waiting="Other"></aside>'


ROUND_A_STORY = {
    "fr": ("Afficher les commentaires", "Portugais / Espagnol / Anglais"),
    "de": ("Kommentare anzeigen (3)", "Portugiesisch | Spanisch | Englisch"),
    "it": ("Mostra commenti", "Portoghese / Spagnolo / Inglese"),
    "nl": ("Reacties tonen", "Portugees / Spaans / Engels"),
    "ca": ("Mostra els comentaris", "Portuguès / Espanyol / Anglès"),
    "pl": ("Pokaż komentarze", "Portugalski / Hiszpański / Angielski"),
    "cs": ("Zobrazit komentáře", "Portugalština / Španělština / Angličtina"),
    "ro": ("Afișează comentariile", "Portugheză / Spaniolă / Engleză"),
    "hu": ("Hozzászólások megjelenítése", "Portugál / Spanyol / Angol"),
    "el": ("Εμφάνιση σχολίων", "Πορτογαλικά / Ισπανικά / Αγγλικά"),
    "tr": ("Yorumları göster", "Portekizce / İspanyolca / İngilizce"),
    "ru": ("Показать комментарии", "Португальский / Испанский / Английский"),
    "uk": ("Показати коментарі", "Португальська / Іспанська / Англійська"),
    "bg": ("Покажи коментарите", "Португалски / Испански / Английски"),
    "sr": ("Прикажи коментаре", "Португалски / Шпански / Енглески"),
    "sr-latn": ("Prikaži komentare", "Portugalski / Španski / Engleski"),
    "fa": ("نمایش نظرات", "پرتغالی / اسپانیایی / انگلیسی"),
    "ur": ("تبصرے دکھائیں", "پُرتگالی / ہسپانوی / انگریزی"),
    "he": ("הצג תגובות", "פורטוגזית / ספרדית / אנגלית"),
    "hi": ("टिप्पणियाँ दिखाएँ", "पुर्तगाली / स्पेनिश / अंग्रेज़ी"),
    "id": ("Tampilkan komentar", "Portugis / Spanyol / Inggris"),
    "vi": ("Hiển thị bình luận", "Tiếng Bồ Đào Nha / Tiếng Tây Ban Nha / Tiếng Anh"),
    "th": ("แสดงความคิดเห็น", "โปรตุเกส / สเปน / อังกฤษ"),
    "zh-hans": ("显示评论", "葡萄牙语 / 西班牙语 / 英语"),
    "zh-hant": ("顯示留言", "葡萄牙文 / 西班牙文 / 英文"),
    "ja": ("コメントを表示", "ポルトガル語 / スペイン語 / 英語"),
    "ko": ("댓글 보기", "포르투갈어 / 스페인어 / 영어"),
    "bn": ("মন্তব্য দেখুন", "পর্তুগিজ / স্প্যানিশ / ইংরেজি"),
    "ta": ("கருத்துகளைக் காட்டு", "போர்ச்சுகீஸ் / ஸ்பானிஷ் / ஆங்கிலம்"),
    "ms": ("Paparkan komen", "Portugis / Sepanyol / Inggeris"),
    "sw": ("Onyesha maoni", "Kireno / Kihispania / Kiingereza"),
    "es": ("Mostrar comentarios", "Portugués / Español / Inglés"),
    "pt": ("Exibir comentários", "Português / Espanhol / Inglês"),
    "ar": ("إظهار التعليقات", "البرتغالية / الإسبانية / الإنجليزية"),
    "en": ("Show Comments", "Portuguese / Spanish / English"),
}
"""Language -> a line that opens comments, and a switcher."""


def test_every_language_of_the_table_has_a_page_here():
    assert ROUND_A_STORY.keys() == TABLE.keys()


def test_every_language_that_readers_have_words_in_is_read_by_its_own():
    written = {to_language(path.parts[-3]) for path in catalogues.catalogues()}

    assert {language for language in written if not known_as(language)} == set()


@pytest.mark.parametrize("language", TABLE)
def test_a_page_is_read_by_the_words_of_its_language(language):
    toggle, switcher = ROUND_A_STORY[language]
    cards = [f"{word.capitalize()}: Other" for word in TABLE[language].read]

    story = read(
        "\n".join([switcher, "Headline", "Text.", *cards, toggle, "Fair"]), language=language
    )

    assert story.texts[language].title == "Headline"
    assert body(story)[1:] == ['<aside data-waiting="Other"></aside>'] * len(cards)
    assert story.promotions == ("Fair",)
    assert not [note for note in story.notes if "--language" in note]


@pytest.mark.parametrize("language", TABLE)
def test_labels_and_buttons_of_each_language_are_no_part_of_the_story(language):
    words = TABLE[language]

    assert [split_label(f"{label.upper()}: Syria, Iraq")[1] for label in words.labels] == [
        "Syria, Iraq"
    ] * len(words.labels)
    assert [split_label(f"{label}：Syria")[1] for label in words.labels] == ["Syria"] * len(
        words.labels
    )
    assert all(is_sharing(word.capitalize()) for word in words.sharing)


def test_a_variant_is_read_by_the_words_of_its_language():
    assert body(read("Titular\nTexto.\nLee: Otra", language="es-simple"))[1].startswith("<aside")
    story = read("Título\nTexto.\nExibir comentários\nFeira", language="pt-br")
    assert not [note for note in story.notes if "--language" in note]


def test_a_toggle_above_the_story_only_jumps_to_the_comments():
    story = read("Headline\nShow Comments\nParagraph.\nShow Comments\nBook fair")

    assert paragraphs(story) == ["Paragraph."]
    assert story.promotions == ("Book fair",)


def test_one_known_name_alone_is_a_footer_only_at_the_end():
    story = read("Headline\nIslands\nParagraph.\nNews\nShow Comments")

    assert paragraphs(story) == ["Islands", "Paragraph."]
    assert story.categories == ("section/news",)


def test_names_that_run_together_are_a_footer_without_a_toggle():
    assert read("Headline\nText.\nNewsTransport").categories == (
        "section/news",
        "section/transport",
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["They came from:", "News Transport", "They left."],
        ["Text.", "NewsTransport", "They left."],
        ["Text.", "News | Transport", "They left."],
        ["They left.", "News"],
        ["They left.", "News Transport"],
        ["The two winners:", "News", "Transport"],
    ],
)
def test_names_that_may_be_the_storys_stay_and_are_named(lines):
    story = read("\n".join(["Headline", *lines]))

    assert paragraphs(story) == lines
    assert story.categories == ()
    assert any("was left in the text" in note for note in story.notes)
    assert set(story.decisions) == {"lines left in doubt"}


@pytest.mark.parametrize(
    "footer",
    [
        "North Coast | News | Transport",
        "North Coast|News|Transport",
        "North Coast, News, Transport",
        "North Coast · News · Transport",
        "#North Coast #News #Transport",
        "North Coast / News / Transport",
        "North Coast\nNews\nTransport",
        "North Coast\nNewsTransport",
        "Tags: North Coast, News, Transport",
        "Categories: North CoastNewsTransport",
        "Categories:\nNorth Coast\nNews\nTransport",
        "NORTH COASTNEWSTRANSPORT",
        "NORTH COAST | NEWS | TRANSPORT",
        "North CoastNewsTransport\nShare",
        "North Coast | News | Transport\nShare\nPrint",
        "North Coast\nNews\nTransport\nShare\nShow Comments",
    ],
)
def test_a_footer_is_read_however_it_is_divided(footer):
    story = read(f"Headline\nA longer paragraph.\n{footer}")

    assert story.categories == ("region/north-coast", "section/news", "section/transport")
    assert paragraphs(story) == ["A longer paragraph."]
    assert story.decisions == ("footers taken",)
    told = "".join(story.notes)
    assert all(line in told for line in footer.split("\n") if line != "Show Comments")
    assert "not known" not in told


def test_only_names_that_are_unknown_are_called_so():
    story = read("Headline\nText.\nNews | Harbours | Transport")

    assert story.categories == ("section/news", "section/transport")
    assert [note for note in story.notes if "no known" in note] == [
        'The footer line "News | Harbours | Transport" holds "Harbours", which is no known '
        "category; add that category and import the page again, or file the story by hand."
    ]


def test_a_category_named_twice_counts_once():
    assert read("Headline\nText.\nNewsTransportNews").categories == (
        "section/news",
        "section/transport",
    )


def test_an_unknown_part_of_the_footer_is_told_and_the_rest_is_filed():
    story = read("Headline\nText.\nNorth CoastHarboursNewsTransport\nShow Comments")

    assert story.categories == ("region/north-coast", "section/news", "section/transport")
    assert paragraphs(story) == ["Text."]
    assert story.notes == (
        'The footer line "North CoastHarboursNewsTransport" holds "Harbours", which is no known '
        "category; add that category and import the page again, or file the story by hand.",
        'Taken as the footer, not as text: "North CoastHarboursNewsTransport".',
    )


def test_part_of_an_unknown_name_is_not_taken_for_a_category():
    story = read("Headline\nText.\nNorth Coast & BaysNewsTransport")

    assert story.categories == ("section/news", "section/transport")
    assert '"North Coast & Bays"' in story.notes[0]


def test_an_arabic_footer_with_an_unknown_part_is_told():
    story = read("عنوان\nنص.\nأخبارالساحل الشماليموانئ", language="ar")

    assert story.categories == ("section/news", "region/north-coast")
    assert '"موانئ"' in story.notes[0]


def test_an_endless_line_is_no_footer():
    line = "NewsHarbours " * 100

    assert read(f"Headline\nText.\n{line}").categories == ()


def test_a_run_together_line_of_unknown_names_stays_and_is_told():
    story = read("Headline\nText.\nPortsFishTrade")

    assert paragraphs(story) == ["Text.", "PortsFishTrade"]
    assert story.categories == ()
    assert "looks like a footer" in story.notes[0]


@pytest.mark.parametrize(
    "line",
    [
        "News from the North Coast & Islands reaches Transport late.",
        "Transport to the Islands",
        "“News, Transport, Islands”",
    ],
)
def test_a_last_paragraph_that_names_categories_stays_a_paragraph(line):
    story = read(f"Headline\nText.\n{line}")

    assert paragraphs(story) == ["Text.", line]
    assert story.categories == ()


def test_a_last_line_that_is_nearly_all_names_stays_and_is_told():
    story = read("Headline\nText.\nNews and Transport")

    assert paragraphs(story) == ["Text.", "News and Transport"]
    assert "looks like a footer" in story.notes[0]


def test_splitting_goes_back_where_the_longest_name_leads_nowhere():
    assert Names(["AB", "A", "BC", "C"]).split("ABC") == ["AB", "C"]
    assert Names(["AB", "A", "BC"]).split("ABC") == ["A", "BC"]
    assert Names(["AB", "A"]).split("ABC") is None


def test_splitting_a_line_with_very_many_ways_ends_soon():
    names = Names(["a", "aa", "aaa"])

    assert names.split("a" * 20_000 + "b") is None
    assert "".join(names.split("a" * 20_000)) == "a" * 20_000


NAME = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=6)


@given(st.data(), st.lists(NAME, min_size=1, max_size=8, unique=True))
@settings(max_examples=100, deadline=None)
def test_known_names_run_together_are_always_split_again(data, names):
    used = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=12))

    parts = Names(names).split("".join(used))

    assert "".join(parts) == "".join(used)
    assert set(parts) <= set(names)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_names_with_one_reading_come_back_as_they_were(data):
    names = [name for name in CATEGORIES if name != "North Coast & Islands"]
    used = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=12))

    assert Names(names).split("".join(used)) == used


WORDS = st.sampled_from(
    [
        *CATEGORIES,
        "Show Comments",
        "Read:",
        "English / Spanish",
        "[Ana]",
        "[",
        "]",
        "\n",
        "\r",
        "A b.",
    ]
)


@given(st.lists(st.one_of(WORDS, st.text()), max_size=20).map("".join))
@settings(max_examples=300, deadline=None)
@example("\ufeff")
def test_any_text_is_a_story_or_a_bad_file(text):
    try:
        story = read(text)
    except Fault:
        return

    assert story.texts["en"].title
    assert "<p>" in story.texts["en"].body
    assert len(story.checksum) == 64


# No brackets, colons or letters that could spell another part of a page.
PARAGRAPH = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["C", "Zl", "Zp"], exclude_characters="[]:：/|"
    ),
    max_size=40,
).map(lambda text: f"x{text.strip()}.")


@given(st.lists(PARAGRAPH, min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_paragraphs_survive_in_order_and_letter_by_letter(texts):
    assert paragraphs(read("\n\n".join(["Headline", *texts]))) == texts


@pytest.mark.parametrize("sign", ["\u200b", "\u3164", "\u2800"])
def test_a_line_that_nobody_can_see_is_no_headline(sign):
    assert read(f"{sign}\n\u202eFerry\n\nIt sails.").texts["en"].title == "Ferry"
    with pytest.raises(Fault, match="no headline"):
        read(f"{sign}\n{sign}")
