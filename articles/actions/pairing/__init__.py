"""Stories that are one in several languages: proposed, joined by a person, and parted again."""

from articles.actions.pairing.joining import join, obstacle, part
from articles.actions.pairing.judging import confirm, put_off, refuse
from articles.actions.pairing.proposing import propose

__all__ = ["confirm", "join", "obstacle", "part", "propose", "put_off", "refuse"]
