"""The plan of a run: which columns the output has and how its rows are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from framescope.batch.settings import Appearance, ColumnGroup
from framescope.errors import InputError
from framescope.tables.chunks import Header, Wanted
from framescope.tables.formats import FormatName, TableFormat


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a worker needs to turn a chunk into bytes of the output; it can be pickled.

    ``keeps_raw`` says that a row is written as it stood in the input, with columns appended; else
    its values are written anew (another format, or cells made safe for Excel).
    """

    frames: tuple[str, ...]
    appearance: Appearance
    source: FormatName
    target: TableFormat
    columns: tuple[str, ...]
    delimiter: str = ","
    line_end: str = "\n"
    schema: Any = None

    @property
    def keeps_raw(self) -> bool:
        """Whether rows are written as they stood in the input."""
        if self.appearance.excel_safe or self.target.name == "parquet":
            return False
        return self.source == self.target.name

    @property
    def appended(self) -> tuple[str, ...]:
        """Names of the columns that the run adds, in order."""
        groups: dict[ColumnGroup, tuple[str, ...]] = {
            "frames": ("frames",),
            "top": ("top_frame", "top_probability"),
            "probabilities": tuple(f"p_{frame}" for frame in self.frames),
            "evidence": ("evidence",),
            "voice": ("voice",),
        }
        names = [name for group in self.appearance.columns for name in groups[group]]
        names.insert(self._place_of_abstained(), "abstained")
        return tuple(self.appearance.prefix + name for name in names)

    @property
    def wanted(self) -> Wanted:
        """What the reader of the input is to deliver."""
        becomes_table = self.source == "jsonl" and self.target.name != "jsonl"
        return Wanted(
            self.appearance.text_column,
            records=not self.keeps_raw,
            reserved=frozenset(self.appended) if self.source == "jsonl" else frozenset(),
            columns=frozenset(self.columns) if becomes_table else None,
        )

    def is_number(self, name: str) -> bool:
        """Whether an appended column holds probabilities."""
        plain = name.removeprefix(self.appearance.prefix)
        return plain == "top_probability" or plain.startswith("p_")

    def _place_of_abstained(self) -> int:
        chosen = self.appearance.columns
        return ("frames" in chosen) + 2 * ("top" in chosen)


def make_plan(
    header: Header,
    source: FormatName,
    target: TableFormat,
    frames: tuple[str, ...],
    appearance: Appearance,
) -> Plan:
    """Return the plan for an input's header, a model's frames and an appearance.

    Raises :class:`InputError` when a new column has the name of an input's column.
    """
    if appearance.excel_safe and target.name not in ("csv", "tsv"):
        raise InputError(f"--excel-safe is for CSV and TSV, and the output is {target.name}.")
    same = source == target.name
    delimiter = "\t" if target.name == "tsv" else ","
    plan = Plan(
        frames,
        appearance,
        source,
        target,
        header.columns,
        header.delimiter if same else delimiter,
        header.line_end if same else "\n",
        header.schema,
    )
    _check_names(plan)
    return plan


def _check_names(plan: Plan) -> None:
    taken = [name for name in plan.appended if name in set(plan.columns)]
    if taken:
        shown = ", ".join(repr(name) for name in taken[:5]) + (" …" if len(taken) > 5 else "")
        raise InputError(
            f"the input has a column {shown} already, and no column is overwritten: name the new "
            "ones differently (--prefix model_), or rename yours."
        )
