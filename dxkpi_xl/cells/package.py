"""The parts of one workbook file, with the tags that may still be read of them."""

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.xml_pass import TagCount, XmlPart
from dxkpi_xl.cells.zip_parts import ZipParts


class Package:
    """An opened file.  Raises Unreadable as ZipParts does."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.parts = ZipParts(data, limits)
        self._tags = TagCount(limits.tags)

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def xml(self, name: str) -> XmlPart:
        """A part, inflated, to be passed over.

        Raises Unreadable as ZipParts.read does, and TOO_LARGE for too many tags in all parts asked for.
        """
        data = self.parts.read(name)
        self._tags.spend(data)
        return XmlPart(name, data)
