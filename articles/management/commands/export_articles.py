import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from articles.exporters import categories, formats, site
from articles.exporters.choice import Choice, batches
from articles.exporters.items import news_items
from articles.exporters.media import Media
from articles.exporters.names import Names, Numbers
from articles.exporters.story import stories_of
from articles.importers.writer.topics import reference
from articles.models import Category, Tag
from newsroom import moments
from newsroom.languages import with_columns
from newsroom.management.progress import Progress
from newsroom.management.teaching import TeachingCommand

EXAMPLES = """
{formats}

Drafts, comments and what was withdrawn go along: keep the file as you keep the database.

  manage.py export_articles --output archive/ --media
  manage.py export_articles --language es --since 2017-01-01 --until 2017-12-31 --output - | gzip > es.jsonl.gz
"""


def moment(words):
    """Return the begin of a day of the newsroom, or a moment with an offset; raise ValueError for anything else."""
    when = datetime.fromisoformat(words)
    if timezone.is_naive(when):
        if len(words) > len("2017-11-30"):
            raise ValueError(words)
        when = timezone.make_aware(when, timezone.get_default_timezone())
    if not moments.is_usable(when):
        raise ValueError(words)
    return when


class Command(TeachingCommand):
    help = "Export stories to a file, or to a folder together with their pictures."

    def taught(self):
        lines = (f"  {name:<10}{formats.load(name).DESCRIPTION}" for name in formats.NAMES)
        return EXAMPLES.format(formats="\n".join(lines))

    def add_arguments(self, parser):
        parser.add_argument(
            "--output",
            required=True,
            metavar="FILE|FOLDER/|-",
            help="where to: a file, a folder (its name ends with /), or - for standard output",
        )
        parser.add_argument(
            "--format", choices=formats.NAMES, default="jsonl", help="default: %(default)s"
        )
        parser.add_argument(
            "--language",
            action="append",
            choices=list(with_columns()),
            default=[],
            help="only the texts in this language; may be given several times",
        )
        parser.add_argument(
            "--region", metavar="REF", help="only stories of it and what is under it"
        )
        parser.add_argument("--section", metavar="REF", help="only stories of it: news")
        parser.add_argument("--tag", metavar="NAME", help="only stories with it, by any spelling")
        parser.add_argument(
            "--since", metavar="DATE", help="only what was published on it or later"
        )
        parser.add_argument(
            "--until", metavar="DATE", help="only what was published on it or before"
        )
        parser.add_argument(
            "--media", action="store_true", help="copy the pictures to the folder, too"
        )

        parser.add_argument(
            "--sign",
            type=Path,
            metavar="KEY.pem",
            help="sign the manifest of a copy by this Ed25519 key",
        )

    def handle(self, *args, **options):
        choice, form = self._choice(options), formats.load(options["format"])
        if form.TAKES == "site":
            self._copy_site(form, options, choice)
            return
        has_files = hasattr(form, "files")
        folder, file = _places(
            options["output"], suffix=form.SUFFIX, is_folder=options["media"] or has_files
        )
        self._check(options, form, folder)
        told = self.stderr if file is None else self.stdout
        progress = Progress(told, label="Exporting")
        media = Media(folder if options["media"] else None)
        is_whole = form.TAKES == "stories"
        stories = (
            _stories(choice, media, form) if is_whole else news_items(choice, at=timezone.now())
        )
        stories = _counted(stories, progress)
        try:
            written = form.files(stories) if has_files else [("", form.pieces(stories))]
            for name, pieces in written:
                _write(folder / name if name else file, pieces)
            if folder and options["format"] == "jsonl":
                data = json.dumps(categories.as_data(), ensure_ascii=False, indent=1)
                _write(folder / "categories.json", f"{data}\n")
                _write(folder / "site.json", site.as_text())
        except OSError as error:
            message = f"--output {options['output']}: cannot be written ({error.strerror})."
            raise CommandError(message) from error
        progress.clear()
        copied = f", {media.copied:,} pictures copied" if options["media"] else ""
        told.write(f"{progress.count:,} {form.TAKES}{copied}.")
        for sentence in media.failed:
            self.stderr.write(self.style.ERROR(sentence))
        if media.failed:
            raise CommandError("Some pictures could not be copied; they are named above.")

    def _copy_site(self, form, options, choice):
        if choice != Choice(languages=choice.languages) or options["media"]:
            raise CommandError(
                "--format static copies the whole site, with its pictures: only --language narrows it."
            )
        if options["output"] == "-":
            raise CommandError("--format static makes many files: give a folder, --output copy/.")
        progress, key = Progress(self.stdout, label="Copying"), options["sign"]
        try:
            crawl, digest = form.write(
                Path(options["output"]), languages=choice.languages, key=key, step=progress.step
            )
        except form.NotEmpty as error:
            message = f"--output {options['output']}: it holds other things than a copy of the site; name a new folder."
            raise CommandError(message) from error
        except form.CannotSign as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            message = f"--output {options['output']}: cannot be written ({error.strerror})."
            raise CommandError(message) from error
        progress.clear()
        for path in crawl.missing if options["verbosity"] > 1 else ():
            self.stdout.write(f"{path}: a link leads there, and nothing is there")
        self.stdout.write(f"{crawl.pages:,} files, {len(crawl.missing):,} links that lead nowhere.")
        self.stdout.write(f"SHA-256 of {form.MANIFEST}: {digest}")
        if crawl.failed:
            raise CommandError(f"The site could not answer: {', '.join(crawl.failed[:5])}.")

    def _check(self, options, form, folder):
        if hasattr(form, "files") and folder is None:
            message = (
                f"--format {options['format']} makes many files: give a folder, --output archive/."
            )
            raise CommandError(message)
        if options["media"] and form.TAKES != "stories":
            message = f"--media goes with stories that can come back: {options['format']} names pictures by their addresses."
            raise CommandError(message)
        if options["media"] and folder is None:
            message = "--media copies pictures beside the file: give a folder, --output archive/."
            raise CommandError(message)

    def _choice(self, options):
        return Choice(
            languages=tuple(code for code in with_columns() if code in options["language"]),
            shelves=tuple(
                _shelf(kind, options[kind]) for kind in ("region", "section") if options[kind]
            ),
            tag=_tag(options["tag"]),
            since=_moment("since", options["since"]),
            until=_moment("until", options["until"], is_end=True),
        )


