"""One import: files in, a report out. The command, the demo and tests call this."""

from collections import Counter
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property, partial
from pathlib import Path

from django.conf import settings

from articles.importers import writer
from articles.importers.context import Context
from articles.importers.formats import FORMATS, recognise
from articles.importers.identity import identify
from articles.importers.notes import is_routine
from articles.importers.run import batches, mapping
from articles.importers.run.items import Item, together
from articles.importers.run.plan import Plan
from articles.importers.run.sources import Scratch, find
from articles.importers.run.verify import Verification
from articles.importers.story import BadFile, BadStory
from articles.importers.writer.topics import known_categories
from newsroom.files import unfinished
from newsroom.languages import with_columns


@dataclass
class Report:
    """What became of everything that was read: how often, and in `results` that of which a person should know.

    `kinds` counts the notes that need nobody, by what they are about. `told` are lines of its mode, and `outcomes` those that it has.
    """

    results: list = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    decisions: Counter = field(default_factory=Counter)
    kinds: Counter = field(default_factory=Counter)
    proposals: dict = field(default_factory=dict)
    told: list = field(default_factory=list)
    outcomes: tuple = tuple(writer.Outcome)
    sources: set = field(default_factory=set)
    has_failed: bool = False
    is_interrupted: bool = False

    def add(self, result):
        """Count a Result. Anything that could not be read, stored or published as asked, or is to be withdrawn, is a failure."""
        self.counts[result.outcome] += 1
        self.kinds.update(note.kind for note in result.notes if is_routine(note))
        self.has_failed |= bool(result.problems)
        if result.needs_a_person:
            self.results.append(result)

    def summary(self):
        """Return one line: how many stories had which outcome."""
        return ", ".join(f"{self.counts[outcome]:,} {outcome}" for outcome in self.outcomes) + "."

    def decided(self):
        """Return one line: what was decided how often without being sure; "" for nothing."""
        told = ", ".join(f"{count:,} × {words}" for words, count in self.decisions.most_common())
        return told and f"Decided: {told}."

    def noted(self):
        """Return one line: how often something was noted that needs nobody; "" for nothing."""
        kinds = [kind for kind in self.kinds.most_common() if kind[0] not in self.decisions]
        told = ", ".join(f"{count:,} × {words}" for words, count in kinds)
        return told and f"Noted: {told}."

    def totals(self):
        """Return the lines with which a run ends."""
        return [*self.told, *filter(None, (self.decided(), self.noted())), self.summary()]


@dataclass(frozen=True)
class Options:
    """How to read: `language` and `published_at` are what a page does not say of itself.

    Without a language it is what the path of a page says, or the default one. `root` is the folder from
    which the paths of pages are their ids. `source` names where the stories come from; "" stands for the name of the format.
    `format` is that of all files; "" lets each be recognised. `mode` is one of MODES. `mapping` says where stories are filed:
    see mapping.py. `only` are the ids of the stories that count, * standing for anything; without one all do.
    `media` is the folder of an archive's pictures. `story` is the id of the article of which the one story that is
    read is a language.
    """

    mode: str = "apply"
    mapping: dict = field(default_factory=dict)

    format: str = ""
    language: str = ""
    published_at: object = None
    source: str = ""
    root: Path | None = None
    publish: bool = False
    only: tuple = ()
    again: bool = False
    media: Path | None = None
    create_categories: bool = False
    story: int | None = None
    dry_run: bool = False

    @property
    def writes(self):
        return self.mode == "apply" and not self.dry_run


def run(sources, options, *, step=lambda _result: None, batch=None):
    """Import files, folders and archives; return the Report. What is broken is reported, the rest stored.

    `step` is told each Result as soon as it is there. What is changed is one batch: a new one, or that which was begun.
    """
    report = Report()
    if options.writes:
        unfinished.clear()
        batch = batch or batches.begin(sources, options)
    reading = Reading(options, report.decisions, batch)
    report.outcomes, report.sources = reading.outcomes, reading.sources
    try:
        for result in _results(sources, reading):
            report.add(result)
            step(result)
        report.told = reading.mode.lines()
        report.proposals = reading.mode.proposals()
    except KeyboardInterrupt:  # the story at hand is taken back; what was done is worth telling
        report.is_interrupted = True
    finally:
        if batch:
            batches.end(batch, report)
    return report


def _results(sources, reading):
    with Scratch(settings.VAR_DIR / "imports") as scratch:
        files = (
            file for named in sources for file in find(named, scratch, root=reading.options.root)
        )
        for some in together(item for file in files for item in reading.items(file)):
            yield from reading.treated(some)
            scratch.clear()


