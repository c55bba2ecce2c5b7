"""A register without its answers: ids, places and owners are kept; outline, target and KPI values are removed."""

from __future__ import annotations

from dataclasses import replace

from dxkpi_xl.cycle.model import Register


def emptied(register: Register) -> Register:
    """Give the register as it stood before anybody answered."""
    return replace(
        register,
        listings=tuple(replace(each, outline="", target_kind="", target="") for each in register.listings),
        kpis=tuple(replace(each, name="", baseline="", targets={}) for each in register.kpis),
    )
