"""The one family of errors that a person may read."""


class ReviewerError(Exception):
    """Something a person can understand and mend: one sentence, with the remedy in it.

    `exit_code` is what a command ends with: 1, or 2 where the command was used wrongly.
    """

    exit_code = 1

    @property
    def sentence(self) -> str:
        """What to say, without a trailing line break."""
        return str(self.args[0]) if self.args else self.__class__.__name__


class UsageError(ReviewerError):
    """The command was used wrongly: an option or a value that cannot be."""

    exit_code = 2


class CaseError(ReviewerError):
    """The case file cannot be opened, read or written."""


class CaseBusyError(CaseError):
    """Another program holds the case file; trying again may help."""


class ReadOnlyError(CaseError):
    """The case is open for reading only."""


class NotFoundError(ReviewerError):
    """No claim, statement, recording or verdict value of this name."""


class FilterError(UsageError):
    """A filter that cannot be understood. `at` is the place of the mistake in it."""

    def __init__(self, sentence: str, at: int) -> None:
        super().__init__(sentence)
        self.at = at

    @property
    def sentence(self) -> str:
        """What to say, with the place."""
        return f"{self.args[0]} (character {self.at + 1})"

    def moved(self, by: int) -> "FilterError":
        """The same mistake in a text that has so many characters before the filter."""
        return FilterError(str(self.args[0]), self.at + by)


class StoppedError(ReviewerError):
    """A look-up was stopped, or took longer than it may; nothing is known of its end."""


class NothingToDoError(ReviewerError):
    """The act would change nothing: nothing to undo, no verdict to withdraw."""


class ClaimChangedError(ReviewerError):
    """Somebody else changed the claim since it was shown; nothing was recorded."""


class ReasonNeededError(ReviewerError):
    """A strong verdict rests on fewer origins than the case asks for, and no reason is given.

    `rests` says on how many, and how many are asked for, as a front end asks for the reason.
    """

    def __init__(self, sentence: str, rests: str) -> None:
        super().__init__(sentence)
        self.rests = rests


class UnreadableError(ReviewerError):
    """A file to import that cannot be read at all."""
