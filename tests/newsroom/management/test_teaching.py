"""Below the options of a command stands how it is used, in the lines in which it is written."""

import pytest
from django.core.management import get_commands, load_command_class

from newsroom.management.teaching import TeachingCommand

OURS = [
    load_command_class(app, name)
    for name, app in sorted(get_commands().items())
    if app in {"articles", "newsroom"}
]


@pytest.mark.parametrize(
    "command", [command for command in OURS if isinstance(command, TeachingCommand)]
)
def test_help_ends_with_what_is_taught(command):
    told = command.create_parser("manage.py", "it").format_help()

    assert command.taught().strip()
    assert told.rstrip().endswith(command.taught().rstrip())
