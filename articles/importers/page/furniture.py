"""What stands on every page of a site, and is no part of a story: buttons, menus, notices of cookies and newsletters."""

import re

from articles.importers.notes import Note
from articles.importers.page.words import is_sharing, visible

LONGEST = 200
"""A line with more characters is a paragraph."""

_SITES = (
    r"facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|e-?mail|copy link"
)

_ADVERTISEMENT = re.compile(
    "advertise?ments?|publicidad|anuncio|publicidade|anúncio|publicité|anzeige|werbung|pubblicità",
    re.IGNORECASE,
)

FURNITURE = {
    "en": (
        rf"skip to (?:main )?content|(?:main )?menu|search|subscribe(?: now)?|sign in|log ?in|sponsored"
        rf"|(?:share|tweet|send|print|save)(?: this)?(?: article| story| page)?(?: (?:on|via|by|with|to) (?:{_SITES}))?"
        r"|follow us(?: on .{1,60})?|(?:sign up|subscribe) (?:for|to) .{0,80}newsletters?\b.{0,40}"
        r"|(?:we|this (?:web)?site) uses? cookies\b.*"
    ),
    "es": (
        rf"(?:saltar|ir) al contenido(?: principal)?|menú|buscar|suscríbe(?:te|se)|iniciar sesión"
        rf"|(?:compartir|enviar|imprimir|guardar)(?: (?:en|por|vía) (?:{_SITES}))?"
        r"|síg[ua]e?nos(?: en .{1,60})?|suscríbe(?:te|se) a .{0,80}bolet(?:ín|ines)\b.{0,40}"
        r"|(?:usamos|utilizamos|este sitio (?:web )?(?:usa|utiliza)) cookies\b.*"
    ),
    "pt": (
        rf"(?:pular|saltar|ir) para o conteúdo(?: principal)?|menu|buscar|pesquisar|assine|entrar"
        rf"|(?:partilhar|compartilhar|enviar|imprimir|salvar|guardar)(?: (?:no|na|por|via) (?:{_SITES}))?"
        r"|siga-nos(?: (?:no|na) .{1,60})?|(?:assine|subscreva|receba) .{0,80}(?:newsletter|boletim)\b.{0,40}"
        r"|(?:usamos|utilizamos|este site (?:usa|utiliza)) cookies\b.*"
    ),
    "fr": (
        rf"aller au contenu(?: principal)?|menu|rechercher|s['’]abonner|abonnez-vous|se connecter|connexion"
        rf"|(?:partager|envoyer|imprimer|enregistrer)(?: (?:sur|par|via) (?:{_SITES}))?"
        r"|suivez-nous(?: sur .{1,60})?|(?:inscrivez-vous|abonnez-vous) à .{0,80}(?:newsletter|lettre)\b.{0,40}"
        r"|(?:nous utilisons|ce site utilise) des cookies\b.*"
    ),
    "de": (
        rf"zum (?:haupt)?inhalt springen|menü|suche|abonnieren|anmelden|einloggen"
        rf"|(?:teilen|senden|drucken|speichern|merken)(?: (?:auf|per|über|mit) (?:{_SITES}))?"
        r"|folgen sie uns(?: auf .{1,60})?|(?:abonnieren|bestellen) sie .{0,80}newsletter\b.{0,40}"
        r"|(?:wir verwenden|wir nutzen|diese (?:web)?seite verwendet) cookies\b.*"
    ),
    "it": (
        rf"vai al contenuto(?: principale)?|menu|cerca|abbonati|accedi"
        rf"|(?:condividi|invia|stampa|salva)(?: (?:su|via|per) (?:{_SITES}))?"
        r"|seguici(?: su .{1,60})?|iscriviti a.{0,80}newsletter\b.{0,40}"
        r"|(?:usiamo|utilizziamo|questo sito (?:usa|utilizza)) i? ?cookie\b.*"
    ),
    "ar": (
        r"(?:انتقل|تخط|تخطى) إلى المحتوى(?: الرئيسي)?|القائمة|بحث|ابحث|اشترك|تسجيل الدخول|إعلان"
        r"|(?:مشاركة|شارك|إرسال|طباعة|حفظ)(?: (?:على|عبر) .{1,30})?"
        r"|تابعنا(?: على .{1,60})?|اشترك في .{0,80}(?:النشرة|نشرتنا).{0,40}"
        r"|(?:نستخدم|يستخدم هذا الموقع) ملفات تعريف الارتباط.*"
    ),
}
"""Patterns of whole lines; a site in any language may keep the English ones."""

_ALL = re.compile("|".join([_SITES, *FURNITURE.values()]), re.IGNORECASE)


def is_furniture(line: str, *, is_inside: bool = False) -> bool:
    """Tell whether a line stands on every page of a site.

    One that `is_inside` a story has words above and below it: there a single word may be the story's, unless it is what
    advertisements stand under.
    """
    words = visible(line)
    if len(words) > LONGEST:
        return False
    if _ADVERTISEMENT.fullmatch(words):
        return True
    return (" " in words or not is_inside) and (is_sharing(words) or bool(_ALL.fullmatch(words)))


def left_out(line: str) -> str:
    """Return the note that tells of a line that was no part of the story."""
    return Note(f'Left out, it stands on every page: "{line}".', "furniture left out")


def without_furniture(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of a story, and those among them that stand on every page."""
    first = next((i for i, line in enumerate(lines) if not is_furniture(line)), len(lines))
    last = next(
        (i for i in reversed(range(first, len(lines))) if not is_furniture(lines[i])), first
    )
    inside = {i for i, line in enumerate(lines) if is_furniture(line, is_inside=first < i < last)}
    kept = [line for i, line in enumerate(lines) if i not in inside]
    return kept, [line for i, line in enumerate(lines) if i in inside]
