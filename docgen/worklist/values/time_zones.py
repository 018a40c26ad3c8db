"""The time zone of a clinic, for worklists that say times in another one."""

from typing import ClassVar, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct


class TimeZone(Struct, frozen=True):
    """A time zone by its name in the IANA database, such as ``America/Chicago``."""

    called: ClassVar[str] = "time zone"

    name: str

    @classmethod
    def parse(cls, text: str) -> Self:
        try:
            ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                "no time zone of this name is known here",
                "write it as the IANA database does, such as America/Chicago; a system without "
                "that database needs the package tzdata",
            ) from error
        return cls(text)

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        return {"type": "string", "examples": ["America/Chicago", "Europe/London"]}

    @property
    def clock(self) -> ZoneInfo:
        """What turns an instant into the time that clocks of the zone show."""
        return ZoneInfo(self.name)
