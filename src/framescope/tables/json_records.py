"""Lines of JSON to objects, strictly: one object a line, no name twice, no NaN."""

from __future__ import annotations

import json
from typing import Any


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {repeated!r} occurs more than once")
    return record


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)


def parse_json_line(line: str) -> dict[str, Any] | str:
    """Return the object on a line, or the reason why there is none.

    >>> parse_json_line('{"text": "a"}')
    {'text': 'a'}
    >>> parse_json_line('{"text": "a"')
    "bad JSON: Expecting ',' delimiter at character 13"
    """
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        return f"bad JSON: {error.msg} at character {error.pos + 1}"
    except (ValueError, RecursionError) as error:
        return f"bad JSON: {error or 'nested too deeply'}"
    if not isinstance(value, dict):
        return f"a JSON object is expected, found {type(value).__name__}"
    return value