class Reading:
    """What one run knows beyond the file at hand: the categories, and whose ids it has met.

    `decisions` counts what the parsers decided.
    """

    def __init__(self, options, decisions, batch=None):
        self.options, self.batch = options, batch
        self.decisions = decisions
        self.path_of, self.sources = {}, set()
        self.mode = self._mode()
        self.outcomes = getattr(self.mode, "outcomes", tuple(writer.Outcome))

    def _mode(self):
        if self.options.mode == "plan":
            return Plan(
                self.categories,
                again=self.options.again,
                creates=self.options.create_categories,
                pace=batches.pace(),
            )
        if self.options.mode == "verify":
            return Verification()
        return Storing(self.options, self.batch)

    @cached_property
    def categories(self):
        return known_categories(languages=with_columns())

    def items(self, file):
        """Yield an Item for each story of one file, a Source, and the Result of each that cannot be read; so of the file as a whole."""
        if isinstance(file, BadFile):
            yield _failure(file.path, file.sentence)
            return
        try:
            name = self.options.format or recognise(file.path)
            source = self.options.source or name
            self.sources.add(source)
            for story in FORMATS[name].read(file.path, self._context(file, source)):
                if isinstance(story, BadStory):
                    yield _failure(file.place, str(story))
                elif self._is_wanted(story):
                    self.decisions.update(story.decisions)
                    yield self._item(story, file, source)
        except BadFile as error:
            yield _failure(file.place, error.sentence)

    def treated(self, items):
        """Yield the Results of Items, and those that stand between them, in their order."""
        results = iter(self.mode.treat([item for item in items if isinstance(item, Item)]))
        for item in items:
            is_read = isinstance(item, Item)
            yield _found_again(next(results), item.story, item.file) if is_read else item

    def _is_wanted(self, story):
        only = self.options.only
        return not only or any(fnmatchcase(story.external_id, pattern) for pattern in only)

    def _context(self, file, source):
        return Context(
            languages=with_columns(),
            categories=self.categories,
            published_at=self.options.published_at,
            folder=file.folder,
            language=self.options.language,
            media=self.options.media,
            identify=partial(self._identify, file, source),
        )

    def _identify(self, file, source, _path):
        if file.is_nameless:
            sentence = (
                "it tells no id, and what comes by standard input has no name; save it as a file."
            )
            raise BadFile(file.path, sentence)
        return identify(file.place, root=file.root, language=self.options.language, source=source)

    def _item(self, story, file, source):
        alone = story.source_language if len(story.texts) == 1 else ""
        key = (source, story.external_id, story.reading or alone)
        first = self.path_of.setdefault(key, file.resolved)
        if first != file.resolved:
            # Stored under one name, the second would replace the first.
            return _failure(
                file.place,
                f"the story of {first} has the same id, {story.external_id}; import one of the "
                "two, or name the folder that holds both.",
            )
        return Item(mapping.apply(story, self.options.mapping), file, source)


def _found_again(result, story, file):
    """Name a story that failed by its file, and by its line if that holds others."""
    if result.outcome != writer.Outcome.FAILED:
        return result
    if not story.line:
        return result if story.is_whole else replace(result, name=str(file.place))
    where = f'Line {story.line}, story "{story.external_id}"'
    problems = tuple(f"{where}: {problem}" for problem in result.problems)
    return replace(result, name=str(file.place), problems=problems)


class Storing:
    """Stores stories, and names those beside others that came after them."""

    def __init__(self, options, batch):
        self.options, self.batch = options, batch
        self.awaiting, self.is_joined = [], False

    def treat(self, items):
        if not self.options.story:
            return self._stored(items)
        first = [] if self.is_joined else items[:1]
        self.is_joined = True
        words = f"only one story goes into {self.options.story}; name its file."
        others = items[len(first) :]
        return [*self._stored(first), *(_failure(other.file.place, words) for other in others)]

    def _stored(self, items):
        results = writer.save_all(list(map(self._job, items)))
        if not self.options.dry_run:
            for (story, _file, source), result in zip(items, results, strict=True):
                if result.is_awaiting:
                    self.awaiting.append((story.external_id, story.related, source))
        return results

    def _job(self, item):
        story, file, source = item
        options = self.options
        return writer.Job(
            story,
            source,
            writer.Options(
                is_certain=story.is_named or options.root is not None,
                publish=options.publish,
                # A date that was given for a whole folder is none of the pages that are here already.
                redate=story.is_named or file.is_single,
                again=options.again,
                create_categories=options.create_categories,
                into=options.story,
                dry_run=options.dry_run,
                batch=self.batch,
            ),
        )

    def lines(self):
        for external_id, related, source in self.awaiting:
            writer.relate_again(external_id, related, source=source, batch=self.batch)
        return []

    def proposals(self):
        return {}


def _failure(path, sentence):
    return writer.Result(str(path), writer.Outcome.FAILED, problems=(sentence,))
