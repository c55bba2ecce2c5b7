"""XlsxWriter's worksheet with rows that keep a height and still grow."""

from typing import Any

from xlsxwriter.worksheet import Worksheet


class GrowingWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A row with ``ht`` but without ``customHeight`` is as high as we say and grows as text is typed.

    XlsxWriter always writes both; the attribute is left out where the row's start tag is written.
    """

    def __init__(self) -> None:
        super().__init__()
        self.growing_rows: set[int] = set()

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Without its =, and nothing else: ours were checked, where XlsxWriter looks for 70 newer functions in each."""
        if formula.startswith("=") and not expand_future_functions:
            return formula[1:]
        return str(super()._prepare_formula(formula, expand_future_functions))

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_start_tag_unencoded(tag, self._without_custom_height(tag, attributes))

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_empty_tag_unencoded(tag, self._without_custom_height(tag, attributes))

    def _without_custom_height(self, tag: str, attributes: Any) -> Any:
        if tag == "row" and dict(attributes).get("r") in self.growing_rows:
            return [pair for pair in attributes if pair[0] != "customHeight"]
        return attributes
