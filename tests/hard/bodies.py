"""Bodies of the hard cases: the shortest story, and one with every element that a body may have."""

from tests.hard import words


def paragraphs(language, count=3):
    return f"<p>{words.PARAGRAPH[language]}</p>" * count


def every_block(language, *, images, story):
    """Return a body with each element of docs/reference/body.md, with the images, and links to a story."""
    text, long = words.PARAGRAPH[language], words.LONGEST[language]
    code = "en" if language == "ar" else "ar"
    other = f'<span lang="{code}">{words.PLAIN[code]}</span>'
    figures = "".join(f'<figure data-image="{image.pk}"></figure>' for image in images[1:])
    return "".join(
        [
            f"<p>{text} <strong>{long}</strong> <em>{text}</em> CO<sub>2</sub>, 10<sup>6</sup></p>",
            f"<h2>{long}</h2><p>{text}<br>{words.UNBROKEN[language]}</p><h3>{text}</h3>",
            f'<p><a data-article="{story.pk}">{text}</a> <a href="https://site.example/{"x" * 90}">{long}</a></p>',
            f"<ul><li>{text}<ul><li>{long}</li><li>{text}</li></ul></li><li>{text}</li></ul>",
            f"<ol>{f'<li>{text}</li>' * 12}</ol>",
            f"<blockquote><p>{text}</p><p>{long}</p><cite>{long}</cite></blockquote>",
            f'<blockquote data-pull=""><p>{text}</p><cite>{words.SHORT[language]}</cite></blockquote>',
            f"<p><bdi>{words.OTHER_SCRIPT[language]}</bdi> {other} {text}</p>",
            figures,
            f'<aside data-article="{story.pk}"></aside>',
            '<div data-embed="https://video.example/watch?v=0123456789"></div>',
            _table(language),
            f"<p>{text}</p>" * 4,
        ]
    )


def _table(language):
    words_of = words.LONGEST[language].split()
    head = "".join(f'<th scope="col">{words_of[place % len(words_of)]}</th>' for place in range(9))
    rows = "".join(
        f'<tr><th scope="row">{words.PLAIN[language]}</th>'
        + "".join(f"<td>{(row + 1) * 1234 * place}</td>" for place in range(1, 9))
        + "</tr>"
        for row in range(5)
    )
    return (
        f"<table><caption>{words.PLAIN[language]}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
