"""The commands of the program, each loaded when it is needed."""

from importlib import import_module

import click

import reviewer

COMMANDS = {
    "demo": "demo:demo",
    "new": "new:new",
    "import": "importing:import_",
    "review": "review:review",
    "queue": "reading:queue",
    "show": "reading:show",
    "texts": "reading:texts",
    "search": "searching:search",
    "suggest": "suggesting:suggest",
    "decide": "acts:decide",
    "note": "acts:note",
    "link": "linking:link",
    "set-aside": "acts:set_aside",
    "withdraw": "acts:withdraw",
    "reopen": "ageing:reopen",
    "recheck": "ageing:recheck",
    "changes": "ageing:changes",
    "rival": "rivals:rival",
    "rivals": "rivals:rivals",
    "hypotheses": "hypotheses:hypotheses",
    "undo": "acts:undo",
    "redo": "acts:redo",
    "grade": "grading:grade",
    "card": "calls:card",
    "gaps": "gaps:gaps",
    "ask": "gaps:ask",
    "answer": "gaps:answer",
    "log": "log:log",
    "redact": "redacting:redact",
    "status": "reading:status",
    "summary": "summing:summary",
    "agreement": "agreement:agreement",
    "method": "method:method",
    "origins": "origins:origins",
    "origin": "origins:origin",
    "readers": "sealing:readers",
    "enrol": "sealing:enrol",
    "seal": "sealing:seal",
    "bundle": "merging:bundle",
    "merge": "merging:merge",
    "disagreements": "merging:disagreements",
    "second": "second:second",
    "adjudicate": "second:adjudicate",
    "export": "exporting:export",
    "verify": "checking:verify",
    "backup": "backup:backup",
    "rescue": "rescuing:rescue",
    "doctor": "doctor:doctor",
}


class Program(click.Group):
    """A group of commands that imports the module of a command when it is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Every command, in the order in which a case meets them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"reviewer.cli.{module}"), name)
        if not isinstance(found, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is no command")
        return found


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(reviewer.__version__, "--version", message="reviewer %(version)s")
@click.pass_context
def program(ctx: click.Context) -> None:
    """Review evidence claim by claim: statements, intercepted calls, verdicts by one key.

    CASE is the path of a case file. `reviewer demo` opens the founding case.
    """
    if ctx.invoked_subcommand is None:
        from reviewer.cli.start import start

        ctx.exit(start(ctx))
