"""Lines and columns of a text."""

from __future__ import annotations

from bisect import bisect_right


class LineIndex:
    r"""Maps offsets to 1-based lines and columns. Lines end at `\n` only.

    Args:
        text: The text view.
    """

    __slots__ = ("_length", "starts")

    def __init__(self, text: str) -> None:
        starts = [0]
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        self.starts = starts
        self._length = len(text)

    def line(self, offset: int) -> int:
        """1-based line that holds `offset`."""
        return bisect_right(self.starts, offset)

    def locate(self, offset: int) -> tuple[int, int]:
        """1-based (line, column) of `offset`, both counted in code points."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, line: int) -> tuple[int, int]:
        """[start, end) of the 1-based `line`, without its line break."""
        start = self.starts[line - 1]
        end = self.starts[line] - 1 if line < len(self.starts) else self._length
        return start, end
