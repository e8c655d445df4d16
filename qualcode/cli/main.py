"""The command line: which commands there are, and how a call ends.

Nobody sees a traceback for a mistake in their files or options: errors become one line on stderr and a
documented exit code. `--debug` shows where an error came from.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from io import TextIOWrapper
from itertools import pairwise

import click

from qualcode.cli.common import (
    ENVIRONMENT,
    FINE,
    INTERRUPTED,
    USAGE,
    Talk,
    complain,
    show_problems,
    talk,
    wants_color,
    words,
)
from qualcode.cli.lazy import Entry, LazyGroup, common_options
from qualcode.language import LANGUAGES, choose_language
from qualcode.problems import QualcodeError

COMPLETE = "_QUALCODE_COMPLETE"  # set by the script that `qualcode completion` prints
BROKEN = 70  # a mistake in qualcode itself, by the old custom of sysexits.h
SELDOM = 500_000  # new objects between two searches for garbage in circles

COMMANDS = {
    "init": Entry("qualcode.cli.init:init", "Begin a study: a folder that runs at once."),
    "run": Entry("qualcode.cli.run:run", "Code a study and write all its results."),
    "code": Entry("qualcode.cli.code:code", "Code a folder of documents: the coding pass alone."),
    "network": Entry("qualcode.cli.network:network", "Which codes travel together, from a result folder."),
    "timeline": Entry("qualcode.cli.timeline:timeline", "Codes over time, from a result folder."),
    "analyze": Entry("qualcode.cli.analyze:analyze", "One named analysis of a result folder."),
    "report": Entry("qualcode.cli.report:report", "The report of a result folder, in another language."),
    "kwic": Entry("qualcode.cli.kwic:kwic", "Every place of a term, code or rule, with its context."),
    "try": Entry("qualcode.cli.trying:try_", "What a code, rule or expression finds, at once."),
    "watch": Entry("qualcode.cli.watch:watch", "Check, test and try the codebook again on every save."),
    "explain": Entry(
        "qualcode.cli.explain:explain", "Why a segment is coded as it is, and why not otherwise."
    ),
    "compare": Entry("qualcode.cli.compare:compare", "Two runs side by side: what changed, and why."),
    "agreement": Entry("qualcode.cli.agreement:agreement", "How far coders agree, people and machine."),
    "sample": Entry("qualcode.cli.sample:sample", "Draw segments to code blind, before results are seen."),
    "validate": Entry("qualcode.cli.validate:validate", "Precision and recall against what people coded."),
    "claims": Entry("qualcode.cli.claims:claims", "What a study claims, checked on its results."),
    "verify": Entry("qualcode.cli.verify:verify", "Run a result folder again and compare every byte."),
    "review": Entry("qualcode.cli.review:review", "Review codings on a page or in sheets."),
    "decide": Entry("qualcode.cli.review:decide", "Write one decision about a coding or segment."),
    "corpus": Entry("qualcode.cli.corpus:corpus", "Look at the material before anything is coded."),
    "codebook": Entry("qualcode.cli.codebook:codebook", "Check, test, show and begin codebooks."),
    "completion": Entry("qualcode.cli.completion:completion", "Print the completion script for a shell."),
}


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from qualcode import __version__

        click.echo(f"qualcode {__version__}")
        ctx.exit()


cli = LazyGroup(
    "qualcode",
    table=COMMANDS,
    help=(
        "Deductive qualitative coding that can be checked: a folder of interviews and policy documents, a"
        " codebook in YAML, and one command give coded segments, a co-occurrence network, timeline tables"
        " and a report."
    ),
    epilog=(
        "\b\nExamples:\n"
        "  qualcode init my_study --lang zh\n"
        "  qualcode run my_study\n"
        "  qualcode code transcripts --codebook codebook.yaml --out coded\n"
        "  qualcode verify my_study/results"
    ),
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help="Show the version.",
        ),
        *common_options(),
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
)


def call(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; every error has been told by then."""
    prepare_streams()
    given = sys.argv[1:] if arguments is None else list(arguments)
    lang = choose_language(_asked(given), os.environ, _system_language())
    talk.set(Talk(lang=lang, color=wants_color(sys.stderr)))
    try:
        completing = os.environ.get(COMPLETE)
        if completing:
            from click.shell_completion import shell_complete

            return shell_complete(cli, {}, "qualcode", COMPLETE, completing)
        with cli.make_context("qualcode", given) as context:
            outcome = cli.invoke(context)
        sys.stdout.flush()
    except Exception as error:
        if talk.get().debug and not isinstance(error, click.exceptions.Exit):
            import traceback

            traceback.print_exc()
        return tell(error)
    except KeyboardInterrupt:
        complain("interrupted; nothing was changed")
        return INTERRUPTED
    return outcome if isinstance(outcome, int) else FINE


