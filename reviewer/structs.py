"""Structs: classes of a few named fields, as `dataclasses` makes them, made without it.

Importing `dataclasses` and having it write the methods of our classes takes longer than
starting Python, and happens before the first frame. Here a class costs next to nothing
until its first instance is made. `dataclasses.replace`, `asdict` and `fields` take structs.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from dataclasses import Field
    from typing import Any, ClassVar, TypeVar, dataclass_transform

    V = TypeVar("V", bound="Struct")
else:

    def dataclass_transform(**_):
        """Do what the one of `typing` does when the program runs: nothing."""
        return lambda made: made


class _Made:
    """A default that is made anew for each struct."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], Any]) -> Any:
    """A field whose default is made anew for each struct."""
    return _Made(default_factory)


def _first(self: Struct, *args: object, **named: object) -> None:
    """Write the real `__init__`, which is as quick as one by hand, and go on with it."""
    made = _initialiser(type(self))
    type(self).__init__ = made  # type: ignore[method-assign]
    made(self, *args, **named)


class _Fields:
    """What `dataclasses` asks a class for; made when it asks."""

    def __get__(self, _value: object, owner: type[Struct]) -> dict[str, Field[Any]]:
        import dataclasses

        made = dataclasses.make_dataclass("_", owner.__match_args__)
        return {field.name: field for field in dataclasses.fields(made)}


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class _Making(type):
    """Makes the annotations of a class its slots, and what they are set to its defaults."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, frozen: bool = True
    ) -> _Making:
        if "__annotations__" not in body and {"__annotate__", "__annotate_func__"} & {*body}:
            # From Python 3.14 on a class knows its fields only when it is made, but for this.
            raise TypeError(f"{name}: its module must import annotations from __future__")
        own = list(body.get("__annotations__", {}))
        inherited = [base for base in bases if isinstance(base, _Making)]
        defaults = {key: found for base in inherited for key, found in base._defaults.items()}
        defaults |= {field: body.pop(field) for field in own if field in body}
        before = [field for base in inherited for field in base.__match_args__]
        body["__slots__"] = tuple(own)
        body["__match_args__"] = (*before, *own)
        body["_defaults"] = defaults
        body["__init__"] = _first
        if not frozen:
            body["__setattr__"] = object.__setattr__
            body["__delattr__"] = object.__delattr__
            body.setdefault("__hash__", None)
        return super().__new__(cls, name, bases, body)

    _defaults: dict[str, Any]
    __match_args__: tuple[str, ...]


class Struct(metaclass=_Making):
    """A struct: equal where all its fields are, and unchangeable unless made `frozen=False`."""

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
        __match_args__: ClassVar[tuple[str, ...]]
    else:
        __dataclass_fields__ = _Fields()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash(tuple(_values(self)))

    def __repr__(self) -> str:
        fields = zip(self.__match_args__, _values(self), strict=True)
        return f"{type(self).__qualname__}({', '.join(f'{k}={v!r}' for k, v in fields)})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple(_values(self))


@contextmanager
def many() -> Iterator[None]:
    """Where very many are made at once, Python does not look for garbage among them.

    That would take a third of the time, and find none.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def replace(value: V, /, **changes: object) -> V:
    """The same struct with other fields."""
    made: Callable[..., V] = type(value)
    return made(**{**dict(zip(value.__match_args__, _values(value), strict=True)), **changes})


def _values(value: Struct) -> Iterator[object]:
    return (getattr(value, name) for name in value.__match_args__)


def _initialiser(cls: type[Struct]) -> Callable[..., None]:
    """Compile `__init__`: its parameters are the fields; each goes straight into its slot."""
    names = cls.__match_args__
    defaults = cls._defaults
    taken = ", ".join(f"{name}=_d[{name!r}]" if name in defaults else name for name in names)
    made_anew = [name for name in names if isinstance(defaults.get(name), _Made)]
    anew = [f" if {name} is _d[{name!r}]: {name} = _d[{name!r}].make()" for name in made_anew]
    lines = [f" _s{n}(self, {name})" for n, name in enumerate(names)]
    code = "\n".join([f"def __init__(self, {taken}):", *anew, *lines, " return None"])
    known = {f"_s{n}": getattr(cls, name).__set__ for n, name in enumerate(names)}
    known["_d"] = defaults
    exec(code, known)  # noqa: S102 - made of the names of our own fields alone
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made