def _stories(choice, media, form):
    names = Numbers() if hasattr(form, "HAS_NUMBERS") else Names()
    for batch in batches(choice.articles()):
        for story in stories_of(batch, names=names, called=media.called):
            yield choice.narrowed(story)


def _counted(stories, progress):
    for story in stories:
        yield story
        progress.step()


def _moment(option, words, *, is_end=False):
    if not words:
        return None
    try:
        when = moment(words)
    except ValueError as error:
        message = f"--{option} {words}: give a day such as 2017-11-30, or a time with its offset, 2017-11-30T12:00:00Z."
        raise CommandError(message) from error
    is_day = len(words) <= len("2017-11-30")
    return when + timedelta(days=1) if is_end and is_day else when


def _shelf(kind, words):
    """Return the ids of a category and of all under it."""
    tree = Category.tree()
    slug = words.rstrip("/").rpartition("/")[2]
    nodes = [node for node in tree.nodes.values() if reference(node.row) == f"{kind}/{slug}"]
    if not nodes:
        known = ", ".join(
            sorted(reference(node.row) for node in tree.nodes.values() if node.kind == kind)
        )
        raise CommandError(
            f"--{kind} {words}: there is no such {kind}; there are: {known or 'none'}."
        )
    return tuple(node.pk for node in nodes[0].subtree())


def _tag(words):
    if not words:
        return None
    tag = Tag.objects.meaning(words).first()
    if tag is None:
        raise CommandError(f"--tag {words}: no tag has this name, label or other spelling.")
    return tag.pk


def _places(output, *, suffix, is_folder):
    """Return (folder, file): no folder beside a file that is named itself, neither for standard output."""
    if output == "-":
        return None, None
    path = Path(output)
    if path.is_dir() or output.endswith(("/", os.sep)) or (is_folder and not path.suffix):
        return path, path / f"articles{suffix}"
    return None, path


def _write(path, pieces):
    """Write pieces of text; a file is there only once it is whole."""
    if path is None:
        sys.stdout.writelines(pieces)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
