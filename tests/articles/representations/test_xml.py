from xml.etree import ElementTree

from hypothesis import given, strategies

from articles.representations.xml import add, document, element


@given(
    words=strategies.text(strategies.characters()), value=strategies.text(strategies.characters())
)
def test_whatever_the_words_are_the_document_can_be_read(words, value):
    root = element("a", title=value)
    add(root, "b", words, href=value)

    assert ElementTree.fromstring(document(root, {})).find("b") is not None


def test_words_come_back_as_they_were():
    root = element("a")
    add(root, "b", "Łódź & <sal> \U0001f30a", note='"&"')

    (read,) = ElementTree.fromstring(document(root, {}))

    assert (read.text, read.attrib) == ("Łódź & <sal> \U0001f30a", {"note": '"&"'})


def test_what_no_xml_may_hold_is_left_out():
    root = element("a")
    add(root, "b", "o\x0bn\x00e\ufffe\ud800")

    assert ElementTree.fromstring(document(root, {})).findtext("b") == "one"
