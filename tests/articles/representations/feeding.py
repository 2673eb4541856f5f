"""One feed of two stories, without a database."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace

from django.utils.safestring import mark_safe

from articles.body import Body
from articles.pages.feed import Entry, Feed
from articles.pages.story.parts import Credit, Line, Topic
from articles.pages.subject import Subject
from newsroom.site.identity import Identity

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)
LATER = datetime(2019, 6, 16, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Node:
    pk: int
    label: str
    url: str


def picture(
    caption="Waves & wind", credit_line="A. Painter / Sea", licence="CC BY 4.0", light_bytes=1234
):
    """Return what a story knows of a picture that readers may see."""
    return SimpleNamespace(
        picture=SimpleNamespace(
            src="/media/sea.jpg",
            width=960,
            height=640,
            light="/media/sea-640.jpg",
            light_bytes=light_bytes,
        ),
        image=SimpleNamespace(
            credit_line=credit_line,
            creator="A. Painter",
            copyright_notice="© Sea",
            licence=licence,
            licence_url="https://l.example/",
        ),
        alt='The "sea"',
        caption=caption,
        is_lead=True,
    )


STORY = Entry(
    article_id=12,
    language="es",
    url="/es/2019/06/15/el-mar/",
    title="El mar & <la> sal",
    standfirst="Sube.",
    body=Body("<p>Agua</p>"),
    html=mark_safe("<p>Agua</p>"),
    published_at=AT,
    updated_at=LATER,
    categories=[Node(7, "Océano", "/es/region/oceano/")],
    tags=[Topic(3, "Sal", "/es/tag/sal/", "topic")],
    bylines=[
        Line(
            "author",
            [
                Credit(1, "Ana Duarte", "/es/author/ana-duarte/"),
                Credit(2, "Ben", "/es/author/ben/"),
            ],
        ),
        Line("translator", [Credit(3, "Cleo", "/es/author/cleo/")]),
        Line("photographer", [Credit(4, "Dan", "/es/author/dan/")]),
    ],
    uses=[picture()],
    shown=[picture()],
    translations={"en": "/en/2019/06/15/sea/"},
)
BARE = replace(
    STORY,
    article_id=13,
    title="Nada",
    standfirst="",
    categories=[],
    tags=[],
    bylines=[],
    shown=[],
    translations={},
    updated_at=AT,
)


def feed(*entries, name="category", pk=7, description="Todo el mar."):
    about = Subject(
        name,
        pk,
        heading="Océano",
        url_in=lambda code: f"/{code}/region/oceano/",
        description=description,
    )
    return Feed(about, "es", list(entries) or [STORY, BARE], None, Identity().within("es"))
