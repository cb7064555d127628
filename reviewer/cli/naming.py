"""The one question of the first start: under which name verdicts are recorded."""

import sys

from reviewer.cli.out import say
from reviewer.model.errors import UsageError


def ask_name() -> None:
    """Ask a reader at a terminal for the name, where none is known yet, and remember it.

    An empty answer takes the name offered. The end of the input takes it for now.
    """
    from reviewer.service.config import load_config
    from reviewer.service.identity import given_name, keep_reader_name, offered_name
    from reviewer.service.looking import checked_reader
    from reviewer.text.display import display

    if load_config().reader or given_name():
        return
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
