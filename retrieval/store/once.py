"""Values that are made when they are first needed: once, however many threads need them then."""

from collections.abc import Callable
from functools import cached_property
from threading import RLock
from typing import Any, Self, TypeVar, overload

Value = TypeVar("Value")


class once(cached_property[Value]):  # noqa: N801 - it is written as `property` is
    """A property worked out the first time it is read; what is assigned to it stands instead.

    Python 3.11's own `cached_property` does the same, later ones no longer wait for each other.
    """

    def __init__(self, make: Callable[[Any], Value]) -> None:
        super().__init__(make)
        self._making = RLock()

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Value: ...
    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> Self | Value:
        with self._making:
            return super().__get__(instance, owner)
