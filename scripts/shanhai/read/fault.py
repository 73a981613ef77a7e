"""Why something could not be read: raised inside this package, and turned into a `Rejected` at its border."""

from __future__ import annotations

from shanhai.records import Rejected


class UnreadableError(Exception):
    """A file, or one article of it, cannot become a `RawArticle`: the rule and a reason that names the remedy."""

    def __init__(self, rule: str, reason: str) -> None:
        self.rule, self.reason = rule, reason
        super().__init__(f"{rule}: {reason}")

    def rejected(self, file: str) -> Rejected:
        """The record of it; without an excerpt, for what cannot be read cannot be told from spam either."""
        return Rejected(file=file, rule=self.rule, reason=self.reason)
