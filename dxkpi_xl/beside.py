"""What is published beside the annex: the merged register, the open data, 変更点 and the lineage; in a light module,
since a child process that makes them imports no more than this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl import workspace as ws
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.register_json import RegisterTexts, register_from_record
from dxkpi_xl.form.columns import Form
from dxkpi_xl.merge.differences import compare
from dxkpi_xl.merge.fates import Fate
from dxkpi_xl.merge.lineage import History, year_of_events
from dxkpi_xl.merge.lineage_json import history_from_record, history_to_json
from dxkpi_xl.open_data.files import open_data_files
from dxkpi_xl.open_data.settings import OpenDataSettings
from dxkpi_xl.reports.changes.workbook import changes_workbook


@dataclass(frozen=True, kw_only=True)
class BesideAnnex:
    """All that they are made from, here or in another process.

    ``start`` is the register that the cycle started from; None where it is read from its record, which is sealed.
    The history of lineage is read from its file, which must have been judged.
    """

    workspace: ws.Workspace
    form: Form
    start: Register | None
    register: Register
    fates: Mapping[str, Fate]

    def files(self) -> Mapping[Path, bytes]:
        """Make them: bytes by path."""
        workspace, register, texts = self.workspace, self.register, RegisterTexts()
        files = {workspace.register: texts.of(register).encode("utf-8")}
        settings = OpenDataSettings(bom=register.cycle.open_data_bom)
        for name, data in open_data_files(self.form, register, settings, texts).items():
            files[workspace.open_data / name] = data
        start = self.start or register_from_record(workspace.started_record.read_bytes())
        differences = compare(start, register, self.fates)
        files[workspace.changes] = changes_workbook(self.form, start, register, self.fates, differences)
        lineage = history_from_record(workspace.lineage.read_bytes()) if workspace.lineage.is_file() else History()
        history = lineage.with_year(year_of_events(start, register, self.fates, differences))
        files[workspace.lineage] = history_to_json(history).encode("utf-8")
        return files
