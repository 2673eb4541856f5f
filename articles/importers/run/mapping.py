"""What staff decide on the words by which a source files its stories: a file that --plan proposes, and --map is given back.

It maps a reference or a name to a reference ("section/news"), to a tag ("tag:Water"), or to "" for nothing. null is not decided yet.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from articles.importers.story import BadFile, Story, TagLabel

KEY = "categories"
TAG = "tag:"


def read(path: Path) -> dict[str, str]:
    """Return what a mapping file says; raise BadFile where it is none."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise BadFile(path, str(error)) from error


def parse(words: str) -> dict[str, str]:
    """Return what a mapping decides; raise ValueError with a sentence where it is none."""
    try:
        mapping = json.loads(words)[KEY]
        decided = {name: where for name, where in mapping.items() if where is not None}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f'no mapping; write {{"{KEY}": {{"name": "section/news"}}}}.') from error
    for name, where in decided.items():
        is_known = isinstance(where, str) and (not where or "/" in where or where.startswith(TAG))
        if not is_known:
            raise ValueError(
                f'“{name}” is mapped to {where!r}; write "kind/slug", "tag:name", "" or null.'
            )
    return decided


def written(proposals: Mapping[str, str | None]) -> str:
    """Return the file for proposals, name -> reference or None, as staff edit it."""
    return json.dumps({KEY: proposals}, ensure_ascii=False, indent=2) + "\n"


def write(path: Path, proposals: Mapping[str, str | None]) -> None:
    """Write proposals for staff to edit."""
    path.write_text(written(proposals), encoding="utf-8")


def apply(story: Story, mapping: Mapping[str, str]) -> Story:
    """Return the story filed as the mapping says."""
    if not mapping:
        return story
    categories: list[str] = []
    tags, subjects = list(story.tags), []
    for name in story.categories:
        _place(mapping.get(name, name), categories, tags)
    for subject in story.subjects:
        known = [mapping[name] for name in subject.names.values() if name in mapping]
        if known:
            _place(known[0], categories, tags)
        else:
            subjects.append(subject)
    return replace(
        story,
        categories=tuple(dict.fromkeys(categories)),
        tags=tuple(tags),
        subjects=tuple(subjects),
    )


def _place(words: str, categories: list[str], tags: list[TagLabel]) -> None:
    if words.startswith(TAG):
        name = words.removeprefix(TAG)
        if name not in {tag.name for tag in tags}:
            tags.append(TagLabel(name=name))
    elif words:
        categories.append(words)


def propose(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str | None]:
    """Return name -> the category that is likely meant, None for none; `known` maps names of categories to references."""
    folded = {category.casefold(): reference for category, reference in known.items()}
    by_reference = {reference: reference for reference in known.values()}
    proposals: dict[str, str | None] = {}
    for name in names:
        choice = by_reference if "/" in name else folded
        close = get_close_matches(name.casefold(), choice, n=1, cutoff=0.75)
        proposals[name] = choice[close[0]] if close else None
    return proposals
