"""Static files as readers get them: named by their content, compressed, one stylesheet."""

import posixpath
import re

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"

IMPORT = re.compile(r'@import\s+"(?P<path>[^"]+)"\s+layer\((?P<layer>[\w-]+)\)\s*;')
COMMENT_OR_STRING = re.compile(r"""/\*.*?\*/|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", re.DOTALL)
URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<path>[^"')]+)(?P=quote)\s*\)""")
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|/|#)", re.IGNORECASE)
INDENT = re.compile(r"\n\s*")

DAY = "max-age=86400, public"


def keep_icons_for_a_day(headers, _path, url):
    """Let caches keep a file with a fixed name of its own, such as /favicon.ico, for a day."""
    if url.count("/") == 1:
        headers["Cache-Control"] = DAY


def fold(name, *, read):
    """Return the stylesheet `name` with its layered imports in their places and no comments.

    `read` takes a name and returns the text of that file. Each part becomes a block of its layer,
    with its relative addresses rewritten to be right from the place of `name`. An import that is
    not `@import "part.css" layer(name);`, or stands inside a part, is an error.
    """
    folder = posixpath.dirname(name)

    def part(match):
        path = posixpath.normpath(posixpath.join(folder, match["path"]))
        css = _strip(read(path))
        if "@import" in css:
            raise ImproperlyConfigured(f"{path}: only {name} may import other stylesheets.")
        css = _rebase(css, source=posixpath.dirname(path), target=folder)
        return f"@layer {match['layer']}{{\n{css.strip()}\n}}"

    folded = IMPORT.sub(part, _strip(read(name)))
    if "@import" in folded:
        raise ImproperlyConfigured(f'{name}: write imports as @import "part.css" layer(name);')
    return folded


def _strip(css):
    """Take away comments and indentation; strings keep every character."""
    kept = []
    end = 0
    for match in COMMENT_OR_STRING.finditer(css):
        kept += [INDENT.sub("\n", css[end : match.start()]), match[1] or ""]
        end = match.end()
    return "".join([*kept, INDENT.sub("\n", css[end:])]).strip() + "\n"


def _rebase(css, *, source, target):
    def moved(match):
        path = match["path"]
        if not ELSEWHERE.match(path):
            path = posixpath.relpath(posixpath.join(source, path), target or ".")
        return f'url("{path}")'

    return URL.sub(moved, css)


class NewsroomStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Folds the parts of the stylesheet into one file before names are made from contents."""

    def post_process(self, paths, dry_run=False, **options):  # noqa: FBT002 - Django's signature
        """Give the hashing step the folded stylesheet in place of the one with imports.

        The parts are read from where they were collected from: the file of an earlier run, already
        folded, may stand at the destination.
        """
        if not dry_run and STYLESHEET in paths:
            self._write_folded(paths)
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)

    def _write_folded(self, paths):
        def read(name):
            if name not in paths:
                raise ImproperlyConfigured(f"{STYLESHEET} imports {name}, which does not exist.")
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        css = fold(STYLESHEET, read=read)
        if self.exists(STYLESHEET):
            self.delete(STYLESHEET)
        self._save(STYLESHEET, ContentFile(css.encode()))
