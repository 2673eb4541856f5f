"""Who may do what in the newsroom: the groups Writer, Moderator and Editor, and the limits of those who write.

Publishing is a permission of its own. Somebody without it may change their own stories, and the languages that they have in
hand of others, as long as readers do not see what is changed.
"""

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.functions import Cast

from articles.models import Article, Byline, Edition, PromotionEdition
from newsroom.languages import with_columns

WRITER, MODERATOR, EDITOR = "Writer", "Moderator", "Editor"
CHANGE, DELETE = "articles.change_article", "articles.delete_article"
PUBLISH = "articles.publish_article"
PROMOTE = "articles.change_promotion"
MODERATE = "articles.moderate_comment"
PARTNER = "articles.change_partner"
OWN_PAGE = "articles.change_ownpage"
IMPORT = "articles.import_articles"

RELEASED = (Edition.Status.PUBLISHED, Edition.Status.WITHDRAWN)
"""What readers see, will see, or are told the end of."""

WRITER_PERMISSIONS = [
    "add_article",
    "change_article",
    "view_article",
    "submit_article",
    "add_byline",
    "change_byline",
    "delete_byline",
    "view_byline",
    "add_imageuse",
    "change_imageuse",
    "delete_imageuse",
    "view_imageuse",
    "add_image",
    "view_image",
    "add_author",
    "view_author",
    "view_category",
    "view_tag",
    "view_assignment",
    "view_correction",
]

SITE_PERMISSIONS = ["view_sitesettings", "change_sitesettings"]

MODERATOR_PERMISSIONS = ["view_comment", "moderate_comment", "view_commentevent"]


def ensure():
    """Create the groups and give them their permissions; what an administrator added stays."""
    ours = Permission.objects.filter(content_type__app_label="articles")
    for name, permissions in (
        (WRITER, ours.filter(codename__in=WRITER_PERMISSIONS)),
        (MODERATOR, ours.filter(codename__in=MODERATOR_PERMISSIONS)),
        (EDITOR, ours | Permission.objects.filter(codename__in=SITE_PERMISSIONS)),
    ):
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions)


def is_own(article, user):
    """Return whether `user` began the story or is credited in it."""
    if article.bylines.filter(author__user=user).exists():
        return True
    return _begun_by(user).filter(object_id=str(article.pk)).exists()


def own_stories(user):
    """Return the condition under which stories are those that `user` began or is credited in."""
    begun = (
        _begun_by(user)
        .annotate(story=Cast("object_id", Article._meta.pk))
        .order_by()
        .values("story")
    )
    credited = Byline.objects.filter(author__user=user).order_by().values("article")
    # Two queries in one, not one with OR: a database would ask both of every story.
    return Q(pk__in=credited.union(begun))


def _begun_by(user):
    """Return what the admin noted of the stories that `user` began."""
    return LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Article), action_flag=ADDITION, user=user
    )


def may_change(user, article):
    """Return whether `user` may change this story at all: of some only the language that they have in hand."""
    if not user.has_perm(CHANGE):
        return False
    if user.has_perm(PUBLISH) or is_own(article, user):
        return True
    return article.assignments.filter(user=user).exists()


def may_change_what_is_shown(user, article):
    """Return whether `user` may change what every language shares: pictures, tags, bylines."""
    if article is None or user.has_perm(PUBLISH):
        return True
    return is_own(article, user) and not _released(article)


def may_assign(user):
    """Return whether `user` may give a language of a story to somebody, and take it from them."""
    return user.has_perms([CHANGE, PUBLISH])


def may_claim(user):
    """Return whether `user` may take a language of a story in hand that nobody has."""
    return user.has_perm(CHANGE)


def may_go_back(user, article):
    """Return whether `user` may give a story the words of an older version, in whichever language."""
    return may_change(user, article) and may_change_what_is_shown(user, article)


def may_recover(user):
    """Return whether `user` may have deleted stories back: whoever may delete them may."""
    return user.has_perms([CHANGE, DELETE])


def may_join(user):
    """Return whether `user` may make one story of two, and two of it again; None is a command run on the host."""
    return user is None or user.has_perms([CHANGE, PUBLISH])


def may_correct(user):
    """Return whether `user` may tell readers what was wrong in a story; None is a command run on the host."""
    return user is None or user.has_perms([CHANGE, PUBLISH])


def may_fill(user, image):
    """Return whether `user` may give a gap its file: one that readers would see is an editor's."""
    released = Edition.objects.filter(status__in=RELEASED, article__uses__image=image)
    promoted = PromotionEdition.objects.published().showing(image)
    return user.has_perm(PUBLISH) or not (released.exists() or promoted.exists())


def may_promote(user):
    """Return whether `user` may say what is promoted to readers; None is a command run on the host."""
    return user is None or user.has_perm(PROMOTE)


def may_give_logins(user):
    """Return whether `user` may say whose login an author has: it makes that author's stories theirs."""
    return user.has_perm(PUBLISH)


def may_moderate(user):
    """Return whether `user` may say which comments readers see."""
    return user.has_perm(MODERATE)


def may_write_pages(user):
    """Return whether `user` may write pages of the site's own; None is a command run on the host."""
    return user is None or user.has_perm(OWN_PAGE)


def may_publish_pages(user):
    """Return whether `user` may say which pages of the site's own readers see, and what they see there."""
    return user is None or user.has_perms([OWN_PAGE, PUBLISH])


def may_give_tokens(user):
    """Return whether `user` may let partners read by the API; None is a command run on the host."""
    return user is None or user.has_perm(PARTNER)


def may_import(user):
    """Return whether `user` may bring in stories from files; what readers then see is for those who may publish."""
    return user.has_perm(IMPORT)


def may_take_back(user):
    """Return whether `user` may take an import back: it deletes stories and withdraws some."""
    return user.has_perms([IMPORT, PUBLISH, DELETE])


def writable_languages(user, article):
    """Return the languages whose text `user` may change."""
    if article is None:
        return with_columns()
    if not may_change(user, article):
        return ()
    if user.has_perm(PUBLISH):
        return with_columns()
    released, open_to = _released(article), with_columns()
    if not is_own(article, user):
        open_to = set(article.assignments.filter(user=user).values_list("language", flat=True))
    return tuple(code for code in with_columns() if code in open_to and code not in released)


def _released(article):
    """Return the languages of an article that are released."""
    editions = article.editions.filter(status__in=RELEASED)
    return set(editions.values_list("language", flat=True))
