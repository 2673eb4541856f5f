import io

from django.core.management.base import OutputWrapper

from newsroom.management.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def counted(stream, *names):
    progress = Progress(OutputWrapper(stream), label="Stories")
    for name in names:
        progress.step(name)
    progress.clear()
    return progress.count, stream.getvalue()


def test_a_terminal_sees_one_line_that_is_removed_at_the_end():
    count, written = counted(Terminal(), "one", "two")

    assert count == 2
    assert written == "\r\x1b[KStories 1 one\r\x1b[KStories 2 two\r\x1b[K"


def test_the_rate_and_the_time_that_is_left_are_told_once_they_are_known():
    stream = Terminal()
    progress = Progress(OutputWrapper(stream), label="Stories", total=4000)
    progress.began -= 10
    progress.count = 999

    progress.step("last")

    assert stream.getvalue().endswith("Stories 1,000 of 4,000, 100/s, 0:00:30 left last")


def test_a_file_sees_nothing():
    assert counted(io.StringIO(), "one", "two") == (2, "")


def test_a_name_cannot_steer_the_terminal():
    _count, written = counted(Terminal(), "a\n\x1b[2Jb" + "x" * 100)

    assert "a??[2Jb" in written
    assert "\n" not in written
    assert len(written) < 100
