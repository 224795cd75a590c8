"""Values as JSON and back by their type: frozen dataclasses, enums, moments, tuples, sentences.

The type says what JSON means, so nothing in the store names a class: a class may move between two releases. A
field that is new needs a default; a stored field that is gone is passed over.
"""

import dataclasses
import hashlib
import json
import types
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from functools import cache, partial
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from texts.say import Json, Say
from texts.say import from_json as say_from_json
from texts.say import to_json as say_to_json

PLAIN = (bool, int, float, str)
AS_THEY_ARE = frozenset({*PLAIN, types.NoneType})


def freeze(value: object) -> Json:
    """The value as JSON. Raises TypeError for what has no written form."""
    return _writer(cast("Hashable", type(value)))(value)


@cache
def _writer(kind: Any) -> Callable[[Any], Json]:
    """How values of this very class are written; found once, for a dialog holds hundreds of them."""
    if kind in AS_THEY_ARE:
        return lambda value: cast(Json, value)
    return next((write for fits, write in WRITERS if fits(kind)), _unwritten)


def _is_dataclass(kind: type) -> bool:
    return dataclasses.is_dataclass(kind)


def _of(*classes: type) -> Callable[[type], bool]:
    return lambda kind: issubclass(kind, classes)


def _write_fields(value: Any) -> Json:
    given = ((name, getattr(value, name), absent) for name, _, absent in _fields(cast("Hashable", type(value))))
    return {
        name: one if type(one) in AS_THEY_ARE else freeze(one) for name, one, absent in given if one != absent
    }


def _unwritten(value: object) -> Json:
    raise TypeError(f"a {type(value).__name__} has no written form; keep ids, words, numbers and moments")


# The first that fits. Before the dataclasses those that are written otherwise; a datetime is a date too.
WRITERS: tuple[tuple[Callable[[type], bool], Callable[[Any], Json]], ...] = (
    (_of(Enum), lambda value: freeze(value.value)),
    (_of(Say), say_to_json),
    (_of(date), lambda value: cast(Json, value.isoformat())),
    (_of(timedelta), lambda value: cast(Json, value.total_seconds())),
    (_is_dataclass, _write_fields),
    (_of(Mapping), lambda value: {str(key): freeze(one) for key, one in value.items()}),
    (_of(frozenset), lambda value: [freeze(one) for one in sorted(value)]),
    (_of(str, bytes), _unwritten),
    (_of(Sequence), lambda value: [freeze(one) for one in value]),
)


def thaw(stored: Json, kind: object) -> object:
    """What was frozen, as a value of `kind`. Raises ValueError when it does not fit any more."""
    try:
        return _reader(kind)(stored)
    except (KeyError, TypeError) as error:
        raise ValueError(f"stored value does not fit {kind}: {error}") from error


Read = Callable[[Any], object]


@cache
def _reader(kind: Any) -> Read:
    """How values of this type are read back."""
    if kind is Any or kind is object or kind is Json:
        return lambda stored: stored
    if kind is None or kind is types.NoneType:
        return lambda stored: _exactly(stored, stored is None, kind)
    if kind in PLAIN:
        also = int if kind is float else kind
        return lambda stored: _exactly(stored, type(stored) in (kind, also), kind)
    if kind is Say:
        return lambda stored: _exactly(say_from_json(stored), isinstance(stored, dict) and "say" in stored, kind)
    origin = get_origin(kind)
    return _parts(origin, get_args(kind)) if origin is not None else _of_class(kind)


def _exactly(value: object, fits: bool, kind: object) -> object:
    if not fits:
        raise ValueError(f"stored value is no {kind}")
    return value


def _parts(origin: Any, inner: tuple[Any, ...]) -> Read:
    if origin in (Union, types.UnionType):
        others = [one for one in inner if one is not types.NoneType]
        if len(others) == 1:
            read = _reader(others[0])
            return lambda stored: None if stored is None else read(stored)
        return lambda stored: _one_of(stored, inner)
    if origin is tuple and inner[-1] is not Ellipsis:
        return lambda stored: tuple(_reader(kind)(one) for one, kind in zip(stored, inner, strict=True))
    if issubclass(origin, Mapping):
        return lambda stored: {key: _reader(inner[1])(one) for key, one in stored.items()}
    made = next((one for one in (frozenset, tuple) if one is origin), tuple if origin is Sequence else list)

    def items(stored: Any) -> object:
        read = _reader(inner[0])
        return made([read(one) for one in stored])

    return items


def _one_of(stored: Any, kinds: tuple[Any, ...]) -> object:
    for kind in kinds:
        try:
            return thaw(stored, kind)
        except ValueError:
            continue
    raise ValueError(f"stored value is none of {kinds}")


def _of_class(kind: Any) -> Read:
    if issubclass(kind, Enum):
        return cast(Read, kind)
    if issubclass(kind, date):
        return cast(Read, kind.fromisoformat)
    if issubclass(kind, timedelta):
        return lambda stored: timedelta(seconds=stored)
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"{kind} has no written form")
    return partial(_read_fields, kind)


def _read_fields(kind: Any, stored: Any) -> object:
    return kind(**{name: read(stored[name]) for name, read in _readers(kind) if name in stored})


@cache
def _readers(kind: Any) -> tuple[tuple[str, Read], ...]:
    """How each field is read; kept, for to find one by its type hashes the type, which costs more than the reading."""
    return tuple((name, _reader(hint)) for name, hint, _ in _fields(kind))


@cache
def _fields(kind: Any) -> tuple[tuple[str, object, object], ...]:
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
    return hashlib.sha256(_canonical(freeze(value)).encode()).hexdigest()[:10]


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