def tell(error: Exception) -> int:
    """Tell an error in one line (and its problems) and return the exit code it stands for."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.Abort):
        complain("interrupted; nothing was changed")
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        if type(error).__name__ == "NoArgsIsHelpError":  # click 8.2 and later: its message is the help
            click.echo(error.format_message(), err=True)
            return USAGE
        complain("error: {message}", message=usage_message(error))
        if isinstance(error, click.UsageError) and error.ctx is not None:
            complain("see: {command} --help", command=error.ctx.command_path)
        return USAGE
    if isinstance(error, QualcodeError):
        from qualcode.cli.summary import nearer

        show_problems(nearer(error.problems))
        hint = words(error.hint_template, **error.values)
        message = words(error.template, **error.values)
        complain("error: {message}", message=f"{message}; {hint}" if hint else message)
        return error.exit_code
    if isinstance(error, BrokenPipeError) or (isinstance(error, OSError) and error.errno == errno.EPIPE):
        # The reader (head, less) has enough: no message, and none from Python when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    if isinstance(error, OSError):
        complain("error: {message}", message=os_message(error))
        return ENVIRONMENT
    if isinstance(error, MemoryError):
        complain("error: the memory of this computer does not suffice")
        return ENVIRONMENT
    complain(
        "error: qualcode itself failed ({kind}: {message}); please report it with the output of --debug",
        kind=type(error).__name__,
        message=error,
    )
    return BROKEN


def usage_message(error: click.ClickException) -> str:
    """Say what is wrong with the call, in the person's language where click's message is a known one."""
    if isinstance(error, click.NoSuchOption):
        known = [name for param in error.ctx.command.params for name in param.opts] if error.ctx else []
        close = get_close_matches(error.option_name, sorted(known), n=1, cutoff=0.5)
        if close:
            guess = close[0]
            return words("no option {name}; did you mean {guess}?", name=error.option_name, guess=guess)
        return words("no option {name}", name=error.option_name)
    if isinstance(error, click.MissingParameter):
        hint = error.param_hint or (
            error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        )
        shown = hint if isinstance(hint, str) else ", ".join(hint)
        return words("{name} is missing", name=shown)
    from qualcode.cli.clicksaid import in_words

    return in_words(error.format_message())


def os_message(error: OSError) -> str:
    """Say what the machine refuses, with the file it is about."""
    path = os.fspath(error.filename) if error.filename else ""
    reasons = {
        errno.ENOSPC: words("the disk is full"),
        getattr(errno, "EDQUOT", -1): words("the disk quota is used up"),
        errno.EACCES: words("no permission, or the file is open in another program"),
        errno.EPERM: words("no permission, or the file is open in another program"),
        errno.EROFS: words("the disk can only be read"),
    }
    reason = reasons.get(error.errno or 0, error.strerror or str(error))
    return f"{path}: {reason}" if path else str(reason)


def prepare_streams() -> None:
    """Make stdout and stderr able to print anything: a GBK console has no 😀 and must not stop for it.

    One that was closed before we began (`>&-`, a Windows service) becomes a stream to nowhere.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (as long as we live)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _asked(arguments: Sequence[str]) -> str | None:
    """The language a call for help asks for, wherever it does: --help is answered before --lang is read."""
    if not {"-h", "--help"} & set(arguments):
        return None
    line = [part for argument in arguments for part in argument.split("=", 1)]
    return next((value for name, value in pairwise(line) if name == "--lang" and value in LANGUAGES), None)


def _system_language() -> str:
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


def main() -> None:
    """Entry point of the `qualcode` script."""
    # A codebook and what is found with it stay until the end: to look through them for garbage every few
    # hundred objects takes a fifth of the time, and finds little.
    gc.set_threshold(SELDOM)
    code = call()
    gc.freeze()  # all of it ends with the process: nothing is looked through once more
    sys.exit(code)
