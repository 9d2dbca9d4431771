"""The codebook: the frames a statement can carry, with their definitions and boundaries."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framescope.errors import CodebookError, nearest
from framescope.shipped import shipped_path

_FRAME_KEYS = {"id", "title", "family", "definition", "include", "exclude", "boundaries", "example"}
_TOP_KEYS = {"name", "version", "families", "frames"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One category of the codebook."""

    id: str
    title: str
    family: str
    definition: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    boundaries: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Frames in the order of every score column, and their families (id to short description)."""

    name: str
    version: str
    families: dict[str, str]
    frames: tuple[Frame, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the frames, in order."""
        return tuple(frame.id for frame in self.frames)

    def frame(self, frame_id: str) -> Frame:
        """Return a frame by its id; raises :class:`CodebookError` when there is none."""
        for frame in self.frames:
            if frame.id == frame_id:
                return frame
        raise CodebookError(
            f"the codebook {self.name!r} has no frame {frame_id!r}; {nearest(frame_id, self.ids)}"
        )


def load_codebook(path: str | Path | None = None) -> Codebook:
    """Read a codebook from a TOML file; without a path, the shipped one.

    Raises :class:`CodebookError` when the file cannot be read or breaks a rule.

    >>> len(load_codebook().frames), sorted(load_codebook().families)
    (18, ['blame', 'future', 'other', 'past', 'self', 'world'])
    """
    source = Path(path) if path is not None else shipped_path("data/codebook.toml")
    try:
        content = tomllib.loads(source.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CodebookError(f"cannot read the codebook {source}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(
            f"the codebook {source} is not valid TOML in UTF-8: {error}."
        ) from error
    return parse_codebook(content, str(source))


def parse_codebook(content: dict[str, Any], source: str) -> Codebook:
    """Check the content of a codebook file and return it; `source` names it in errors."""
    _check_keys(content, _TOP_KEYS, {"name", "version", "frames"}, source)
    families = content.get("families", {})
    if not isinstance(families, dict) or not all(isinstance(v, str) for v in families.values()):
        raise CodebookError(f"{source}: [families] must map family ids to short descriptions.")
    frames = content["frames"]
    if not isinstance(frames, list) or not frames:
        raise CodebookError(f"{source}: at least one [[frames]] entry is needed; found none.")
    parsed = tuple(_frame(entry, n, source) for n, entry in enumerate(frames, 1))
    _check_frames(parsed, families, source)
    return Codebook(str(content["name"]), str(content["version"]), dict(families), parsed)


def _check_keys(found: Any, allowed: set[str], needed: set[str], where: str) -> None:
    if not isinstance(found, dict):
        raise CodebookError(f"{where}: a table is needed; found {type(found).__name__}.")
    for key in sorted(found.keys() - allowed):
        raise CodebookError(f"{where}: unknown key {key!r}; {nearest(key, allowed)}")
    for key in sorted(needed - found.keys()):
        raise CodebookError(f"{where}: the key {key!r} is missing; add it.")


def _frame(entry: Any, number: int, source: str) -> Frame:
    where = f"{source}, frame {number}"
    _check_keys(entry, _FRAME_KEYS, {"id", "title", "family", "definition"}, where)
    for key in ("id", "title", "family", "definition", "example"):
        if not isinstance(entry.get(key, ""), str):
            raise CodebookError(f"{where}: {key!r} must be a text; found {entry[key]!r}.")
    lists = {
        key: _texts(entry.get(key, []), key, where) for key in ("include", "exclude", "boundaries")
    }
    return Frame(
        id=entry["id"].strip(),
        title=entry["title"],
        family=entry["family"],
        definition=entry["definition"],
        example=entry.get("example", ""),
        **lists,
    )


def _texts(value: Any, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CodebookError(f"{where}: {key!r} must be a list of texts; found {value!r}.")
    return tuple(value)


def _check_frames(frames: tuple[Frame, ...], families: dict[str, str], source: str) -> None:
    seen: set[str] = set()
    for frame in frames:
        if not frame.id or "|" in frame.id or frame.id != frame.id.strip():
            raise CodebookError(
                f"{source}: {frame.id!r} cannot be a frame id; use letters without '|' or blanks."
            )
        if frame.id in seen:
            raise CodebookError(f"{source}: the frame {frame.id!r} is there twice; keep one.")
        if families and frame.family not in families:
            raise CodebookError(
                f"{source}: frame {frame.id!r} names the family {frame.family!r}; "
                f"{nearest(frame.family, families)}"
            )
        seen.add(frame.id)
