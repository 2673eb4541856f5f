import argparse
import errno
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from articles import fetching
from articles.importers.formats import FORMATS
from articles.importers.identity import MAX_SOURCE, is_source_name
from articles.importers.notes import is_routine
from articles.importers.run import Options, batches, mapping, receipts, run
from articles.importers.story import BadFile
from newsroom import moments
from newsroom.languages import first_language, with_columns
from newsroom.management.progress import Progress
from newsroom.management.teaching import TeachingCommand

WOULD_BE = "Nothing was written. It would be: "

EXAMPLES = """
A file, a folder, a .zip or a .gz, or - for what another program writes; folders and archives are read to the bottom,
with the pictures that lie in them. What a file says tells its format:

{formats}

Every story is stored under the name of its source and its id there, so the same command again
changes nothing. What an editor has changed since is kept, field by field, and named.
Whatever cannot be read is named with its reason, the rest is imported, and the exit status is 1.

  manage.py import_articles archive/ --plan --write-map map.json
  manage.py import_articles archive/ --dry-run
  manage.py import_articles page.txt --language en --published-at 2017-11-30T12:00:00Z --publish
  manage.py import_articles stories.jsonl --source partner --publish
  manage.py import_articles pagina.txt --language es --story 42
  manage.py import_articles archive/ --verify --report gaps.html
  manage.py import_articles --batches
  manage.py import_articles --rollback 12
"""


def moment(words):
    """Return an aware datetime from ISO 8601; raise ValueError without an offset or too far away."""
    when = datetime.fromisoformat(words)
    if timezone.is_naive(when) or not moments.is_usable(when):
        raise ValueError(words)
    return when


def source_name(words):
    """Return the name of a source; raise ArgumentTypeError if no link could hold it."""
    if not is_source_name(words):
        message = f"give a name of at most {MAX_SOURCE} characters without a colon"
        raise argparse.ArgumentTypeError(message)
    return words


def folder(words):
    """Return the path of a folder; raise ArgumentTypeError where none is."""
    if not Path(words).is_dir():
        raise argparse.ArgumentTypeError("there is no such folder")
    return Path(words)


@contextmanager
def _kept(path):
    """Give what keeps results in a file, whose every failure is one sentence."""
    try:
        with receipts.kept(path) as receipt:
            yield receipt
    except OSError as error:
        if error.filename != str(path) and error.errno != errno.ENOSPC:
            raise
        raise CommandError(f"--report {path}: cannot be written ({error.strerror}).") from error


def _add_archive(parser):
    """Add the options of archives that bring pictures and categories of their own."""
    parser.add_argument(
        "--media",
        type=folder,
        metavar="DIR",
        help="the folder with the pictures of an archive, as wp-content/uploads",
    )
    parser.add_argument(
        "--fetch-media",
        action="store_true",
        help="ask the servers of their source for the pictures that are missing then",
    )
    parser.add_argument(
        "--create-categories",
        action="store_true",
        help="make the categories of an archive that this site lacks; else they become tags",
    )


