"""Keep which machine drafted a text of a source, and who has signed it off there."""

from articles import body
from articles.actions import drafting
from articles.models import MachineDraft


def bring(drafts, article, editions, pointed):
    """Store the drafts that are not here yet; return whether there were any. What became of the others is the desk's.

    `pointed` turns the references of the source into those of this site.
    """
    if not drafts:
        return False
    here = set(article.machine_drafts.values_list("language", "asked_at"))
    new = [draft for draft in drafts if (draft.language, draft.asked_at) not in here]
    if new:
        drafting.bring(article, editions, [_row(article, draft, pointed) for draft in new])
    return bool(new)


def _row(article, drafted, pointed):
    blocks = (body.clean(html, pointed, language=drafted.language).html for html in drafted.blocks)
    # What they belonged to had ids there; a colon stands in those of plain texts.
    words = {f"text:{number}": text for number, text in enumerate(drafted.texts)}
    words |= {f"block-{number}": html for number, html in enumerate(blocks)}
    return MachineDraft(
        article=article,
        language=drafted.language,
        service=drafted.service,
        state=MachineDraft.State.DONE,
        words=words,
        written=len(words),
        changed=drafted.changed,
        asked_at=drafted.asked_at,
        signed_by=drafted.signed_by,
        signed_at=drafted.signed_at,
    )
