"""Values as JSON and back by their type: frozen dataclasses, enums, moments, tuples, sentences.

The type says what JSON means, so nothing in the store names a class: a class may move between two releases. A
field that is new needs a default; a stored field that is gone is passed over.
"""

import dataclasses
import hashlib
import json
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from texts.say import Json, Say
from texts.say import from_json as say_from_json
from texts.say import to_json as say_to_json

PLAIN = (bool, int, float, str)


def freeze(value: object) -> Json:
    """The value as JSON. Raises TypeError for what has no written form."""
    if value is None or type(value) in PLAIN:
        return cast(Json, value)
    if isinstance(value, Enum):
        return freeze(value.value)
    if isinstance(value, Say):
        return say_to_json(value)
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: freeze(getattr(value, name))
            for name, _, absent in _fields(type(value))
            if getattr(value, name) != absent
        }
    if isinstance(value, Mapping):
        return {str(key): freeze(one) for key, one in value.items()}
    if isinstance(value, Sequence | frozenset) and not isinstance(value, str | bytes):
        return [freeze(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
    raise TypeError(f"a {type(value).__name__} has no written form; keep ids, words, numbers and moments")


def thaw(stored: Json, kind: object) -> object:
    """What was frozen, as a value of `kind`. Raises ValueError when it does not fit any more."""
    try:
        return _thaw(stored, kind)
    except (KeyError, TypeError) as error:
        raise ValueError(f"stored value does not fit {kind}: {error}") from error


def _thaw(stored: Any, kind: Any) -> object:
    if kind is Any or kind is object or kind is Json:
        return stored
    if kind is None or kind is type(None):
        return _exactly(stored, stored is None, kind)
    if kind in PLAIN:
        fits = type(stored) is kind or (kind is float and type(stored) is int)
        return _exactly(stored, fits, kind)
    if kind is Say:
        return _exactly(say_from_json(stored), isinstance(stored, Mapping) and "say" in stored, kind)
    origin = get_origin(kind)
    if origin is not None:
        return _parts(stored, origin, get_args(kind))
    return _of_class(stored, kind)


def _exactly(value: object, fits: bool, kind: object) -> object:
    if not fits:
        raise ValueError(f"stored value is no {kind}")
    return value


def _parts(stored: Any, origin: Any, inner: tuple[Any, ...]) -> object:
    if origin in (Union, types.UnionType):
        return _one_of(stored, inner)
    if origin is tuple:
        kinds = inner[:1] * len(stored) if inner[-1] is Ellipsis else inner
        return tuple(_thaw(one, kind) for one, kind in zip(stored, kinds, strict=True))
    if issubclass(origin, Mapping):
        return {key: _thaw(one, inner[1]) for key, one in stored.items()}
    items = [_thaw(one, inner[0]) for one in stored]
    return frozenset(items) if origin is frozenset else tuple(items) if origin is Sequence else items


def _one_of(stored: Any, kinds: tuple[Any, ...]) -> object:
    for kind in kinds:
        try:
            return thaw(stored, kind)
        except ValueError:
            continue
    raise ValueError(f"stored value is none of {kinds}")


def _of_class(stored: Any, kind: Any) -> object:
    if issubclass(kind, Enum):
        return kind(stored)
    if issubclass(kind, date):
        return kind.fromisoformat(stored)
    if issubclass(kind, timedelta):
        return timedelta(seconds=stored)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        known = {name: _thaw(stored[name], hint) for name, hint, _ in _fields(kind) if name in stored}
        return kind(**known)
    raise TypeError(f"{kind} has no written form")


@cache
def _fields(kind: type) -> tuple[tuple[str, object, object], ...]:
    """Name, type and default of each field; a field at its default is not written."""
    hints = get_type_hints(kind)
    return tuple(
        (one.name, object if one.type is Json else hints[one.name], _default(one))
        for one in dataclasses.fields(kind)
    )


def _default(one: "dataclasses.Field[Any]") -> object:
    if one.default_factory is not dataclasses.MISSING:
        return one.default_factory()
    return one.default


@cache
def returned(read: Callable[..., object]) -> object:
    """What a function says that it returns: the type by which its remembered result is read back."""
    hints = get_type_hints(read)
    if "return" not in hints:
        raise TypeError(f"{read.__qualname__} must say what it returns: its result is kept as JSON")
    return hints["return"]


def digest_of(value: object) -> str:
    """Ten hexadecimal digits that stand for exactly this content."""
    written = json.dumps(freeze(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:10]