class Command(TeachingCommand):
    help = "Import stories from files."

    def taught(self):
        lines = (
            f"  {name:<8}{form.DESCRIPTION} ({', '.join(form.SUFFIXES)})"
            for name, form in FORMATS.items()
        )
        return EXAMPLES.format(formats="\n".join(lines))

    def add_arguments(self, parser):
        parser.add_argument(
            "sources",
            default=[],
            nargs="*",
            metavar="SOURCE",
            help="a file, a folder, a .zip or .gz of either, or - for standard input",
        )
        parser.add_argument(
            "--format",
            choices=list(FORMATS),
            default="",
            help="the format of all files (default: what each file says)",
        )
        parser.add_argument(
            "--language",
            choices=list(with_columns()),
            default="",
            help=f"the language of pages whose path does not tell it (default: {first_language()})",
        )
        parser.add_argument(
            "--published-at",
            metavar="TIME",
            help="when pages were published, with an offset: 2017-11-30T12:00:00Z",
        )
        states = parser.add_mutually_exclusive_group()
        states.add_argument(
            "--publish", action="store_true", help="publish what was public at its source"
        )
        states.add_argument(
            "--as-draft",
            dest="publish",
            action="store_false",
            help="let all stay draft, as it is without a word",
        )
        parser.add_argument(
            "--only",
            action="append",
            default=[],
            metavar="ID",
            help="only the story of this id, * standing for anything; may be said several times",
        )
        parser.add_argument(
            "--source",
            type=source_name,
            default="",
            help="a short name for where it comes from (default: the format)",
        )
        parser.add_argument(
            "--root",
            type=Path,
            help="the folder from which the path of a page is its id (default: the SOURCE)",
        )
        self._add_modes(parser)

    def _add_modes(self, parser):
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="keep in this file what became of every story: text, or by its ending .json or .html",
        )
        _add_archive(parser)
        parser.add_argument(
            "--story",
            type=int,
            metavar="ID",
            help="the one story of SOURCE is this story of the site in another language",
        )
        parser.add_argument(
            "--again", action="store_true", help="bring back what was deleted here, too"
        )
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument(
            "--plan",
            dest="mode",
            action="store_const",
            const="plan",
            help="count what is there and what would become of it, quickly, and write nothing",
        )
        mode.add_argument(
            "--apply",
            dest="mode",
            action="store_const",
            const="apply",
            help="import, as it is without a word",
        )
        mode.add_argument(
            "--verify",
            dest="mode",
            action="store_const",
            const="verify",
            help="prove that every part of every story has arrived, or name what is missing",
        )
        parser.add_argument(
            "--map", type=Path, metavar="FILE", help="file stories as this mapping says"
        )
        parser.add_argument(
            "--write-map",
            type=Path,
            metavar="FILE",
            help="with --plan: write a mapping of categories that are not here, to be edited",
        )
        mode.add_argument("--batches", action="store_true", help="list the last imports, and end")
        mode.add_argument(
            "--rollback",
            type=int,
            metavar="BATCH",
            help="take an import back: delete what it created, restore what it updated",
        )
        mode.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and write nothing"
        )

    def handle(self, *args, **options):
        if options["batches"]:
            self.stdout.write("\n".join(batches.latest()) or "Nothing was imported yet.")
        elif options["rollback"]:
            self._roll_back(options["rollback"])
        elif options["sources"]:
            self._import(options)
        else:
            raise CommandError("Name a SOURCE: a file, a folder, an archive, or - .")

    def _roll_back(self, batch):
        progress = Progress(self.stdout, label="Taking back")
        try:
            done, kept = batches.roll_back(batch, step=progress.step)
        except batches.NoBatch as error:
            raise CommandError(str(error)) from error
        progress.clear()
        for sentence in kept:
            self.stderr.write(self.style.ERROR(f"Kept: {sentence}"))
        self.stdout.write(f"{len(done):,} stories taken back, {len(kept):,} kept.")
        if kept:
            raise CommandError("Some stories stay as they are; they are named above.")

    def _import(self, options):
        progress = Progress(self.stdout, label="Importing")
        how = self._options(options)
        with _kept(options["report"]) as receipt:

            def step(result):
                progress.step(result.name)
                receipt.add(result)
                if result.needs_a_person or options["verbosity"] > 1:
                    progress.clear()
                    self._tell(result, is_asked=options["verbosity"] > 1)

            report = run(options["sources"], how, step=step)
            progress.clear()
            receipt.end(report)
        if options["write_map"]:
            self._write_map(options["write_map"], report)
        *above, summary = report.totals()
        prefix = "" if how.writes or how.mode == "verify" else WOULD_BE
        self.stdout.write("\n".join([*above, prefix + summary]))
        if report.is_interrupted:
            sentence = "Interrupted: what is counted above is done, the same command does the rest."
            raise CommandError(sentence, returncode=130)
        if options["fetch_media"] and how.writes:
            self._fetch(report.sources)
        if report.has_failed:
            what = (
                "are not whole here" if how.mode == "verify" else "could not be imported as asked"
            )
            raise CommandError(f"Some stories {what}; they are named above.")

    def _fetch(self, sources):
        """Fill the gaps of all stories of these sources, also of earlier runs: so it can be stopped and started again."""
        gaps = fetching.gaps(sources=sources)
        progress = Progress(self.stdout, label="Fetching", total=gaps.count())
        try:
            for problem in fetching.fetch_missing(gaps, step=progress.step):
                self.stdout.write(problem)
        except KeyboardInterrupt as error:
            sentence = "Interrupted: what was fetched is here, the same command does the rest."
            raise CommandError(sentence, returncode=130) from error
        finally:
            progress.clear()
        self.stdout.write(f"{gaps.count():,} pictures with an address are still missing.")

    def _write_map(self, path, report):
        try:
            mapping.write(path, report.proposals)
        except OSError as error:
            message = f"--write-map {path}: cannot be written ({error.strerror})."
            raise CommandError(message) from error

    def _options(self, options):
        published_at = options["published_at"]
        if published_at:
            try:
                published_at = moment(published_at)
            except ValueError as error:
                message = (
                    f"--published-at {published_at}: give date, time and offset, "
                    "such as 2017-11-30T12:00:00Z, in the years 1400 to 9000."
                )
                raise CommandError(message) from error
        return Options(
            format=options["format"],
            language=options["language"],
            published_at=published_at,
            source=options["source"],
            publish=options["publish"],
            again=options["again"],
            only=tuple(options["only"]),
            media=options["media"],
            create_categories=options["create_categories"],
            story=options["story"],
            root=options["root"],
            dry_run=options["dry_run"],
            mode=options["mode"] or "apply",
            mapping=self._mapping(options["map"]),
        )

    def _mapping(self, path):
        try:
            return mapping.read(path) if path else {}
        except BadFile as error:
            raise CommandError(str(error)) from error

    def _tell(self, result, *, is_asked):
        """Name the stories that need a person; all of them, with all notes, if that is asked for."""
        for problem in result.problems:
            self.stderr.write(self.style.ERROR(f"{result.name}: {problem}"))
        notes = [note for note in result.notes if is_asked or not is_routine(note)]
        if result.outcome != "failed" and (notes or is_asked):
            self.stdout.write(f"{result.name}: {result.outcome}")
        for note in notes:
            self.stdout.write(f"  {note}")
