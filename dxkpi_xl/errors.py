"""The program's own exceptions: what could not be done, and what to do about it."""


class CannotProceed(Exception):
    """A step that could not be done; said to the official as one line of Japanese.

    ``what`` says what is wrong (file and place included), ``remedy`` what to do next; ``details`` are further lines,
    one for each place that is to be mended.
    """

    def __init__(self, what: str, remedy: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy
        self.details = details


class TemplateBroken(CannotProceed):
    """A file in templates/ says something that cannot be: file, entry and reason are in the message."""

    def __init__(self, file: str, entry: str, reason: str) -> None:
        super().__init__(f"{file} の {entry}: {reason}", "この項目を直してから、もう一度実行してください。")
        self.file = file
        self.entry = entry
        self.reason = reason
