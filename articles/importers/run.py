"""One import: files in, a report out. The command, the demo and tests call this."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from articles.importers import format_of, jsonl, page, writer
from articles.importers.decode import find_files, read_text
from articles.importers.notes import is_routine
from articles.importers.story import MAX_LENGTHS, BadFile, InputError
from articles.importers.writer import unfinished
from articles.importers.writer.topics import known_categories
from articles.models import Origin
from newsroom.languages import DEFAULT_LANGUAGE, LANGUAGES

DEEPEST = 12
"""So many folders above a file are looked at for one that came before."""


@dataclass
class Report:
    """What became of everything that was read, in its order."""

    results: list = field(default_factory=list)
    decisions: Counter = field(default_factory=Counter)
    is_interrupted: bool = False

    def add(self, result):
        self.results.append(result)

    @property
    def counts(self):
        return Counter(result.outcome for result in self.results)

    @property
    def has_failed(self):
        """Return whether anything could not be read, stored or published as asked, or is to be withdrawn."""
        return any(result.problems for result in self.results)

    def summary(self):
        """Return one line: how many stories had which outcome."""
        counts = self.counts
        return ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in writer.Outcome) + "."

    def decided(self):
        """Return one line: what was decided how often without being sure; "" for nothing."""
        told = ", ".join(f"{count:,} × {words}" for words, count in self.decisions.most_common())
        return told and f"Decided: {told}."

    def noted(self):
        """Return one line: how often something was noted that needs nobody; "" for nothing."""
        notes = (note for result in self.results for note in result.notes if is_routine(note))
        kinds = Counter(note.kind for note in notes if note.kind not in self.decisions)
        told = ", ".join(f"{count:,} × {words}" for words, count in kinds.most_common())
        return told and f"Noted: {told}."

    def totals(self):
        """Return the lines with which a run ends."""
        return [*filter(None, (self.decided(), self.noted())), self.summary()]


@dataclass(frozen=True)
class Options:
    """How to read: `language` and `published_at` are what a page does not say of itself.

    Without a language it is what the path of a page says, or the default one. `root` is the folder from
    which the paths of pages are their ids. `source` names where the stories come from; "" stands for the name of the format.
    """

    language: str = ""
    published_at: object = None
    source: str = ""
    root: Path | None = None
    publish: bool = False
    again: bool = False
    dry_run: bool = False


def run(sources, options, *, step=lambda _result: None):
    """Import files and folders; return the Report. What is broken is reported, the rest stored.

    `step` is told each Result as soon as it is there.
    """
    report = Report()
    reading = Reading(options, report.decisions)
    try:
        if not options.dry_run:
            unfinished.clear()
        for source in map(Path, sources):
            for found in find_files(source):
                for result in reading.results(found, source):
                    report.add(result)
                    step(result)
    except KeyboardInterrupt:  # the story at hand is taken back; what was done is worth telling
        report.is_interrupted = True
    return report


class Reading:
    """What one run knows beyond the file at hand: the categories, and whose ids it has met.

    `decisions` counts what the parsers decided.
    """

    def __init__(self, options, decisions):
        self.options = options
        self.decisions = decisions
        self.path_of, self.is_single = {}, False

    @cached_property
    def categories(self):
        return known_categories(languages=tuple(LANGUAGES))

    def results(self, path, source):
        """Yield the results of one file, or the one failure that kept it from being read."""
        if isinstance(path, BadFile):
            name, _, sentence = str(path).partition(": ")
            yield _failure(name, sentence)
            return
        # A date that was given for a whole folder is none of the pages that are here already.
        self.is_single = path == source
        try:
            form = format_of(path)
            for story in self._stories(form, path, source):
                if isinstance(story, InputError):
                    yield _failure(str(path), str(story))
                else:
                    yield self._result(story, path, self.options.source or form.name)
        except BadFile as error:
            yield _failure(str(path), _sentence(error, path))

    def _result(self, story, path, source):
        key = (source, story.external_id, story.reading)
        first = self.path_of.setdefault(key, path.resolve())
        if first != path.resolve():
            # Stored under one name, the second would replace the first.
            return _failure(
                str(path),
                f"the story of {first} has the same id, {story.external_id}; import one of the "
                "two, or name the folder that holds both.",
            )
        result = writer.save(
            story,
            source=source,
            is_certain=story.is_whole or self.options.root is not None,
            publish=self.options.publish,
            redate=story.is_whole or self.is_single,
            again=self.options.again,
            dry_run=self.options.dry_run,
        )
        is_lost = result.outcome == writer.Outcome.FAILED and not story.is_whole
        # A page is found again by its path, of which its id may be the last part only.
        return replace(result, name=str(path)) if is_lost else result

    def _identity(self, path, named, source):
        """Return the id of a page (its path in the root, without suffix and language) and its language.

        A file that is named alone is known by its path if it came with its folder before.
        """
        root = self.options.root or (named if named.is_dir() else None)
        inside = _inside(path, root or path.resolve().parent)
        where, language = _without_language(inside)
        if root is None:
            _where, language = _without_language(_inside(path, path.resolve().parent.parent))
            language = self.options.language or language
        external_id = (root is None and _known_id(path, source)) or where.as_posix()
        if len(external_id) > (longest := MAX_LENGTHS["external_id"]):
            raise BadFile(
                f"{path}: its path in the folder is longer than {longest} characters; shorten it."
            )
        return external_id, language or self.options.language or DEFAULT_LANGUAGE

    def _stories(self, form, path, source):
        if form.name == "jsonl":
            yield from jsonl.read(path, known_languages=tuple(LANGUAGES))
            return
        text = read_text(path)
        external_id, language = self._identity(path, source, self.options.source or form.name)
        story = page.read(
            text,
            external_id=external_id,
            language=language,
            published_at=self.options.published_at,
            known_categories=self.categories,
        )
        self.decisions.update(story.decisions)
        # A page was public where it comes from; whether it is to be so here is for `publish` to say.
        yield replace(writer.as_published(story), is_whole=False)


def _without_language(inside):
    """Return (path, language): "es/2017/pier" and "2017/pier.es" are "2017/pier" in Spanish."""
    stem, _dot, end = inside.name.rpartition(".")
    if stem and end in LANGUAGES:
        return inside.with_name(stem), end
    parts = inside.parts
    for place in reversed(range(len(parts) - 1)):
        if parts[place] in LANGUAGES:
            return Path(*parts[:place], *parts[place + 1 :]), parts[place]
    return inside, ""


def _inside(path, folder):
    try:
        return path.resolve().relative_to(folder.resolve()).with_suffix("")
    except ValueError:
        raise BadFile(
            f"{path}: it lies outside of {folder}; name the folder that holds it."
        ) from None


def _known_id(path, source):
    """Return the id by which a file that is named alone came with its folder before, or None."""
    parts = path.resolve().with_suffix("").parts[1:]
    ends = (Path(*parts[-depth:]) for depth in range(1, min(len(parts), DEEPEST) + 1))
    ids = [_without_language(end)[0].as_posix() for end in ends]
    known = Origin.objects.filter(source=source, external_id__in=ids)
    return max(known.values_list("external_id", flat=True), key=len, default=None)


def _failure(name, sentence):
    return writer.Result(name, writer.Outcome.FAILED, problems=(sentence,))


def _sentence(error, path):
    """Return what is wrong, without the path or id that it begins with: the report names the file."""
    words = str(error)
    if words.startswith(named := f"{path}: "):
        return words.removeprefix(named)
    return words.partition(": ")[2]
