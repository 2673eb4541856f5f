"""What a designer has put in the place of the site's own templates and static files, without a fork: SITE_DIR.

`SITE_DIR/templates/…` wins over the template of that name, `SITE_DIR/static/…` over the static file. A copy of the
original, as it was when somebody last looked at it, stands in `SITE_DIR/originals/…`: so an upgrade that changes the original is told.
"""

import filecmp
import shutil
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template import Template, TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.loader_tags import ExtendsNode, IncludeNode

FOLDERS = ("templates", "static")
ORIGINALS = "originals"
NAMED = {ExtendsNode: "parent_name", IncludeNode: "template"}
"""What leads to another template -> the attribute that says to which."""


class State(Enum):
    """How an override stands to its original."""

    CURRENT = "stands for the original of today"
    CHANGED = "the original has changed since"
    UNNOTED = "nobody has noted which original it was made from"
    GONE = "the original is gone: nothing uses it any more"
    OWN = "has no original: it is a file of this site alone"


TO_LOOK_AT = (State.CHANGED, State.UNNOTED, State.GONE)
"""The states in which somebody has to look at an override."""


class Unusable(Exception):
    """What stands in the way, as a sentence."""


class Override(NamedTuple):
    """A file of the site in place of one of the program; its `name` is "templates/components/footer.html"."""

    name: str

    @property
    def path(self):
        return _site() / self.name

    @property
    def original(self):
        return Path(settings.BASE_DIR) / self.name

    @property
    def noted(self):
        """The original as it was when somebody last looked at it."""
        return _site() / ORIGINALS / self.name

    @property
    def state(self):
        if not self.original.is_file():
            return State.GONE if self.noted.is_file() else State.OWN
        if not self.noted.is_file():
            return State.UNNOTED
        is_same = filecmp.cmp(self.original, self.noted, shallow=False)
        return State.CURRENT if is_same else State.CHANGED


def every():
    """Yield every Override, by name."""
    for folder in FOLDERS:
        for path in sorted((_site() / folder).rglob("*")):
            if path.is_file():
                yield Override(path.relative_to(_site()).as_posix())


def why_broken(override, engine=None):
    """Return (line, reason) for a template that does not compile or leads to none, "" for any other file; the line may be None.

    `engine` is one that finds templates elsewhere than where the site does.
    """
    if not (override.name.startswith("templates/") and override.path.suffix == ".html"):
        return ""
    try:
        # As it was written, not compact: its lines are those that a designer sees.
        template = Template(override.path.read_text(), engine=engine or engines["django"].engine)
    except (TemplateSyntaxError, UnicodeDecodeError) as error:
        return getattr(getattr(error, "token", None), "lineno", None), str(error)
    return next(_missing(template), "")


def _missing(template):
    """Yield (line, reason) for each template that is named in one, by words and not by a variable, and is not there."""
    for kind in (ExtendsNode, IncludeNode):
        for node in template.nodelist.get_nodes_by_type(kind):
            named = getattr(node, NAMED[kind])
            name = named.var
            if isinstance(name, str) and not named.filters and not _is_there(name, template.engine):
                yield node.token.lineno, f"there is no template {name}"


def _is_there(name, engine):
    try:
        engine.get_template(name)
    except TemplateDoesNotExist:
        return False
    except (TemplateSyntaxError, UnicodeDecodeError):
        # Another file, which is named for itself.
        return True
    return True


def named(name):
    """Return the Override of this name, be it there or not; raise Unusable for what can have none."""
    path = (Path(settings.BASE_DIR) / name).resolve()
    for folder in FOLDERS:
        root = (Path(settings.BASE_DIR) / folder).resolve()
        if root in path.parents:
            return Override(f"{folder}/{path.relative_to(root).as_posix()}")
    raise Unusable(f"{name}: only a file of templates/ or static/ can be put in another's place.")


def begin(override):
    """Copy the original to where it can be changed; raise Unusable where there is none, or it was begun before."""
    if not override.original.is_file():
        raise Unusable(f"{override.name}: there is no such file.")
    if override.path.exists():
        raise Unusable(f"{override.path} is there already: change that one.")
    _copy(override.original, override.path)
    note(override)


def note(override):
    """Note that somebody has looked at an override beside the original of today; raise Unusable where one of them is not there."""
    if not override.path.is_file():
        raise Unusable(f"{override.path} is not there.")
    if override.original.is_file():
        _copy(override.original, override.noted)
    else:
        override.noted.unlink(missing_ok=True)


def _copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _site():
    return Path(settings.SITE_DIR)
