"""One import: files in, a report out. The command, the demo and tests call this."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from articles.importers import format_of, jsonl, page, writer
from articles.importers.decode import find_files, read_text
from articles.importers.story import BadFile, InputError
from articles.importers.topics import known_categories
from newsroom.languages import DEFAULT_LANGUAGE, LANGUAGES


@dataclass
class Report:
    """What became of everything that was read, in its order."""

    results: list = field(default_factory=list)

    def add(self, result):
        self.results.append(result)

    @property
    def counts(self):
        return Counter(result.outcome for result in self.results)

    @property
    def has_failed(self):
        """Return whether anything could not be read, stored or published as asked."""
        return any(result.problems for result in self.results)

    def summary(self):
        """Return one line: how many stories had which outcome."""
        counts = self.counts
        return ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in writer.Outcome) + "."


@dataclass(frozen=True)
class Options:
    """How to read: `language` and `published_at` are what a page does not say of itself.

    `source` names where the stories come from; "" stands for the name of the format.
    """

    language: str = DEFAULT_LANGUAGE
    published_at: object = None
    source: str = ""
    publish: bool = False
    dry_run: bool = False


def run(sources, options, *, step=lambda _name: None):
    """Import files and folders; return the Report. What is broken is reported, the rest stored."""
    report = Report()
    for source in map(Path, sources):
        for found in find_files(source):
            for result in _import(found, source, options):
                step(result.name)
                report.add(result)
    return report


def _import(path, source, options):
    """Yield the results of one file, or the one failure that kept it from being read."""
    if isinstance(path, BadFile):
        yield _failure(source.name, path)
        return
    try:
        form = format_of(path)
        for story in _stories(form, path, source, options):
            if isinstance(story, InputError):
                yield _failure(f"{path.name}:{story.line}", story)
            else:
                yield writer.save(
                    story,
                    source=options.source or form.name,
                    publish=options.publish,
                    dry_run=options.dry_run,
                )
    except BadFile as error:
        yield _failure(path.name, error)


def _stories(form, path, source, options):
    if form.name == "jsonl":
        yield from jsonl.read(path, known_languages=tuple(LANGUAGES))
        return
    story = page.read(
        read_text(path),
        external_id=_external_id(path, source),
        language=options.language,
        published_at=options.published_at,
        known_categories=known_categories(languages=(DEFAULT_LANGUAGE, options.language)),
    )
    yield writer.as_published(story) if options.publish else story


def _external_id(path, source):
    """Return the id of a page: its path in the folder that was named, without the suffix."""
    inside = path.relative_to(source) if source.is_dir() else Path(path.name)
    return inside.with_suffix("").as_posix()


def _failure(name, error):
    return writer.Result(name, writer.Outcome.FAILED, problems=(str(error),))
