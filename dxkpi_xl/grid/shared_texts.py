"""The texts of a book, each held and written once; its cells name them by number."""

import re

from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable

#: A text in several fonts: of each run its font, as XML, and what it says.
RichText = tuple[tuple[str, str], ...]

#: What XlsxWriter escapes in a text; looking for it at once is cheaper than replacing each.
_CARE = re.compile(r"[&<>_\x00-\x08\x0b-\x1f\ufffe\uffff]")


class SharedTexts(SharedStringTable):  # type: ignore[misc]  # XlsxWriter ships no types
    """XlsxWriter's table of strings, which holds rich texts by their runs: as XML each would be ten times as long."""

    string_table: dict[str | RichText, int]

    def _sort_string_data(self) -> None:
        # They were numbered in the order in which they were put in.
        self.string_array = list(self.string_table)
        self.string_table = {}


class TextsPart(SharedStrings):  # type: ignore[misc]  # XlsxWriter ships no types
    """The part of the file that holds the texts; whatever a text looks like, it is no markup."""

    def _write_sst_strings(self) -> None:
        write = self.fh.write
        for text in self.string_table.string_array:
            if isinstance(text, str):
                write(f"<si>{self._said(text)}</si>")
            else:
                write(f"<si>{''.join(f'{font}{self._said(run)}</r>' for font, run in text)}</si>")

    def _said(self, text: str) -> str:
        if _CARE.search(text):
            text = self._escape_control_characters(self._escape_data(text))
        space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
        return f"<t{space}>{text}</t>"
