"""Two registers side by side: which row, heading and owner of the old one is which of the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.cycle.model import Area, Bureau, Item, Owner, Register
from dxkpi_xl.cycle.numbering import Numbering

ItemKey = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The old and the new register; things are the same by id, headings by name, offices by code."""

    before: Register
    after: Register

    @cached_property
    def old_numbers(self) -> Numbering:
        """The printed numbers of the old register."""
        return self.before.numbering

    @cached_property
    def new_numbers(self) -> Numbering:
        """The printed numbers of the new register."""
        return self.after.numbering

    @cached_property
    def row_order(self) -> tuple[str, ...]:
        """The listing ids of both in printed order; a row that is gone follows the one it followed before."""
        kept = self.after.listing_by_id
        followers: dict[str, list[str]] = {}
        leader = ""
        for listing in self.before.listings:
            if listing.id in kept:
                leader = listing.id
            else:
                followers.setdefault(leader, []).append(listing.id)
        found = list(followers.get("", ()))
        for listing in self.after.listings:
            found += [listing.id, *followers.get(listing.id, ())]
        return tuple(found)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The year columns of either register, in order."""
        return tuple(dict.fromkeys((*self.before.cycle.years, *self.after.cycle.years)))

    def home_of_project(self, project_id: str) -> str:
        """Give the listing where a project is first listed, or was; blank where it is listed nowhere."""
        homes = (self.new_numbers.first_listing, self.old_numbers.first_listing)
        return next((home[project_id] for home in homes if project_id in home), "")

    @cached_property
    def new_key_of_item(self) -> Mapping[ItemKey, ItemKey]:
        """Where each item of the old plan stands in the new one; an item that is gone is left out."""
        found: dict[ItemKey, ItemKey] = {}
        for area in self.before.plan:
            new_area = _area_again(area, self.after.plan)
            for item in area.items if new_area else ():
                new_item = _item_again(item, new_area) if new_area else None
                if new_area and new_item:
                    found[area.no, item.no] = (new_area.no, new_item.no)
        return found

    @cached_property
    def new_bureau_of(self) -> Mapping[str, Bureau]:
        """The bureau of the new register for each bureau's name in the old one, by code."""
        by_code = {bureau.code: bureau for bureau in self.after.bureaus}
        return {bureau.name: by_code[bureau.code] for bureau in self.before.bureaus if bureau.code in by_code}

    def owner_now(self, owner: Owner) -> Owner:
        """Give an old owner under the names that its bureau and section have now."""
        if owner not in self._owners_now:
            self._owners_now[owner] = self._owner_now(owner)
        return self._owners_now[owner]

    @cached_property
    def _owners_now(self) -> dict[Owner, Owner]:
        return {}

    def _owner_now(self, owner: Owner) -> Owner:
        old, new = self.before.bureau_by_name.get(owner.bureau), self.new_bureau_of.get(owner.bureau)
        if old is None or new is None:
            return owner
        codes = {section.name: section.code for section in old.sections}
        names = {section.code: section.name for section in new.sections}
        code = codes.get(owner.section, "")
        return Owner(bureau=new.name, section=names.get(code, owner.section))


def heading_label(register: Register, key: ItemKey) -> str:
    """Give an item's heading on two lines, area and item; blank for one that the plan has not."""
    if key not in register.items:
        return ""
    area, item = register.items[key]
    return f"{area.label}\n{item.label}"


def owners_label(owners: tuple[Owner, ...]) -> str:
    """Give owners, one a line, the lead first."""
    return "\n".join(map(str, owners))


def flat(text: str) -> str:
    """Give a text on one line, white space folded: names are compared so."""
    return " ".join(text.split())


def _area_again(area: Area, plan: tuple[Area, ...]) -> Area | None:
    names = Counter(each.name for each in plan)
    if names[area.name] == 1:
        return next(each for each in plan if each.name == area.name)
    return next((each for each in plan if each.no == area.no), None)


def _item_again(item: Item, area: Area) -> Item | None:
    names = Counter(each.name for each in area.items)
    if item.name and names[item.name] == 1:
        return next(each for each in area.items if each.name == item.name)
    return next((each for each in area.items if each.no == item.no), None)
