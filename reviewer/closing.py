"""What is open for as long as a `with` block lasts."""

from __future__ import annotations

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Closing:
    """Closes itself at the end of the block, however that ends."""

    def close(self) -> None:
        """Close it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
