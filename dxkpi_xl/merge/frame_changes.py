"""What changed in the frame of a register: the plan's headings and the organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.merge.change import Change, ChangeKind, Thing
from dxkpi_xl.merge.comparison import Comparison, heading_label


def heading_changes(pair: Comparison) -> Iterator[Change]:
    """Give the items of the plan that are gone, new, or have another number or name; ids are the new ones if any."""
    old_of = {new: old for old, new in pair.new_key_of_item.items()}
    for key in pair.before.items:
        if key not in pair.new_key_of_item:
            yield _change(Thing.HEADING, " ".join(key), heading_label(pair.before, key), "")
    for key in pair.after.items:
        before = heading_label(pair.before, old_of[key]) if key in old_of else ""
        after = heading_label(pair.after, key)
        if before != after:
            yield _change(Thing.HEADING, " ".join(key), before, after)


def organisation_changes(pair: Comparison) -> Iterator[Change]:
    """Give the bureaus and sections that are gone, new, or have another name; the same ones by their codes."""
    before, after = _offices(pair.before), _offices(pair.after)
    for code in {**before, **after}:
        (old_name, old), (new_name, new) = before.get(code, ("", "")), after.get(code, ("", ""))
        if old_name != new_name:
            yield _change(Thing.ORGANISATION, code, old, new)


def _offices(register: Register) -> Mapping[str, tuple[str, str]]:
    """Give each office's own name (a section's bureau has its own line) and its label, by code."""
    found: dict[str, tuple[str, str]] = {}
    for bureau in register.bureaus:
        found[bureau.code] = bureau.name, bureau.name
        for section in bureau.sections:
            found[f"{bureau.code}/{section.code}"] = section.name, f"{bureau.name} {section.name}"
    return found


def _change(thing: Thing, id_: str, before: str, after: str) -> Change:
    kind = ChangeKind.RENAMED if before and after else ChangeKind.NEW if after else ChangeKind.ENDED
    return Change(kind=kind, thing=thing, id=id_, name=after or before, before=before, after=after)
