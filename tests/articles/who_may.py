"""Who may ask for which address of the site, by what it shows: the one table of test_who_may.py.

Each address says who may read it and who may send it a form, in roles; where that hangs on the story, in a Rule.
A story stands here by whose it is and what readers see of it: each in English and Spanish.
"""

from dataclasses import dataclass

READER, STRANGER, ONLOOKER, WRITER, TRANSLATOR, MODERATOR, EDITOR, ADMINISTRATOR = ROLES = (
    "reader",
    "stranger",
    "onlooker",
    "writer",
    "translator",
    "moderator",
    "editor",
    "administrator",
)
"""Nobody in particular; staff without a right; staff who may see all and change nothing; the groups; a superuser.

The translator is a writer, too: of no story, and with the Spanish of one in hand.
"""

NOBODY = frozenset()
HEAD = frozenset({ADMINISTRATOR})
DESK = HEAD | {EDITOR}
WRITERS = DESK | {WRITER, TRANSLATOR}
READS_DESK = DESK | {ONLOOKER}
READS_STORIES = WRITERS | {ONLOOKER}
MODERATES = DESK | {MODERATOR}
STAFF = frozenset(ROLES) - {READER}
ANYBODY = frozenset(ROLES)

READ = SENT = None
"""Of a page that takes no form, and of one whose form is shown to whoever may send it: that is not asked twice."""

OWN = ("own", "own live", "own withdrawn", "own in Spanish", "own with Spanish live")
OTHERS = ("of others", "in hand", "live", "scheduled")
STORIES = (*OWN, *OTHERS)


@dataclass(frozen=True)
class Rule:
    """Who may do something with which story: those of `anyone` with each, a writer and a translator with these."""

    anyone: frozenset
    writer: tuple = ()
    translator: tuple = ()

    def roles(self, story):
        writers = {WRITER} if story in self.writer else set()
        return self.anyone | writers | ({TRANSLATOR} if story in self.translator else set())


CHANGE = Rule(DESK, OWN, ("in hand",))
CHANGE_ALL = Rule(DESK, ("own", "own in Spanish"))
"""Going back to an older version, which also changes what all languages share."""

TRANSLATE = Rule(
    DESK, tuple(story for story in OWN if story != "own with Spanish live"), ("in hand",)
)
"""Writing the language that the story is not written in, or the Spanish; what readers see of it is an editor's."""

WRITE = Rule(DESK, ("own", "own in Spanish", "own with Spanish live"))
"""Doing something with the English, whatever right somebody has to the Spanish."""

IN_SPANISH = " in Spanish"
"""The end of an entry that asks an address for the Spanish; without it, for the English."""

STORY = "articles_article"
OF_STORIES = {
    "changelist": (READS_STORIES, READ),
    "add": (SENT, WRITERS),
    "change": (READS_STORIES, CHANGE),
    "history": (READS_STORIES, READ),
    "delete": (SENT, DESK),
    "compare": (READS_STORIES, READ),
    "forget": (NOBODY, DESK),
    "revision": (READS_STORIES, CHANGE_ALL),
    "recoverlist": (DESK, READ),
    "recover": (SENT, DESK),
    "preview": (READS_STORIES, READ),
    "preview_page": (READS_STORIES, READ),
    "preview_link": (NOBODY, WRITE),
    "preview_link in Spanish": (NOBODY, TRANSLATE),
    "preview_revoke": (NOBODY, WRITE),
    "preview_revoke in Spanish": (NOBODY, TRANSLATE),
    "side_by_side_change": (TRANSLATE, TRANSLATE),
    "library": (READS_STORIES, READ),
    "bulk": (READS_STORIES, DESK),
}
OF_MODELS = {
    "articles_image": (READS_STORIES, WRITERS, DESK),
    "articles_author": (READS_STORIES, WRITERS, DESK),
    "articles_category": (READS_STORIES, DESK, DESK),
    "articles_tag": (READS_STORIES, DESK, DESK),
    "articles_assignment": (READS_STORIES, NOBODY, NOBODY),
    "articles_target": (READS_DESK, DESK, DESK),
    "articles_machinedraft": (READS_DESK, NOBODY, NOBODY),
    "articles_pair": (READS_DESK, NOBODY, NOBODY),
    "articles_menuentry": (READS_DESK, DESK, DESK),
    "articles_ownpage": (READS_DESK, DESK, DESK),
    "articles_promotion": (READS_DESK, DESK, DESK),
    "articles_partner": (READS_DESK, DESK, DESK),
    "articles_delivery": (READS_DESK, NOBODY, NOBODY),
    "articles_importbatch": (DESK, DESK, NOBODY),
    "articles_comment": (MODERATES | {ONLOOKER}, NOBODY, NOBODY),
    "articles_commentevent": (MODERATES | {ONLOOKER}, NOBODY, NOBODY),
    "articles_commentrule": (READS_DESK, DESK, DESK),
    "site_sitesettings": (DESK, NOBODY, DESK),
    "users_user": (HEAD | {ONLOOKER}, HEAD, HEAD),
    "auth_group": (HEAD | {ONLOOKER}, HEAD, HEAD),
    "axes_accessattempt": (HEAD | {ONLOOKER}, NOBODY, HEAD),
    "axes_accesslog": (HEAD | {ONLOOKER}, NOBODY, HEAD),
    "axes_accessfailurelog": (HEAD | {ONLOOKER}, NOBODY, HEAD),
    "django_tasks_database_dbtaskresult": (HEAD | {ONLOOKER}, NOBODY, NOBODY),
}
"""The pages that Django has for a model: who sees it, who adds one, who changes and deletes."""

