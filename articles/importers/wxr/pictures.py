"""The pictures that a story uses, with their words, their rights and their files."""

import hashlib
import re
from typing import NamedTuple

from articles.importers.notes import MISSING, Note
from articles.importers.story import MAX_LENGTHS, Picture
from articles.importers.wxr import urls
from articles.importers.wxr.index import Attachment, Index
from articles.importers.wxr.media import Media
from articles.importers.wxr.words import cut, one_line

_CREDIT = re.compile(
    r"^(?P<caption>.*\S)?\s*(?:\[(?P<square>[^\[\]]{2,150})\]"
    r"|\((?P<round>(?:photos?|fotos?|fotografía|pictures?|images?|imagen|imagem|credits?|créditos?|courtesy"
    r"|cortesía|cortesia|صورة|©)[^()\w][^()]{2,150})\))\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:photos?|fotos?|pictures?|images?|credits?|créditos?|صورة)\s*(?:by|de|por|credit)?\s*[:/]\s*"
    r"|^(?:photos?|pictures?) (?:by|credit) ",
    re.IGNORECASE,
)


class Words(NamedTuple):
    """A caption and the credit at its end."""

    caption: str
    credit: str


def divided(caption: str) -> Words:
    """Take the credit off a caption that ends with it in brackets."""
    match = _CREDIT.match(caption)
    if not match:
        return Words(caption, "")
    credit = (match["square"] or match["round"]).strip()
    return Words((match["caption"] or "").strip(), _LABEL.sub("", credit).strip() or credit)


NOTHING = Attachment("", "", "", "", "", "")


class _Shown:
    """One picture: by language, which attachment it is there, and the words that its place gives it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.attachments: dict[str, Attachment] = {}
        self.alt: dict[str, str] = {}
        self.caption: dict[str, str] = {}


class Album:
    """The pictures of one story, in the order in which its texts use them."""

    def __init__(self, index: Index, media: Media | None) -> None:
        self.index, self.media = index, media
        self._shown: dict[str, _Shown] = {}
        self._lead = ""

    def show(self, url: str, *, language: str, number: str = "", alt: str = "") -> str:
        """Add a picture to those of the text in a language; return how bodies call it."""
        number = self.index.attachment_at(url, number)
        attachment = self.index.attachments.get(number, NOTHING)
        address = attachment.url or urls.unsized(url.partition("?")[0].strip())
        reference = address
        if len(address) > MAX_LENGTHS["reference"]:
            reference = f"picture-{hashlib.sha256(address.encode()).hexdigest()[:20]}"
        shown = self._shown.setdefault(reference, _Shown(address))
        shown.attachments.setdefault(language, attachment)
        if alt := one_line(alt):
            shown.alt.setdefault(language, alt)
        return reference

    def caption(self, reference: str, *, language: str, words: str) -> None:
        """Put words under a picture in a language, unless it has some there."""
        if words := one_line(words):
            self._shown[reference].caption.setdefault(language, words)

    def lead(self, number: str, *, language: str) -> bool:
        """Let an attachment lead the story; return whether the file has it."""
        if not (attachment := self.index.attachments.get(number)):
            return False
        reference = self.show(attachment.url, language=language, number=number)
        self._lead = self._lead or reference
        return True

    def pictures(self) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
        """Return the pictures, the one that leads first, and a note for each whose file is missing."""
        order = sorted(self._shown, key=lambda reference: reference != self._lead)
        pictures = tuple(self._picture(reference) for reference in order)
        return pictures, tuple(_gap(picture) for picture in pictures if picture.path is None)

    def _picture(self, reference: str) -> Picture:
        shown, is_lead = self._shown[reference], reference == self._lead
        captions, credit_line = _captions(shown, is_lead=is_lead)
        alts = {language: _alt(shown, captions, language) for language in shown.attachments}
        rights = next(
            (
                attachment.copyright
                for attachment in shown.attachments.values()
                if attachment.copyright
            ),
            "",
        )
        path = self.media.find(shown.address) if self.media else None
        return Picture(
            path=path,
            reference=reference,
            size=path.stat().st_size if path else 0,
            lead=is_lead,
            caption=captions,
            alt={language: cut(alt, MAX_LENGTHS["alt"]) for language, alt in alts.items() if alt},
            credit_line=cut(credit_line, MAX_LENGTHS["credit_line"]),
            copyright_notice=cut(rights, MAX_LENGTHS["copyright_notice"]),
            source_url=shown.address if _is_web(shown.address) else "",
        )


def _captions(shown: _Shown, *, is_lead: bool) -> tuple[dict[str, str], str]:
    """Return the captions without credits, and the credit; the library's caption is for a picture at the top."""
    library = {language: attachment.caption for language, attachment in shown.attachments.items()}
    told = {language: divided(words) for language, words in library.items()}
    own = {language: divided(words) for language, words in shown.caption.items()}
    captions = {
        language: words.caption for language, words in ((told | own) if is_lead else own).items()
    }
    credits_ = (
        *(attachment.credit for attachment in shown.attachments.values()),
        *(words.credit for words in (*own.values(), *told.values())),
    )
    return {code: words for code, words in captions.items() if words}, next(
        filter(None, credits_), ""
    )


def _alt(shown: _Shown, captions: dict[str, str], language: str) -> str:
    """Return what a picture shows: in the words of its place, of the library, or of what stands under it."""
    attachment = shown.attachments[language]
    stem = attachment.url.rpartition("/")[2].rpartition(".")[0].casefold()
    title = (
        attachment.title if " " in attachment.title and attachment.title.casefold() != stem else ""
    )
    return shown.alt.get(language) or attachment.alt or captions.get(language) or title


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://")) and len(address) <= MAX_LENGTHS["url"]


def _gap(picture: Picture) -> str:
    words = f"The picture {picture.reference} is missing; name the folder of its file with --media, or upload it."
    return Note(words, MISSING)
