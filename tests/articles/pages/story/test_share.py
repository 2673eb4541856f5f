from urllib.parse import parse_qs, urlsplit

import pytest

from articles.pages.story import share

TITLES = ["100 % sûr : « oui » & non + « peut-être » ?", "اليمن: 370 ألفًا", "A/B #1 = “C”"]
URL = "https://site.example/ar/2017/11/30/%D8%A7%D9%84%D9%8A%D9%85%D9%86/"


@pytest.mark.parametrize("title", TITLES)
def test_each_service_is_told_headline_and_address_as_they_are(title):
    mail, *services = share.ways(title, URL)

    asked = [parse_qs(urlsplit(service.url).query) for service in services]

    told = f"{title} {URL}"
    assert asked == [
        {"text": [told]},
        {"url": [URL], "text": [title]},
        {"u": [URL]},
        {"text": [told]},
    ]
    assert parse_qs(urlsplit(mail.url).query)["body"] == [f"{title}\r\n\r\n{URL}"]


def test_letters_stand_as_they_are_for_a_page_of_few_bytes():
    whatsapp = share.ways("اليمن", "https://site.example/ar/")[1]

    assert whatsapp.url == "https://wa.me/?text=اليمن%20https://site.example/ar/"