OTHERWISE = {
    # The desk and the two queues take their buttons on the page of the list.
    "articles_assignment_changelist": (READS_STORIES, WRITERS),
    "articles_pair_changelist": (READS_DESK, DESK),
    "articles_comment_changelist": (MODERATES | {ONLOOKER}, MODERATES),
    "site_sitesettings_delete": (SENT, NOBODY),
    "articles_importbatch_change": (DESK, DESK),
}
"""Pages of these that ask something else."""

BESIDE = {
    "index": (STAFF, READ),
    "password_change": (STAFF, STAFF),
    "password_change_done": (STAFF, NOBODY),
    "autocomplete": (READS_STORIES, NOBODY),
    "view_on_site": (READS_STORIES, READ),
    "app_list": (STAFF - {STRANGER}, READ),
    "autosave_view": (NOBODY, STAFF),
    "bring_view": (NOBODY, STAFF),
    "presence_view": (NOBODY, STAFF),
    "auth_user_password_change": (HEAD, HEAD),
    "articles_machinedraft_table": (READS_DESK, READ),
    "articles_image_library": (READS_STORIES, WRITERS),
    "articles_author_invite": (HEAD, HEAD),
    "articles_assignment_table": (READS_STORIES, READ),
    "articles_importbatch_take_back": (DESK, DESK),
    "articles_importbatch_mapping": (DESK, READ),
    "articles_menuentry_begin": (DESK, DESK),
    "articles_ownpage_recoverlist": (DESK, READ),
    "articles_ownpage_recover": (DESK, DESK),
    "articles_ownpage_revision": (READS_DESK, DESK),
    "articles_partner_tokens": (READS_DESK, DESK),
    "articles_promotion_preview": (READS_DESK, NOBODY),
    "articles_promotion_of_page": (NOBODY, DESK),
    "articles_tag_words": (READS_STORIES, READ),
}
SHOW_NOTHING = {
    *("login", "logout", "jsi18n", "articles_article_preview_style"),
    *("password_reset_confirm", "password_reset_complete"),
    *("admin_password_reset", "password_reset_done"),
    None,
}
"""Addresses of the admin that show and change no object; None are Django's that lead to others of these."""


def _of_model(model, sees, adds, changes):
    """Yield the addresses that Django gives a model, and their entries."""
    seen = sees | changes
    yield f"{model}_changelist", (seen, READ)
    yield f"{model}_add", (SENT, adds)
    yield f"{model}_change", (seen, changes)
    yield f"{model}_history", (seen, READ)
    yield f"{model}_delete", (SENT, changes)


TABLE = {
    **{
        name: entry
        for model, roles in OF_MODELS.items()
        for name, entry in _of_model(model, *roles)
    },
    **{f"{STORY}_{name}": entry for name, entry in OF_STORIES.items()},
    **OTHERWISE,
    **BESIDE,
}
"""Name of an address of the admin -> (who may read it, who may send it a form)."""

OF_ONE_STORY = {
    *("article", "comments", "comment_among_others", "write_comment"),
    *("lite", "markdown", "api_article", "old_address"),
}
"""Addresses of readers that are one story's in one language: only of what is live is anything there.

All others are asked, too, whether they show something of what is not.
"""
