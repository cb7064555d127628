"""The one question of the first start: under which name verdicts are recorded."""

from __future__ import annotations

import sys

from reviewer.model.errors import UsageError


def is_nameless() -> bool:
    """Whether nothing is known yet of who reads here.

    Raises:
        UsageError: the settings cannot be understood.
    """
    from reviewer.service.config import load_config
    from reviewer.service.identity import given_name

    return not (given_name() or load_config().reader)


def ask_name() -> None:
    """Ask a reader at a terminal for the name, and remember it.

    An empty answer takes the name offered. The end of the input takes it for now.
    """
    from reviewer.cli.out import say
    from reviewer.service.identity import checked_reader, keep_reader_name, offered_name
    from reviewer.text.display import display

    offer = offered_name()
    while True:
        sys.stdout.write(f"Your name, as it will stand beside your verdicts [{display(offer)}]: ")
        sys.stdout.flush()
        answer = sys.stdin.readline()
        if not answer:
            return
        try:
            keep_reader_name(checked_reader(answer.strip() or offer))
        except UsageError as error:
            say(error.sentence)
        else:
            return
