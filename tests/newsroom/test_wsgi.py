"""The site under its web server: it starts, answers, or says in one sentence why it does not."""

from tests.newsroom import process


def test_a_bad_setting_is_told_by_the_web_server_in_one_sentence(tmp_path):
    result = process.run(
        *("-m", "granian", "--interface", "wsgi", "newsroom.wsgi:application"),
        *("--port", "0", "--workers", "1", "--no-ws", "--log-level", "critical"),
        folder=tmp_path,
        SECRET_KEY=None,
    )

    assert result.returncode == 1
    said = result.stdout + result.stderr
    assert said.count("newsroom cannot start. SECRET_KEY is not set") == 1
    assert "Traceback" not in said


def test_a_bad_setting_is_told_by_any_web_server(tmp_path):
    result = process.run("-c", "import newsroom.wsgi", folder=tmp_path, ALLOWED_HOSTS="")

    assert result.returncode == 1
    assert process.is_one_sentence(result.stderr)


def test_the_application_answers_without_a_database(tmp_path):
    asked = (
        "import io, newsroom.wsgi as w\n"
        "env = {'REQUEST_METHOD': 'GET', 'PATH_INFO': '/robots.txt', 'SERVER_NAME': 'news.example',"
        " 'SERVER_PORT': '443', 'wsgi.url_scheme': 'https', 'wsgi.input': io.BytesIO()}\n"
        "print(w.application(env, lambda status, headers: print(status)).content)"
    )

    result = process.run("-W", "ignore", "-c", asked, folder=tmp_path)

    assert result.stdout.startswith("200 OK\nb'User-agent"), result.stderr


STARTED = "import gc, os, newsroom.wsgi as w\nfrom django.db import connection\n"


def test_a_process_that_has_started_holds_no_connection_that_nobody_uses_and_looks_through_nothing_again(
    tmp_path,
):
    asked = f"{STARTED}print(connection.connection, gc.get_freeze_count() > 10_000)"

    result = process.run("-c", asked, folder=tmp_path)

    assert result.stdout == "None True\n", result.stderr


def test_a_process_that_was_forked_follows_the_log(tmp_path):
    """As those of a web server that loads the site before it divides itself."""
    asked = (
        f"{STARTED}"
        "log, found = w.application.log, []\n"
        "for _generation in range(2):\n"
        "    log.follow()\n"
        "    print(bool(log._follower) and log._follower.is_alive(), flush=True)\n"
        "    if os.fork():\n"
        "        os.wait()\n"
        "        break\n"
    )

    result = process.run("-W", "ignore", "-c", asked, folder=tmp_path)

    assert result.stdout == "True\n" * 2, result.stderr
