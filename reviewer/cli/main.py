"""The entry point: an exit code and one sentence for every error, never a traceback.

Nothing heavy is imported before it is known what is asked for.
"""

import contextlib
import io
import os
import sys
from collections.abc import Sequence

CLOSED_PIPE = 141  # what a shell gives a program that SIGPIPE ended
INTERRUPTED = 130
NAME = "reviewer"
COMPLETION = "_REVIEWER_COMPLETE"  # a shell asks for completions through it


def main() -> None:
    """Run the program on the arguments it was started with."""
    # What a case holds can cost lives: files are made for their owner alone.
    os.umask(0o077)
    _settle_streams()
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Run one command and say what went wrong, if anything did.

    Returns:
        The exit code.
    """
    try:
        code = _command(args)
        from reviewer.cli.out import flush

        flush()
    except BrokenPipeError:
        _write_nowhere()
        code = CLOSED_PIPE
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        fault = _output_fault(error)
        code = _crashed(error) if fault is None else _unwritten(fault)
    except Exception as error:  # noqa: BLE001 - the last resort: a log instead of a traceback
        code = _crashed(error)
    return code


def complain(sentence: str) -> None:
    """Say what is wrong, on stderr."""
    from reviewer.text.display import display

    # Where even that cannot be said, the exit code is all there is.
    with contextlib.suppress(OSError):
        print(f"reviewer: {display(sentence, newlines=False)}", file=sys.stderr)


def _command(args: Sequence[str]) -> int:
    from reviewer.cli.quick import quick
    from reviewer.model.errors import ReviewerError

    asked = quick(args) if COMPLETION not in os.environ else None
    if asked is None:
        return _clicked(args)
    try:
        return asked()
    except ReviewerError as error:
        complain(error.sentence)
        return error.exit_code


def _clicked(args: Sequence[str]) -> int:
    """Have click look at a command line."""
    import click

    from reviewer.cli.program import program
    from reviewer.model.errors import ReviewerError

    if COMPLETION in os.environ:
        program.main(list(args), prog_name=NAME)
    try:
        # Not click's own `main`, which takes a closed pipe and Ctrl+C for mistakes.
        with program.make_context(NAME, list(args)) as ctx:
            result = program.invoke(ctx)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else NAME
        # Some of click's messages are lists, a line for each thing to choose from.
        said = " ".join(error.format_message().split()).rstrip(".")
        complain(f"{said}{'' if said.endswith('?') else '.'} For help: {where} --help")
        return error.exit_code
    except click.ClickException as error:
        complain(error.format_message())
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except ReviewerError as error:
        complain(error.sentence)
        return error.exit_code
    return result if isinstance(result, int) else 0


def _settle_streams() -> None:
    """Write UTF-8, and write what cannot be written as an escape rather than fail.

    A terminal of another encoding keeps it: some of the bytes of UTF-8 would be control
    characters there.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # it was closed before the program began
            # What a command says on a closed output must fail, complaints need not.
            mode = os.O_RDONLY if name == "stdout" else os.O_WRONLY
            nowhere = os.fdopen(os.open(os.devnull, mode), "w", encoding="utf-8")
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _output_fault(error: OSError) -> OSError | None:
    """Why the output cannot be written, if it is that which went wrong."""
    from reviewer.cli.out import OutputError

    if isinstance(error, OutputError):
        return error
    # What click could not write is tried once more.
    try:
        sys.stdout.flush()
    except OSError as fault:
        return fault
    return None


def _unwritten(fault: OSError) -> int:
    _write_nowhere()
    complain(f"The output cannot be written ({fault.strerror or fault}).")
    return 1


def _write_nowhere() -> None:
    # Python flushes once more when it ends; that must not fail in turn.
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)


def _crashed(error: Exception) -> int:
    try:
        from reviewer.service.crash import missing_library, write_crash_log

        if said := missing_library(error):
            complain(said)
            return 1
        log = f"what happened is written in {write_crash_log(error)}, for your eyes alone"
    except Exception as failed:  # noqa: BLE001 - a fault in telling of a fault is told too
        log = f"no log of it could be written ({failed})"
    complain(f"The program has a fault and stopped; nothing that was recorded is lost; {log}.")
    return 1
