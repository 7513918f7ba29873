"""What is wrong with a package, and where in the file."""

from dataclasses import dataclass

# Whoever mends these has a file that can be read again; a longer list helps nobody.
MOST = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """`place` is a JSON pointer, empty for the file as a whole; `line` is counted from 1, 0 where there is none."""

    said: str
    place: str = ""
    line: int = 0

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        where = f"{self.place} ({line})" if self.place and line else self.place or line
        return f"{where}: {self.said}" if where else self.said


class CaseError(Exception):
    """The faults of one package; nothing of it was taken in."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
