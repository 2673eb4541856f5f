"""Static files as readers get them: named by their content, compressed, with few stylesheets."""

import posixpath
import re
import string

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = r'@import\s*"([^"]+)"\s*layer\({}\)\s*;'
RUN = re.compile(IMPORT.format(r"(?P<layer>[\w-]+)") + f"(?:{IMPORT.format('(?P=layer)')})*")
"""Imports one behind the other into the same layer."""

LAYERED = re.compile(RUN.pattern + r"|^@layer [\w-]+ \{", re.MULTILINE)
"""What tells a stylesheet that pages name: imports into layers, or rules in them."""

PATH = re.compile(r'"([^"]+)"')
STRING = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""", re.DOTALL)
COMMENT_OR_STRING = re.compile(rf"/\*.*?\*/|({STRING.pattern})", re.DOTALL)
URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<path>[^"')]+)(?P=quote)\s*\)""")
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|/|#)", re.IGNORECASE)
SPACE = re.compile(r"\s+")
ZERO = re.compile(r"(?<![\w.])0(?=\.\d)")
PROPERTY = re.compile(r"(?<![\w-])--(?!site-)[a-z][\w-]*")
AROUND = re.compile(r" ?([{};,]|>(?!=)) ?|(?<=:) ")
"""Where a space says nothing. Before a colon it says "inside of"."""


def fold(name, *, read, short=None):
    """Return the stylesheet `name` with its layered imports in their places, and as few bytes as say the same.

    `read` takes a name and returns the text of that file. Parts that follow each other into a layer become
    one block of it, with their relative addresses rewritten to be right from the place of `name`. An import
    that is not `@import "part.css" layer(name);`, or stands inside a part, is an error. Comments and idle space
    go, and custom properties have names of a letter or two: pages and scripts must not name them, unless they begin with
    `--site-`, by which the settings of a site say what theirs are. Stylesheets
    that share properties share `short`, a dictionary that remembers these names.
    """
    folder = posixpath.dirname(name)

    def part(path):
        path = posixpath.normpath(posixpath.join(folder, path))
        css = _compact(read(path))
        if "@import" in css:
            raise ImproperlyConfigured(f"{path}: only {name} may import other stylesheets.")
        return _rebase(css, source=posixpath.dirname(path), target=folder)

    def block(match):
        parts = "".join(map(part, PATH.findall(match[0])))
        return f"@layer {match['layer']}{{{parts}}}"

    folded = RUN.sub(block, _compact(read(name)))
    if "@import" in folded:
        raise ImproperlyConfigured(f'{name}: write imports as @import "part.css" layer(name);')
    return _with_short_properties(folded, {} if short is None else short)


def _compact(css):
    """Take away comments and the spaces that say nothing; strings keep every character."""
    css = COMMENT_OR_STRING.sub(lambda match: match[1] or " ", css)
    kept = []
    end = 0
    for match in STRING.finditer(css):
        kept += [_tight(css[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*kept, _tight(css[end:])]).strip()


def _tight(css):
    return ZERO.sub("", AROUND.sub(r"\1", SPACE.sub(" ", css)).replace(";}", "}"))


def _with_short_properties(css, short):
    def shortened(match):
        number = len(short)
        letter = string.ascii_letters[number % len(string.ascii_letters)]
        return short.setdefault(match[0], f"--{letter}{number // len(string.ascii_letters) or ''}")

    return PROPERTY.sub(shortened, css)


def _rebase(css, *, source, target):
    def moved(match):
        path = match["path"]
        if not ELSEWHERE.match(path):
            path = posixpath.relpath(posixpath.join(source, path), target or ".")
        return f'url("{path}")'

    return URL.sub(moved, css)


class NewsroomStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Folds the parts of each stylesheet into one file before names are made from contents."""

    def post_process(self, paths, dry_run=False, **options):  # noqa: FBT002 - Django's signature
        """Give the hashing step the folded stylesheets in place of those with layered imports.

        The parts are read from where they were collected from: the file of an earlier run, already
        folded, may stand at the destination.
        """
        folded = {} if dry_run else dict(_folded(paths))
        for name, css in folded.items():
            if self.exists(name):
                self.delete(name)
            self._save(name, ContentFile(css.encode()))
        paths = {**paths, **{name: (self, name) for name in folded}}
        yield from super().post_process(paths, dry_run, **options)


def _folded(paths):
    """Yield the name and the folded text of each collected stylesheet that pages name."""
    short = {}

    def read(name):
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()

    for name in sorted(paths):
        if name.endswith(".css") and LAYERED.search(read(name)):
            try:
                yield name, fold(name, read=read, short=short)
            except KeyError as error:
                message = f"{name} imports {error.args[0]}, which does not exist."
                raise ImproperlyConfigured(message) from None
