"""What returns are judged against: the form, the register as it was issued, and its surveys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.survey import Surveys
from dxkpi_xl.form.columns import Column, Form


@dataclass(frozen=True, kw_only=True)
class Issued:
    """The form and the register as issued; surveys and columns follow from them."""

    form: Form
    register: Register

    def __getstate__(self) -> dict[str, object]:
        """Give what a child process is sent: only what the rest follows from."""
        return {"form": self.form, "register": self.register}

    @cached_property
    def surveys(self) -> Surveys:
        """The surveys that were sent out, by 調査票ID."""
        return Surveys(self.form, self.register)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The form's columns with this cycle's years."""
        return self.form.columns_for(self.register.cycle.years)
